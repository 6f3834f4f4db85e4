/** When an imported exam violation is found, and what must hold between its columns. */
import type { Problem, Reason } from '@chengxin/kit/import/reason';

/** The columns of a file that these rules look at. */
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
