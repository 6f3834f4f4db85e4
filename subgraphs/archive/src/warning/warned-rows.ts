/**
 * Rows that warn by themselves, each once: a check or a report of a promise (W-06), a bill of which
 * finance reminds (W-07). SQL, because what warns and what has ceased to warn are the same conditions.
 */
import { CommitmentState } from '../life-cycle/commitment-matter.js';
import { ArchiveState } from '../life-cycle/archive-state.js';
import { CLOSED_ARCHIVE } from '../life-cycle/archive/read-only.rules.js';
import { listed } from '../row-groups/row-groups.js';
import type { RowRule } from './warning.rules.js';

const { IN_FORCE, BREACH_REPORTED, RECTIFYING, CLEARED, FULFILLED } = CommitmentState;

/** A check `k` of a promise `c`: the last word on a promise that still runs. */
const CHECK_HOLDS = `
  k.result in ('DEVIATION', 'BREACH') and c.state = '${IN_FORCE}'
  and not exists (select from commitment_check n where n.commitment_id = k.commitment_id
    and (n.recorded_at, n.id) > (k.recorded_at, k.id))`;

/** A report `b` that did not come to nothing, and was not rectified. */
const REPORT_HOLDS = `b.state not in (${listed([CLEARED, FULFILLED])})`;

/** The student hears of a report by its own notice first (note 29). */
const IS_NOTIFIED = `
  exists (select from notice_standing n where n.subject_type = 'Commitment' and n.kind = 'BREACH'
    and n.subject_id = b.commitment_id::text and n.delivered_at is not null)`;

const hasNotWarned = (column: string, id: string): string =>
  `not exists (select from warning w where w.${column} = ${id})`;

/** A row that warns and has not warned yet. */
export interface Unwarned {
  readonly studentNo: string;
  readonly rule: RowRule;
  /** Office whose matter it is. */
  readonly office: string;
  readonly isAid: boolean;
  readonly commitmentId: string | null;
  readonly checkId: string | null;
  readonly breachId: string | null;
  readonly billReminderId: string | null;
  readonly billNo: string | null;
}

const ROWS = `
  select k.student_no as "studentNo", k.result as rule, c.owner_office as office,
    c.matter = 'AID' as "isAid", c.id as "commitmentId", k.id as "checkId", null::uuid as "breachId",
    null::uuid as "billReminderId", null as "billNo"
  from commitment_check k join commitment c on c.id = k.commitment_id
  where k.student_no is not null and ${CHECK_HOLDS} and ${hasNotWarned('check_id', 'k.id')}
  union all
  select b.student_no, 'BREACH', b.owner_office, c.matter = 'AID', c.id, null, b.id, null, null
  from commitment_breach b join commitment c on c.id = b.commitment_id
  where b.student_no is not null and b.state in (${listed([BREACH_REPORTED, RECTIFYING])})
    and ${IS_NOTIFIED} and ${hasNotWarned('breach_id', 'b.id')}
  union all
  select t.student_no, t.stage, 'FIN', false, null, null, null, t.id, t.bill_no
  from bill_reminder t
  where t.is_open and ${hasNotWarned('bill_reminder_id', 't.id')}`;

/** A closed archive is read only (2.4). */
const IS_CLOSED = `
  not exists (select from archive a where a.student_no = r."studentNo"
    and a.state not in (${listed([ArchiveState.VOID, ...CLOSED_ARCHIVE])}))`;

/** What warns and has not warned yet, of some students or of all (null, given twice). */
export const UNWARNED = `
  select * from (${ROWS}) r
  where (?::text[] is null or r."studentNo" = any(?::text[])) and not (${IS_CLOSED})
  order by r."studentNo", r."checkId", r."breachId", r."billReminderId"`;

/** Of a warning `w`: what it warns of is over. */
export const IS_OVER = `
  (w.check_id is not null and not exists (select from commitment_check k
      join commitment c on c.id = k.commitment_id where k.id = w.check_id and ${CHECK_HOLDS}))
  or (w.breach_id is not null and not exists (select from commitment_breach b
      where b.id = w.breach_id and ${REPORT_HOLDS}))
  or (w.bill_reminder_id is not null and not exists (select from bill_reminder t
      where t.id = w.bill_reminder_id and t.is_open))`;
