/** How a promise is watched over and what follows from a breach. Pure. Source: Z5.2.3, Z5.2.4, DOMAIN 2.4. */
import type { Act } from '@chengxin/kit/change/act';
import { filled, proven, withEvidence } from '@chengxin/kit/change/documents.rules';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { STATEMENT_AT_MOST } from '@chengxin/kit/change/text.rules';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { CommitmentBreach } from '../life-cycle/commitment-breach.entity.js';
import {
  CheckPhase,
  CheckResult,
  type CommitmentCheck,
} from '../life-cycle/commitment-check.entity.js';
import { CommitmentMatter, CommitmentState } from '../life-cycle/commitment-matter.js';
import type { Commitment } from '../life-cycle/commitment.entity.js';
import { BreachDecision, RectificationDecision } from './supervision.enums.js';

export interface CheckContent {
  readonly phase: CheckPhase;
  readonly result: CheckResult;
  readonly note?: string;
  readonly rectifyBy?: string;
  readonly evidenceDocNos?: readonly string[];
}

export interface ReportContent {
  readonly facts: string;
  readonly evidenceDocNos: readonly string[];
}

export interface DecisionContent {
  readonly decision: BreachDecision;
  readonly decisionText: string;
  readonly measures?: string;
  readonly rectifyBy?: string;
}

export interface OutcomeContent {
  readonly decision: RectificationDecision;
  readonly decisionText: string;
}

/** @throws STATE_CONFLICT for the promise of entry, which stays in force until the archive closes (2.4). */
function requireEnds({ matter }: Commitment): void {
  if (matter === CommitmentMatter.ENTRY)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '入学承诺书在档案关闭前一直有效；违反校规的，按相应程序认定。 The letter of entry stays in force until the archive is closed; what breaks the rules of the school is found by its own procedure.',
    );
}

/** What is to be mended has a day and a word on what it is; nothing else has a day. */
function checkDeviation({ result, note, rectifyBy }: CheckContent, today: string): void {
  if (result !== CheckResult.DEVIATION) {
    if (rectifyBy)
      throw invalid('rectifyBy', '仅偏离可设整改期限。 A day to mend is of a deviation alone.');
    return;
  }
  if (!note?.trim()) throw invalid('note', '请说明偏离之处。 Say what deviates from the promise.');
  if (!rectifyBy || rectifyBy < today)
    throw invalid('rectifyBy', '请给出今天或以后的整改日期。 A day to mend it, today or later.');
}

/**
 * A promise that was checked: kept, or still in force. A breach is no result of a check: it is reported,
 * so that the student is notified and heard before anybody decides.
 *
 * @throws VALIDATION naming the argument; STATE_CONFLICT for the letter of entry as kept.
 */
export const checked =
  (content: CheckContent) =>
  (row: Commitment, { today }: Act): Changes<Commitment> => {
    const { phase, result, note } = content;
    if (result === CheckResult.BREACH)
      throw invalid(
        'result',
        '违诺请用 reportBreach 报告，以便先告知本人。 Report a breach by reportBreach, so that the person is notified first.',
      );
    checkDeviation(content, today);
    if (note !== undefined) filled('note', note, STATEMENT_AT_MOST);
    if (result !== CheckResult.FULFILLED) return { state: CommitmentState.IN_FORCE };
    if (phase === CheckPhase.MID)
      throw invalid(
        'result',
        '履行完毕应在事后核查时认定。 It is kept once the matter is over: POST.',
      );
    requireEnds(row);
    return { state: CommitmentState.FULFILLED };
  };

/** The check itself, as it stands beside the promise. */
export const checkOf = (
  { id, studentNo, ownerOffice }: Commitment,
  { phase, result, note, rectifyBy, evidenceDocNos }: CheckContent,
): Changes<CommitmentCheck> => ({
  commitmentId: id,
  studentNo,
  phase,
  checkedBy: ownerOffice,
  result,
  evidence: withEvidence('evidenceDocNos', [], evidenceDocNos),
  ...(note !== undefined && { note: note.trim() }),
  ...(rectifyBy && { rectifyBy }),
});

/**
 * What is reported as a breach.
 *
 * @throws VALIDATION without facts or evidence; STATE_CONFLICT for the letter of entry.
 */
export function reportOf(row: Commitment, content: ReportContent): Changes<CommitmentBreach> {
  requireEnds(row);
  const { id, studentNo, ownerOffice } = row;
  const { facts, evidenceDocNos } = content;
  return {
    commitmentId: id,
    studentNo,
    ownerOffice,
    facts: filled('facts', facts, STATEMENT_AT_MOST),
    evidence: proven('evidenceDocNos', withEvidence('evidenceDocNos', [], evidenceDocNos)),
    state: CommitmentState.BREACH_REPORTED,
  };
}

const DECIDED: Readonly<Record<BreachDecision, CommitmentState>> = {
  [BreachDecision.RECTIFY]: CommitmentState.RECTIFYING,
  [BreachDecision.CLEAR]: CommitmentState.CLEARED,
};

/** What is to be done, and until when: of a breach that is to be rectified alone. */
function measuresOf({ decision, measures, rectifyBy }: DecisionContent, today: string) {
  if (decision === BreachDecision.CLEAR) {
    if (measures !== undefined || rectifyBy !== undefined)
      throw invalid(
        measures === undefined ? 'rectifyBy' : 'measures',
        '不成立的报告没有整改要求。 Of an unfounded report nothing is to be rectified.',
      );
    return {};
  }
  if (!rectifyBy || rectifyBy <= today)
    throw invalid(
      'rectifyBy',
      '请给出今天以后的整改期限。 Name a day to rectify it by, after today.',
    );
  return { measures: filled('measures', measures ?? '', STATEMENT_AT_MOST), rectifyBy };
}

/** What a second person decides on a report: of the promise, and of the report beside it. */
export const decided = (
  content: DecisionContent,
  { by, now, today }: Act,
): Changes<CommitmentBreach> & { state: CommitmentState } => ({
  state: DECIDED[content.decision],
  decision: filled('decisionText', content.decisionText, STATEMENT_AT_MOST),
  decidedOn: today,
  approvedBy: by.subject,
  approvedAt: now,
  ...measuresOf(content, today),
});

const CAME_TO: Readonly<Record<RectificationDecision, CommitmentState>> = {
  [RectificationDecision.FULFILLED]: CommitmentState.FULFILLED,
  [RectificationDecision.BREACHED]: CommitmentState.BREACHED,
};

/**
 * What a rectification came to. It can have been done at any time; that it was not is known once its
 * last day is over. Nothing enters the conduct of a student by it (Z5.2.4).
 *
 * @throws STATE_CONFLICT for a breach while the time to rectify it runs.
 */
export function cameTo(
  { rectifyBy }: Pick<CommitmentBreach, 'rectifyBy'>,
  { decision, decisionText }: OutcomeContent,
  today: string,
): Changes<CommitmentBreach> & { state: CommitmentState } {
  const outcome = filled('decisionText', decisionText, STATEMENT_AT_MOST);
  if (decision === RectificationDecision.BREACHED && rectifyBy && today <= rectifyBy)
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      `整改期限为 ${rectifyBy}，尚未届满。 The time to rectify it runs until ${rectifyBy}.`,
    );
  return { state: CAME_TO[decision], outcome, outcomeOn: today };
}
