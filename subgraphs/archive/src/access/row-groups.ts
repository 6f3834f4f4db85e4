/**
 * The groups that a row takes beside that of its entrance, as SQL for a formula of its entity: an
 * appeal those of its target, a warning those of its trigger, a measure those of its records. The
 * state of what it hangs on is read anew each time, so that nothing outlives a record that closes
 * (DOMAIN 3.1, 3.2, 3.7(15)).
 */
import {
  ACTIVE_STATES,
  CLOSED_STATES,
  ConductState,
  PENDING_STATES,
} from '../conduct/conduct-state.js';
import { isBeforeNotice, markOf, type NotifiedType } from './before-notice.js';

/** Marks that no role's group opens: a sealed fact, and a grade that waits for its confirmations. */
export const SEALED = 'SEALED';
export const UNCONFIRMED = 'UNCONFIRMED';

const listed = (states: readonly string[]): string => states.map((one) => `'${one}'`).join(', ');

const STATE_GROUP = `case
  when r.state = '${ConductState.SEALED}' then '${SEALED}'
  when r.state in (${listed(PENDING_STATES)}) then 'PENDING_CONDUCT'
  when r.state in (${listed(ACTIVE_STATES)}) then 'BAD_CONDUCT' else 'CLOSED_CONDUCT' end`;
/** Origins that guard the whole record (2.3). */
const ORIGIN_GROUP = `case when r.origin_group not in
  ('BAD_CONDUCT', 'GOOD_CONDUCT', 'LAW_VIOLATIONS') then r.origin_group end`;

const groupsOfRows = (groups: readonly string[], from: string): string =>
  `(select coalesce(array_agg(g), '{}'::text[]) from ${from}
     cross join lateral unnest(array[${groups.join(', ')}]) g where g is not null)`;

/** The mark of a row before its notice, else null. */
const noticeMark = (type: NotifiedType, state: string): string =>
  `case when ${isBeforeNotice(type, state)} then '${markOf(type)}' end`;

/** Groups of the bad records that some rows name in a column; `where` says which rows. */
export const groupsOfRecords = (where: string): string =>
  groupsOfRows(
    [STATE_GROUP, ORIGIN_GROUP, noticeMark('ConductRecord', 'r.state')],
    `(select * from conduct_record c where ${where}) r`,
  );

/** Of bad records no more than that they are over or sealed. */
export const closingOfRecords = (where: string): string =>
  groupsOfRows(
    [
      `case when r.state = '${ConductState.SEALED}' then '${SEALED}'
         when r.state in (${listed(CLOSED_STATES)}) then 'CLOSED_CONDUCT' end`,
    ],
    `(select * from conduct_record c where ${where}) r`,
  );

/** Groups of the good records that some rows name; `where` says which. */
export const groupsOfGoodRecords = (where: string): string =>
  groupsOfRows(
    [
      `case r.state when 'PROPOSED' then 'PENDING_CONDUCT' when 'REVOKED' then 'CLOSED_CONDUCT'
         else 'GOOD_CONDUCT' end`,
      ORIGIN_GROUP,
      noticeMark('GoodRecord', 'r.state'),
    ],
    `(select * from good_record c where ${where}) r`,
  );

/**
 * Groups of a sanction by its state. It closes with the last of its records, and one that rests on a
 * sealed record is sealed with it: without a record that he may see, a reader would count one off.
 */
export const groupsOfSanctionState = (state: string, id: string): string =>
  `array_remove(array['SANCTION_FILES', case
     when ${state} in ('DRAFT', 'NOTICE_GIVEN', 'HEARD') then 'PENDING_CONDUCT'
     when ${state} in ('LIFTED', 'ANNULLED') then 'CLOSED_CONDUCT' end,
   (select case when bool_or(r.state = '${ConductState.SEALED}') then '${SEALED}'
     when bool_and(r.state in (${listed(CLOSED_STATES)})) then 'CLOSED_CONDUCT' end
     from conduct_record r where r.sanction_id = ${id}),
   ${noticeMark('Sanction', state)}], null)`;

/** Groups of a sanction that a row names. */
export const groupsOfSanction = (id: string): string =>
  `coalesce((select ${groupsOfSanctionState('c.state', 'c.id')} from sanction c
     where c.id = ${id}), '{}'::text[])`;

/** Of good records no more than that they were revoked. */
const closingOfGoodRecords = (where: string): string =>
  groupsOfRows(
    [`case when r.state = 'REVOKED' then 'CLOSED_CONDUCT' end`],
    `(select * from good_record c where ${where}) r`,
  );

/** CLOSED_CONDUCT where a snapshot has a line of a record that is over by now (NO_CLOSED_LINE). */
export const closingOfSnapshot = (id: string): string => {
  const isLine = `c.id::text in (select l->>'recordId' from credit_snapshot s
    cross join lateral jsonb_array_elements(s.school_view->'lines') l where s.snapshot_id = ${id})`;
  return `${closingOfRecords(isLine)} || ${closingOfGoodRecords(isLine)}`;
};

/** A group that a row takes under a condition. */
export const groupIf = (condition: string, group: string): string =>
  `(case when ${condition} then array['${group}'] else '{}'::text[] end)`;

/** The mark of a row before its notice (3.7(15)). */
export const beforeNotice = (type: NotifiedType, state: string): string =>
  groupIf(isBeforeNotice(type, state), markOf(type));

/**
 * The groups that a row's subject took when the row was written. Where the archive holds the record,
 * whether a security fact is sealed is read from it, and LAW_VIOLATIONS adds nothing to the row (2.3).
 */
export const groupsThen = (groups: string, recordId: string): string =>
  `case when ${recordId} is null then ${groups}
     else array_remove(${groups}, 'LAW_VIOLATIONS') end`;
