/**
 * The groups that the rows of each noun take beside that of their entrance, as SQL over their columns.
 * The entities declare them, and what names such a row (a notice, an appeal) takes them too.
 */
import {
  beforeNotice,
  closingOfRecords,
  closingOfSnapshot,
  groupIf,
  groupsOfRecords,
  groupsOfSanction,
  UNCONFIRMED,
} from './row-groups.js';

const all = (...groups: readonly string[]): string => groups.join(' || ');

/** Groups of the records that a table of links names. */
const linked = (table: string, owner: string, id: string): string =>
  groupsOfRecords(`c.id in (select l.record_id from ${table} l where l.${owner} = ${id})`);

/** Columns of a row, as they are called where the SQL stands. */
type Columns<Name extends string> = Readonly<Record<Name, string>>;

/** Groups of the trigger, as it was and as it is; a waiting grade is the student's alone (2.4). */
export const groupsOfWarning = (
  of: Columns<
    'id' | 'state' | 'triggerGroups' | 'sanctionId' | 'snapshotId' | 'awaitsConfirmation'
  >,
): string =>
  all(
    of.triggerGroups,
    linked('warning_record', 'warning_id', of.id),
    groupsOfSanction(of.sanctionId),
    closingOfSnapshot(of.snapshotId),
    groupIf(of.awaitsConfirmation, UNCONFIRMED),
    beforeNotice('Warning', of.state),
  );

/** Groups of the records that it rests on. */
export const groupsOfAttention = (of: Columns<'id' | 'state'>): string =>
  all(
    linked('key_attention_record', 'key_attention_id', of.id),
    beforeNotice('KeyAttention', of.state),
  );

/** Groups of the records that it rests on. */
export const groupsOfMeasure = (of: Columns<'id' | 'state'>): string =>
  all(linked('measure_record', 'measure_id', of.id), beforeNotice('Measure', of.state));

/** CLOSED_CONDUCT where a line of the snapshot is of a record now over (NO_CLOSED_LINE). */
export const groupsOfSupervision = (of: Columns<'snapshotId' | 'awaitsConfirmation'>): string =>
  all(closingOfSnapshot(of.snapshotId), groupIf(of.awaitsConfirmation, UNCONFIRMED));

/** Groups of the records: of one that is over by now, CLOSED_CONDUCT. */
export const groupsOfRepair = (of: Columns<'id'>): string =>
  linked('repair_record', 'repair_id', of.id);

/** CLOSED_CONDUCT where the record is over by now. */
export const groupsOfSubmission = (of: Columns<'recordId' | 'state'>): string =>
  all(closingOfRecords(`c.id = ${of.recordId}`), beforeNotice('Submission', of.state));
