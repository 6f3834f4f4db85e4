/** What of a student decides whether his records can be repaired: one statement for all of an application. */
import type { Act } from '@chengxin/kit/change/act';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { THIRD_PARTY_ORIGINS } from '../credit/line.rules.js';
import { listed } from '../row-groups/row-groups.js';
import { ACTIVE_STATES, ConductState, GoodState } from '../rules/conduct-state.js';
import { SanctionState } from '../procedure/sanction-state.js';
import { RepairState } from '../procedure/repair-application.entity.js';
import type { NamedGoodRecord } from './repair-change.rules.js';
import type { RecordToRepair } from './repairable.rules.js';

/** The sanction was decided, and neither lifted nor annulled: one in preparation is not disclosed here. */
const TERM_STATES = [
  SanctionState.DECIDED,
  SanctionState.SERVED,
  SanctionState.APPEALED,
  SanctionState.EFFECTIVE,
  SanctionState.TERM_RUNNING,
];
/** An application is with somebody who decides. */
export const OPEN_STATES = [
  RepairState.SUBMITTED,
  RepairState.COLLEGE_REVIEW,
  RepairState.SAO_REVIEW,
];

/** The last day of the act of another record that the school holds, after this one took effect. */
const NEW_BAD = `
  select max(coalesce(n.ended_on, n.occurred_on))::text from conduct_record n
  where n.student_no = c.student_no and n.id <> c.id and n.state in (${listed(ACTIVE_STATES)})
    and n.origin_group not in (${listed(THIRD_PARTY_ORIGINS)})
    and coalesce(n.ended_on, n.occurred_on) > c.found_on`;

/** Of records `c`; `others` says which applications for one are others. */
const factsOf = (others: string) => `
  select c.id as "recordId", c.state, c.severity, c.disputed, c.found_on::text as "effectiveOn",
    c.bill_no is null or coalesce(c.cured_on <= ?::date, false) as "isCured",
    exists (select from sanction s
      where s.id = c.sanction_id and s.state in (${listed(TERM_STATES)})) as "isTermRunning",
    (${NEW_BAD}) as "newBadOn",
    (select max(p.decided_on)::text from repair_record o join repair_application p on p.id = o.repair_id
      where o.record_id = c.id and p.state = '${RepairState.REFUSED}') as "refusedOn",
    exists (select from repair_record o join repair_application p on p.id = o.repair_id
      where o.record_id = c.id and ${others}
        and p.state in (${listed(OPEN_STATES)})) as "isAppliedFor"`;
const RECORDS = `${factsOf('p.id <> l.repair_id')}
  from repair_record l join conduct_record c on c.id = l.record_id
  where l.repair_id = ?::uuid order by c.id`;

/** The records of an application, as they are today; their student is locked. */
export const recordsToRepair = (
  { follow, today }: Act,
  repairId: string,
): Promise<RecordToRepair[]> =>
  follow((em) => execute<RecordToRepair>(em, RECORDS, [today, repairId]));

const RECORDS_OF_EACH = `${factsOf('p.id <> l.repair_id')}, l.repair_id as "repairId"
  from repair_record l join conduct_record c on c.id = l.record_id
  where l.repair_id = any(?::uuid[]) order by c.id`;

/** The records of each of some applications, as they are today. */
export async function recordsOfEach(
  em: EntityManager,
  applications: readonly { readonly id: string }[],
  { today }: { readonly today: string },
): Promise<RecordToRepair[][]> {
  const ids = applications.map(({ id }) => id);
  const found = await execute<RecordToRepair & { repairId: string }>(em, RECORDS_OF_EACH, [
    today,
    ids,
  ]);
  const records = Map.groupBy(found, ({ repairId }) => repairId);
  return ids.map((id) => records.get(id) ?? []);
}

const RECORDS_OF = `${factsOf('true')}
  from conduct_record c where c.student_no = ? and c.id = any(?::uuid[]) order by c.id`;

/** Some records of a student, with what stands in the way of their repair today. */
export const repairFactsOf = (
  em: EntityManager,
  today: string,
  studentNo: string,
  ids: readonly string[],
): Promise<RecordToRepair[]> => execute<RecordToRepair>(em, RECORDS_OF, [today, studentNo, ids]);

const OWN_RECORDS = `
  select id from conduct_record
  where student_no = ? and id = any(?::uuid[]) and state = '${ConductState.ACTIVE}'
    and origin_group not in (${listed(THIRD_PARTY_ORIGINS)})`;

/** Which of some records are the student's own, count, and are the school's to repair (L-17). */
export async function ownRecords(
  em: EntityManager,
  studentNo: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await execute<{ id: string }>(em, OWN_RECORDS, [studentNo, ids]);
  return new Set(rows.map(({ id }) => id));
}

const OWN_GOOD = `
  select id, indicator_code as "indicatorCode", amount::text as amount from good_record
  where student_no = ? and id = any(?::uuid[]) and state = '${GoodState.APPROVED}'`;

/** Those of some good records that are the student's own and approved. */
export const ownGoodRecords = (
  em: EntityManager,
  studentNo: string,
  ids: readonly string[],
): Promise<NamedGoodRecord[]> => execute<NamedGoodRecord>(em, OWN_GOOD, [studentNo, ids]);

/** The records that an application names: those it named before and does not any more are left out. */
const LINK = `
  with gone as (
    delete from repair_record where repair_id = ?::uuid and record_id <> all(?::uuid[]))
  insert into repair_record (repair_id, record_id, student_no)
  select ?::uuid, record_id, ? from unnest(?::uuid[]) record_id
  on conflict (repair_id, record_id) do nothing`;

export const linkRecords = (
  em: EntityManager,
  { id, studentNo }: { readonly id: string; readonly studentNo: string },
  recordIds: readonly string[],
): Promise<unknown> => execute(em, LINK, [id, recordIds, id, studentNo, recordIds]);
