/** The groups of bad and good records, and of rows that name some, as SQL (DOMAIN 3.2). */
import {
  ACTIVE_STATES,
  CLOSED_STATES,
  ConductState,
  PENDING_STATES,
} from '../rules/conduct-state.js';
import { groupsOfRows, listed, noticeMark, SEALED } from './row-groups.js';

const STATE_GROUP = `case
  when r.state = '${ConductState.SEALED}' then '${SEALED}'
  when r.state in (${listed(PENDING_STATES)}) then 'PENDING_CONDUCT'
  when r.state in (${listed(ACTIVE_STATES)}) then 'BAD_CONDUCT' else 'CLOSED_CONDUCT' end`;
/** Origins that guard the whole record (2.3). */
const ORIGIN_GROUP = `case when r.origin_group not in
  ('BAD_CONDUCT', 'GOOD_CONDUCT', 'LAW_VIOLATIONS') then r.origin_group end`;

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

/** Groups of the records that a table of links names. */
export const groupsOfLinked = (table: string, owner: string, id: string): string =>
  groupsOfRecords(`c.id in (select l.record_id from ${table} l where l.${owner} = ${id})`);
