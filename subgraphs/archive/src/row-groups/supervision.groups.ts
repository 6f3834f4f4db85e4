/**
 * The groups that warnings, attention, measures and supervision take beside that of their entrance,
 * as SQL over their columns. The entities declare them, and what names such a row takes them too.
 */
import { closingOfSnapshot, groupsOfLinked } from './conduct.groups.js';
import { groupsOfSanction } from './procedure.groups.js';
import { allGroups, beforeNotice, groupIf, UNCONFIRMED, type Columns } from './row-groups.js';

/** A C or D that a person is to look at has no effect until then (L-08). */
const underReview = (snapshotId: string): string =>
  groupIf(
    `exists (select from human_review h join credit_snapshot o on o.snapshot_id = h.snapshot_id
      join credit_snapshot s on s.student_no = o.student_no
        and (s.grade, s.school_view) = (o.grade, o.school_view)
      where h.state = 'REQUESTED' and s.snapshot_id = ${snapshotId} and s.grade in ('C', 'D'))`,
    UNCONFIRMED,
  );

/** A report that came to nothing, or whose breach was rectified, is closed (3.2). */
const closingOfBreach = (breachId: string): string =>
  groupIf(
    `exists (select from commitment_breach reported where reported.id = ${breachId}
      and reported.state in ('CLEARED', 'FULFILLED'))`,
    'CLOSED_CONDUCT',
  );

/** Groups of the trigger, as it was and as it is; a waiting grade is the student's alone (2.4). */
export const groupsOfWarning = (
  of: Columns<
    | 'id'
    | 'state'
    | 'triggerGroups'
    | 'sanctionId'
    | 'snapshotId'
    | 'breachId'
    | 'awaitsConfirmation'
  >,
): string =>
  allGroups(
    of.triggerGroups,
    groupsOfLinked('warning_record', 'warning_id', of.id),
    groupsOfSanction(of.sanctionId),
    closingOfSnapshot(of.snapshotId),
    closingOfBreach(of.breachId),
    groupIf(of.awaitsConfirmation, UNCONFIRMED),
    underReview(of.snapshotId),
    beforeNotice('Warning', of.state),
  );

/** Groups of the records that it rests on. */
export const groupsOfAttention = (of: Columns<'id' | 'state'>): string =>
  allGroups(
    groupsOfLinked('key_attention_record', 'key_attention_id', of.id),
    beforeNotice('KeyAttention', of.state),
  );

/** Groups of the records that it rests on. */
export const groupsOfMeasure = (of: Columns<'id' | 'state'>): string =>
  allGroups(
    groupsOfLinked('measure_record', 'measure_id', of.id),
    beforeNotice('Measure', of.state),
  );

/** CLOSED_CONDUCT where a line of the snapshot is of a record now over (NO_CLOSED_LINE). */
export const groupsOfSupervision = (of: Columns<'snapshotId' | 'awaitsConfirmation'>): string =>
  allGroups(
    closingOfSnapshot(of.snapshotId),
    groupIf(of.awaitsConfirmation, UNCONFIRMED),
    underReview(of.snapshotId),
  );
