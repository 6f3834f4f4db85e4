/** What becomes of a case. Pure. Source: G21, T-07, DOMAIN 2.4, 4.6, INV-09. */
import type { Act } from '@chengxin/kit/change/act';
import { filled } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { Role } from '@chengxin/kit/privacy/roles';
import { DAY_MS } from '@chengxin/kit/clock';
import type { CaseAssignment } from './case-assignment.entity.js';
import type { CaseBlock } from './case-block.entity.js';
import { CaseResult, type CaseDecision } from './case-decision.entity.js';
import type { PurposeBlock } from './case-dossier.entity.js';
import { CREDIT_REASONS, OTHER_REASONS } from './decision-reasons.js';
import { CasePurpose, CaseState, type EvaluationCase } from './evaluation-case.entity.js';

const TITLE_AT_MOST = 200;
export const CANDIDATES_AT_MOST = 500;
/** A case is open so long at most (INV-09). */
const DAYS_AT_MOST = 30;
const REASONS_AT_MOST = 10;
/** The one credit reason that is no purpose block. */
const CREDIT_GRADE = 'CREDIT_GRADE';

export interface Draft {
  readonly purpose: CasePurpose;
  readonly title: string;
  readonly hostOffice: string;
  readonly studentNos: readonly string[];
  /** Instants, ISO 8601. */
  readonly opensAt: string;
  readonly closesAt: string;
}

/** What the archive knows of what a draft names. */
export interface DraftFacts {
  /** Those of the students whom the actor does not find. */
  readonly unknown: readonly string[];
  /** Whether he may run cases of this unit. */
  readonly isOwnHost: boolean;
}

function windowOf({ opensAt: from, closesAt: to }: Draft, now: Date) {
  const [opensAt, closesAt] = [new Date(from), new Date(to)];
  if (closesAt <= opensAt) throw invalid('closesAt', '须晚于开始时间。 It closes after it opens.');
  if (closesAt <= now) throw invalid('closesAt', '结束时间已过。 It would be over already.');
  if (closesAt.getTime() - opensAt.getTime() > DAYS_AT_MOST * DAY_MS)
    throw invalid(
      'closesAt',
      `评审最长 ${DAYS_AT_MOST} 天。 A case is open for ${DAYS_AT_MOST} days at most.`,
    );
  return { opensAt, closesAt };
}

/** Appeals have their own cases, which the committee's seats open; employment is its office's. */
function checkPurpose(purpose: CasePurpose, role: Role): void {
  const isOwn = role !== 'AEO_STAFF' || purpose === CasePurpose.EMPLOYMENT;
  if (purpose === CasePurpose.APPEAL || !isOwn)
    throw invalid('purpose', '不能为此用途建立评审。 No case is drafted for this purpose here.');
}

/** @throws VALIDATION */
export function draftedCase(
  draft: Draft,
  { unknown, isOwnHost }: DraftFacts,
  { by, now }: Act,
): Changes<EvaluationCase> {
  const { purpose, title, hostOffice, studentNos } = draft;
  checkPurpose(purpose, by.role);
  if (!isOwnHost) throw invalid('hostOffice', '不是您的部门。 It is no unit of yours.');
  const count = new Set(studentNos).size;
  if (!count || count > CANDIDATES_AT_MOST)
    throw invalid(
      'studentNos',
      `请填写 1 至 ${CANDIDATES_AT_MOST} 名学生。 Name one to ${CANDIDATES_AT_MOST} students.`,
    );
  if (unknown.length)
    throw invalid('studentNos', `没有这些学生：${unknown.join('、')}。 No such students.`);
  return {
    purpose,
    title: filled('title', title, TITLE_AT_MOST),
    hostOffice,
    ...windowOf(draft, now),
  };
}

/** @throws VALIDATION for a case whose time is over. */
export function openedCase(
  { closesAt }: EvaluationCase,
  { by, now }: Act,
): Changes<EvaluationCase> {
  if (closesAt <= now)
    throw invalid('id', '评审时间已过，请重新拟定。 Its time is over: draft another one.');
  return { approvedBy: by.subject, approvedAt: now };
}

const AT_WORK: readonly CaseState[] = [CaseState.OPEN, CaseState.IN_EVALUATION];

/** @throws STATE_CONFLICT for a case in no such state; appeals have their own. */
export function requireCase(
  { state, purpose }: EvaluationCase,
  states: readonly CaseState[] = AT_WORK,
): void {
  if (!states.includes(state) || purpose === CasePurpose.APPEAL)
    throw changeFault(ChangeErrorCode.STATE_CONFLICT);
}

