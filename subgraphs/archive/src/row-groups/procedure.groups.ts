/** The groups of sanctions, repairs and submissions, as SQL over their columns. */
import { closingOfRecords, groupsOfLinked } from './conduct.groups.js';
import { allGroups, beforeNotice, listed, noticeMark, SEALED, type Columns } from './row-groups.js';
import { CLOSED_STATES, ConductState } from '../rules/conduct-state.js';

/**
 * Records that a sanction rests on: those that name it, and those that a draft names itself. The
 * aliases are none of those under which a caller names the sanction.
 */
const recordsOf = (id: string): string =>
  `(select linked.id, linked.state from conduct_record linked where linked.sanction_id = ${id} union
    select named.id, named.state from sanction drafted cross join unnest(drafted.record_ids) number
      join conduct_record named on named.id = number::uuid where drafted.id = ${id})`;

/**
 * Groups of a sanction by its state. It closes with the last of its records, and one that rests on a
 * sealed record is sealed with it: without a record that he may see, a reader would count one off.
 */
export const groupsOfSanctionState = (state: string, id: string): string =>
  `array_remove(array['SANCTION_FILES', case
     when ${state} in ('DRAFT', 'NOTICE_GIVEN', 'HEARD') then 'PENDING_CONDUCT'
     when ${state} in ('LIFTED', 'ANNULLED', 'WITHDRAWN') then 'CLOSED_CONDUCT' end,
   (select case when bool_or(r.state = '${ConductState.SEALED}') then '${SEALED}'
     when bool_and(r.state in (${listed(CLOSED_STATES)})) then 'CLOSED_CONDUCT' end
     from ${recordsOf(id)} r),
   ${noticeMark('Sanction', state)}], null)`;

/**
 * Whether every record that a sanction rests on was revoked: it was decided on nothing, and stays in
 * force until people annul it (T-06).
 */
export const restsOnNothing = (id: string): string =>
  `coalesce((select bool_and(r.state = '${ConductState.REVOKED}') from ${recordsOf(id)} r), false)`;

/** Whether a record that a sanction rests on is sealed, and the sanction with it (T-03). */
export const restsOnSealed = (id: string): string =>
  `coalesce((select bool_or(r.state = '${ConductState.SEALED}') from ${recordsOf(id)} r), false)`;

/** Whether a sanction is shut to all who would act on it: its records are over, or one is sealed. */
export const restsOnOver = (id: string): string =>
  `coalesce((select bool_or(r.state = '${ConductState.SEALED}')
     or bool_and(r.state in (${listed(CLOSED_STATES)})) from ${recordsOf(id)} r), false)`;

/** Groups of a sanction that a row names. */
export const groupsOfSanction = (id: string): string =>
  `coalesce((select ${groupsOfSanctionState('c.state', 'c.id')} from sanction c
     where c.id = ${id}), '{}'::text[])`;

/** Groups of the records: of one that is over by now, CLOSED_CONDUCT. */
export const groupsOfRepair = (of: Columns<'id'>): string =>
  groupsOfLinked('repair_record', 'repair_id', of.id);

/** CLOSED_CONDUCT where the record is over by now. */
export const groupsOfSubmission = (of: Columns<'recordId' | 'state'>): string =>
  allGroups(closingOfRecords(`c.id = ${of.recordId}`), beforeNotice('Submission', of.state));
