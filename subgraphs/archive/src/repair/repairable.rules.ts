/** Whether records can be repaired on a day. Pure. Source: DOMAIN 2.4 (guards), G15, L-17. */
import { addDays } from '@chengxin/kit/clock';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import type { Reason } from '@chengxin/kit/import/reason';
import { ConductState } from '../rules/conduct-state.js';
import { Severity } from '../rules/severity.js';

/** Days from the effective day of a record until its repair may be applied for, by severity. */
const WAIT_DAYS: Readonly<Partial<Record<Severity, number>>> = {
  [Severity.S1]: 0,
  [Severity.S2]: 90,
  [Severity.S3]: 180,
  [Severity.S4]: 365,
};
/** Days after a refusal until the same record may be applied for again `[P]`. */
const AFTER_REFUSAL_DAYS = 90;

/** A record that an application names, with what stands in its way. Days are calendar days. */
export interface RecordToRepair {
  readonly recordId: string;
  readonly state: ConductState;
  readonly severity: Severity;
  readonly disputed: boolean;
  /** Day on which the finding took effect. */
  readonly effectiveOn: string;
  /** Whether the duty behind it is met; a record without one is (T-01). */
  readonly isCured: boolean;
  /** Whether a sanction that was decided is neither lifted nor annulled (L-03). */
  readonly isTermRunning: boolean;
  /** Last day of another act after the effective day, of a record of the school that counts. */
  readonly newBadOn: string | null;
  /** Day of the last decision not to repair it. */
  readonly refusedOn: string | null;
  /** Whether another application for it is open. */
  readonly isAppliedFor: boolean;
}

type Obstacle = Reason | undefined;
const words = (zh: string, en: string): Reason => ({ zh, en });

/** What stands in the way of a repair, be it applied for or approved. */
function obstacleOf(record: RecordToRepair): Obstacle {
  if (record.state !== ConductState.ACTIVE)
    return words('记录已不在生效状态。', 'The record does not count any more, or is mitigated.');
  if (record.disputed)
    return words('记录正在申诉，请待申诉办结。', 'The record is disputed by an appeal.');
  if (record.isTermRunning)
    return words('处分尚未解除，请待处分解除。', 'Its sanction is not lifted yet (L-03).');
  if (!record.isCured)
    return words('相关义务尚未履行。', 'The duty behind the record is not met yet.');
  if (record.newBadOn)
    return words(
      '记录生效后又有新的不良记录。',
      'There is a newer bad record since it took effect.',
    );
  return undefined;
}

/** The first day on which the repair of a record may be applied for. */
export function firstDayOf({ severity, effectiveOn, refusedOn }: RecordToRepair): string {
  const waited = addDays(effectiveOn, WAIT_DAYS[severity] ?? 0);
  const again = refusedOn ? addDays(refusedOn, AFTER_REFUSAL_DAYS) : waited;
  return again > waited ? again : waited;
}

/** What stands in the way of an application today, beside what stands in the way of a repair. */
function tooEarly(record: RecordToRepair, today: string): Obstacle {
  const first = firstDayOf(record);
  if (today < first)
    return words(`最早可于 ${first} 申请。`, `It may be applied for from ${first} on.`);
  if (record.isAppliedFor)
    return words('该记录已有未办结的修复申请。', 'Another application for the record is open.');
  return undefined;
}

function refuseFor(obstacle: Obstacle): void {
  if (obstacle) throw changeFault(ChangeErrorCode.STATE_CONFLICT, `${obstacle.zh} ${obstacle.en}`);
}

/** Whatever an application named is gone: the records are deleted after five years (L-04). */
const NONE_LEFT = words('没有可修复的记录。', 'No record is left that could be repaired.');

/** @throws STATE_CONFLICT for the first record that cannot be repaired as things are. */
export function requireRepairable(records: readonly RecordToRepair[]): void {
  refuseFor(records.length ? undefined : NONE_LEFT);
  for (const record of records) refuseFor(obstacleOf(record));
}

/** @throws STATE_CONFLICT for what stands in the way of a repair, and for the first record whose repair cannot be applied for today. */
export function requireApplicable(records: readonly RecordToRepair[], today: string): void {
  requireRepairable(records);
  for (const record of records) refuseFor(tooEarly(record, today));
}

/** What stands in the way of the repair of a record today; nothing where it can be applied for. */
export const inTheWay = (record: RecordToRepair, today: string): Obstacle =>
  obstacleOf(record) ?? tooEarly(record, today);

/** The day since which there is no new bad record: the effective day of the first of the records. */
export const noNewBadSince = (records: readonly RecordToRepair[]): string | undefined =>
  records.map(({ effectiveOn }) => effectiveOn).toSorted((a, b) => a.localeCompare(b))[0];