/** @throws VALIDATION, SOD_VIOLATION for whoever assigns himself. */
export function assignedTo(
  { staffNo, isEvaluator }: { readonly staffNo: string; readonly isEvaluator: boolean },
  row: EvaluationCase,
  { by, now }: Act,
): Changes<CaseAssignment> {
  requireCase(row);
  if (staffNo === by.subject) throw changeFault(ChangeErrorCode.SOD_VIOLATION);
  if (!isEvaluator)
    throw invalid(
      'staffNo',
      '该人员没有此用途的评审人角色。 Nobody of this number may evaluate for this purpose.',
    );
  const { caseId, opensAt, closesAt } = row;
  const validFrom = opensAt > now ? opensAt : now;
  return { caseId, staffNo, validFrom, validTo: closesAt };
}

/** @throws VALIDATION for somebody who has no place in the case. */
export function requireSeat<Seat>(seat: Seat | undefined): Seat {
  if (!seat) throw invalid('staffNo', '该人员不在此评审中。 This person is not in the case.');
  return seat;
}

/** What an evaluator knows of one candidate when he decides. */
export interface Candidate {
  /** Whether the case lists him and the evaluator is not related to him. */
  readonly isListed: boolean;
  /** Whether the evaluator has said that he is related to none. */
  readonly isDeclared: boolean;
  /** Whether he opened the case, or gave its places. */
  readonly hasPlaced: boolean;
  /** What blocks the purpose for him. */
  readonly blocks: readonly PurposeBlock[];
  /** Codes of those that somebody has confirmed. */
  readonly confirmed: readonly string[];
}

function requireCandidate({ isListed, isDeclared, hasPlaced }: Candidate): void {
  if (hasPlaced) throw changeFault(ChangeErrorCode.SOD_VIOLATION);
  if (!isListed) throw invalid('studentNo', '不在您的候选名单中。 Not among your candidates.');
  if (!isDeclared)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '请先声明有无利害关系。 Say first whether you are related to a candidate.',
    );
}

/** @throws VALIDATION, STATE_CONFLICT */
export function confirmedBlock(
  { studentNo, code }: { readonly studentNo: string; readonly code: string },
  candidate: Candidate,
  { caseId }: EvaluationCase,
  { by, now }: Act,
): Changes<CaseBlock> {
  requireCandidate(candidate);
  const block = candidate.blocks.find((one) => one.code === code);
  if (!block) throw invalid('code', '该候选人没有此限制。 Nothing of this code blocks it.');
  return { caseId, studentNo, ...block, confirmedBy: by.subject, confirmedAt: now };
}

export interface Decided {
  readonly result: CaseResult;
  readonly reasonCodes: readonly string[];
}

/** Credit is an important basis, and never the only one (G21, T-07). */
function checkReasons(reasonCodes: readonly string[], blocks: readonly PurposeBlock[]): void {
  if (reasonCodes.length > REASONS_AT_MOST)
    throw invalid(
      'reasonCodes',
      `至多 ${REASONS_AT_MOST} 个理由代码。 At most ${REASONS_AT_MOST} codes.`,
    );
  if (!reasonCodes.every((one) => OTHER_REASONS.has(one) || CREDIT_REASONS.has(one)))
    throw invalid(
      'reasonCodes',
      '理由须为代码表 decisionReason 或 decisionCreditReason 中的代码。 Codes of the lists decisionReason and decisionCreditReason alone.',
    );
  const stands = (code: string) =>
    code === CREDIT_GRADE || blocks.some((block) => block.code === code);
  if (!reasonCodes.every((one) => OTHER_REASONS.has(one) || stands(one)))
    throw invalid('reasonCodes', '该候选人没有此限制。 What does not block him is no reason.');
  if (!reasonCodes.some((one) => OTHER_REASONS.has(one)))
    throw invalid(
      'reasonCodes',
      '信用不得为唯一理由，须另有 decisionReason 中的理由。 Credit is never the only reason: give one of decisionReason as well.',
    );
}

/** @throws VALIDATION, STATE_CONFLICT */
export function decidedOn(
  { result, reasonCodes }: Decided,
  candidate: Candidate,
  { by, now }: Act,
): Changes<CaseDecision> {
  requireCandidate(candidate);
  const { blocks, confirmed } = candidate;
  checkReasons(reasonCodes, blocks);
  const open = blocks.filter(({ code }) => !confirmed.includes(code)).map(({ code }) => code);
  if (open.length)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      `请先确认限制 ${open.join('、')}。 Confirm first what blocks it.`,
    );
  if (blocks.length && result === CaseResult.GRANT)
    throw invalid('result', '该候选人受限制，不得通过。 What is blocked is not granted.');
  return { result, reasonCodes: [...new Set(reasonCodes)], decidedBy: by.subject, decidedAt: now };
}

/** @throws VALIDATION while somebody is not decided on. */
export function requireAllDecided(undecided: number): void {
  if (undecided)
    throw invalid(
      'id',
      `尚有 ${undecided} 名候选人没有评审意见。 ${undecided} candidates are not decided on.`,
    );
}
