/** What must hold between the facts of an exam violation, and what each step writes. Pure. */
import { dayOf } from '@chengxin/kit/clock';
import type { Act } from '@chengxin/kit/change/act';
import {
  documentNo,
  filled,
  proven,
  shaped,
  withEvidence,
} from '@chengxin/kit/change/documents.rules';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import type { NoticeStanding } from '@chengxin/kit/feed/notice';
import type { Problem, Reason } from '@chengxin/kit/import/reason';
import type { Roster } from '@chengxin/kit/read/roster';
import type { ExamType, ExamViolation } from './exam-violation.entity.js';

/** The office that decides when no other body is named (office alias table). */
export const USUAL_BODY = 'AAO';

/** The facts that these rules look at. */
export interface ExamViolationFacts {
  readonly indicatorCode: 'D1-04' | 'D1-05';
  readonly severity: string;
  readonly occurredOn: string;
  readonly decisionDocNo: string | null;
  readonly decidedOn: string | null;
  readonly noticeDeliveredOn: string | null;
}

/** INV-04: a breach is S1–S2, cheating S3–S4. Source: DOMAIN 2.3. */
const SEVERITIES: Readonly<Record<ExamViolationFacts['indicatorCode'], readonly string[]>> = {
  'D1-04': ['S1', 'S2'],
  'D1-05': ['S3', 'S4'],
};

const problem = (column: string, zh: string, en: string): Problem => {
  const reason: Reason = { zh, en };
  return { column, reason };
};

/** Severity in range, a decision with number and day, notice after the act and before the decision. */
export function checkViolation(row: ExamViolationFacts): Problem | undefined {
  const { occurredOn, decisionDocNo, decidedOn, noticeDeliveredOn } = row;
  if (!SEVERITIES[row.indicatorCode].includes(row.severity))
    return problem('severity', '严重程度不在该指标范围内', 'is not in the range of the indicator');
  if (decisionDocNo && !decidedOn)
    return problem('decidedOn', '有文号须有决定日期', 'is needed beside the document number');
  if (decidedOn && !decisionDocNo)
    return problem('decisionDocNo', '有决定日期须有文号', 'is needed beside the day of decision');
  if (noticeDeliveredOn && noticeDeliveredOn < occurredOn)
    return problem('noticeDeliveredOn', '送达不得早于发生日期', 'must not be before the act');
  if (decidedOn && decidedOn < (noticeDeliveredOn ?? occurredOn))
    return problem('decidedOn', '决定不得早于发生及送达', 'must not be before act and notice');
  return undefined;
}

const NUMBER = /^[\w-]{1,40}$/;
const ACT_CODE = /^[\w.-]{1,20}$/;
const SESSION_AT_MOST = 100;
const EVIDENCE = 'evidenceDocNos';

export interface ProposedViolation {
  readonly violationNo: string;
  readonly examType: ExamType;
  readonly actCode: string;
  readonly indicatorCode: string;
  readonly severity: string;
  readonly session: string;
  readonly occurredOn: string;
  readonly evidenceDocNos?: readonly string[];
}

/** @throws VALIDATION for another code, or a severity outside of its range (INV-04, L-22). */
function checkIndicator(indicatorCode: string, severity: string): void {
  const range = SEVERITIES[indicatorCode as keyof typeof SEVERITIES];
  if (!range) throw invalid('indicatorCode', '不是考试违纪指标。 D1-04 or D1-05.');
  if (!range.includes(severity))
    throw invalid('severity', `严重程度不在该指标范围内。 One of ${range.join(', ')}.`);
}

/** @throws VALIDATION for a code, a number or a severity that is none, or a day to come. */
export const proposedViolation =
  ({ evidenceDocNos, ...given }: ProposedViolation) =>
  (_: Roster, { today }: Act): Changes<ExamViolation> => {
    const { violationNo, examType, actCode, indicatorCode, severity, session, occurredOn } = given;
    checkIndicator(indicatorCode, severity);
    if (occurredOn > today) throw invalid('occurredOn', '不能晚于今天。 Not after today.');
    return {
      violationNo: shaped('violationNo', violationNo, NUMBER),
      examType,
      actCode: shaped('actCode', actCode, ACT_CODE),
      indicatorCode,
      severity,
      session: filled('session', session, SESSION_AT_MOST),
      occurredOn,
      evidence: withEvidence(EVIDENCE, [], evidenceDocNos),
    };
  };

/** The student was notified: from now on he reads it, and the reviewer waits for his statement. */
export const notifiedViolation =
  ({ deliveredAt }: NoticeStanding) =>
  (): Changes<ExamViolation> => ({ noticeDeliveredOn: dayOf(new Date(deliveredAt)) });

export interface Decision {
  readonly findingBody?: string;
  readonly decisionDocNo: string;
  readonly decidedOn: string;
  readonly evidenceDocNos?: readonly string[];
}

/**
 * The competent body's decision: by which document, on which day.
 *
 * @param from  The first day on which it could be made: that of the notice, if there was one.
 * @throws VALIDATION without document, or for a day before that or to come.
 */
export function decisionOf(
  { findingBody, decisionDocNo, decidedOn }: Decision,
  from: string,
  today: string,
) {
  if (decidedOn > today || decidedOn < from)
    throw invalid('decidedOn', '早于通知送达日或晚于今天。 Before the notice, or after today.');
  return {
    findingBody: findingBody ? documentNo('findingBody', findingBody) : USUAL_BODY,
    decisionDocNo: documentNo('decisionDocNo', decisionDocNo),
    decidedOn,
  };
}

/**
 * Found by the competent body: by which document, on which day, on what evidence (INV-03).
 *
 * @throws VALIDATION without document or evidence, or for a day before the notice or to come.
 */
export const foundViolation =
  ({ evidenceDocNos, ...decision }: Decision) =>
  (row: ExamViolation, { by, now, today }: Act): Changes<ExamViolation> => ({
    ...decisionOf(decision, row.noticeDeliveredOn ?? row.occurredOn, today),
    evidence: proven(EVIDENCE, withEvidence(EVIDENCE, row.evidence, evidenceDocNos)),
    approvedBy: by.subject,
    approvedAt: now,
  });

/** Not found, and over: the state says it. */
export const dismissedViolation = (): Changes<ExamViolation> => ({});
