/**
 * The groups of whatever row of the archive a notice or an appeal names by its number, as SQL: no
 * column says which noun it is, so that a new noun is added here and nowhere else.
 */
import { closingOfSnapshot, groupsOfGoodRecords, groupsOfRecords } from './conduct.groups.js';
import {
  groupsOfRepair,
  groupsOfSanction,
  groupsOfSanctionState,
  groupsOfSubmission,
} from './procedure.groups.js';
import {
  groupsOfAttention,
  groupsOfMeasure,
  groupsOfSupervision,
  groupsOfWarning,
} from './supervision.groups.js';

/** Who is named, and by which number, in columns of the row that names it. */
export interface Naming {
  readonly studentNo: string;
  readonly id: string;
}

/** Tables of nouns that can be named, each with the groups of its row `x`. */
const NOUNS: readonly (readonly [table: string, key: string, groups: string])[] = [
  ['sanction', 'id', groupsOfSanctionState('x.state', 'x.id')],
  ['upper_decision', 'id', groupsOfRecords('c.id = x.record_id')],
  ['credit_snapshot', 'snapshot_id', closingOfSnapshot('x.snapshot_id')],
  ['human_review', 'id', closingOfSnapshot('x.snapshot_id')],
  ['repair_application', 'id', groupsOfRepair({ id: 'x.id' })],
  ['submission', 'id', groupsOfSubmission({ recordId: 'x.record_id', state: 'x.state' })],
  [
    'warning',
    'id',
    groupsOfWarning({
      id: 'x.id',
      state: 'x.state',
      triggerGroups: 'x.trigger_groups',
      sanctionId: 'x.sanction_id',
      snapshotId: 'x.snapshot_id',
      breachId: 'x.breach_id',
      awaitsConfirmation: 'x.awaits_confirmation',
    }),
  ],
  ['key_attention', 'id', groupsOfAttention({ id: 'x.id', state: 'x.state' })],
  ['measure', 'id', groupsOfMeasure({ id: 'x.id', state: 'x.state' })],
  [
    'supervision',
    'id',
    groupsOfSupervision({
      snapshotId: 'x.snapshot_id',
      awaitsConfirmation: 'x.awaits_confirmation',
    }),
  ],
];

const groupsOfRow = (
  [table, key, groups]: (typeof NOUNS)[number],
  { studentNo, id }: Naming,
): string =>
  `coalesce((select ${groups} from ${table} x
     where x.student_no = ${studentNo} and x.${key}::text = ${id}), '{}'::text[])`;

/** A record by its own number, or by that which it has in the office that found it. */
const isNamed = ({ studentNo, id }: Naming): string =>
  `c.student_no = ${studentNo} and ${id} in (c.id::text, c.source_id)`;

/** Groups of the row that is named, whichever noun it is; none where the archive holds no such row. */
export const groupsOfNamed = (naming: Naming): string =>
  [
    groupsOfRecords(isNamed(naming)),
    groupsOfGoodRecords(isNamed(naming)),
    ...NOUNS.map((noun) => groupsOfRow(noun, naming)),
  ].join(' || ');

/**
 * The groups that a row's subject took when the row was written. Where the archive holds the record,
 * whether a security fact is sealed is read from it, and LAW_VIOLATIONS adds nothing to the row (2.3).
 */
const groupsThen = (groups: string, recordId: string): string =>
  `case when ${recordId} is null then ${groups}
     else array_remove(${groups}, 'LAW_VIOLATIONS') end`;

/** Columns of an appeal that say what it is against. */
interface AppealColumns {
  readonly studentNo: string;
  readonly targetId: string;
  readonly targetGroups: string;
  readonly recordId: string;
  readonly goodRecordId: string;
  readonly sanctionId: string;
  readonly snapshotId: string;
}

/** Groups of the target of an appeal, as it was and as it is. */
export const groupsOfAppeal = (of: AppealColumns): string =>
  [
    `(${groupsThen(of.targetGroups, of.recordId)})`,
    groupsOfRecords(`c.id = ${of.recordId}`),
    groupsOfGoodRecords(`c.id = ${of.goodRecordId}`),
    groupsOfSanction(of.sanctionId),
    closingOfSnapshot(of.snapshotId),
    groupsOfNamed({ studentNo: of.studentNo, id: of.targetId }),
  ].join(' || ');

/** Columns of a request for a change that say what it is about. */
interface RequestColumns {
  readonly studentNo: string;
  readonly targetId: string;
  readonly targetGroups: string;
}

/**
 * Groups of the fact of a request for a change. Where the archive holds its record, that says whether a
 * security fact is sealed, and LAW_VIOLATIONS adds nothing (2.3); of any other nobody here knows it.
 */
export const groupsOfRequest = ({ studentNo, targetId, targetGroups }: RequestColumns): string => {
  const naming = { studentNo, id: targetId };
  return `(case when exists (select from conduct_record c where ${isNamed(naming)})
    then array_remove(${targetGroups}, 'LAW_VIOLATIONS') else ${targetGroups} end)
    || ${groupsOfNamed(naming)}`;
};

/** Groups of the appeals that some rows name; `where` says which. */
export const groupsOfAppeals = (where: string): string => {
  const groups = groupsOfAppeal({
    studentNo: 'p.student_no',
    targetId: 'p.target_id',
    targetGroups: 'p.target_groups',
    recordId: 'p.record_id',
    goodRecordId: 'p.good_record_id',
    sanctionId: 'p.sanction_id',
    snapshotId: 'p.snapshot_id',
  });
  return `(select coalesce(array_agg(g), '{}'::text[]) from appeal p
     cross join lateral unnest(${groups}) g where ${where})`;
};

/** Columns of a notice that say what it is about. */
interface NoticeColumns {
  readonly studentNo: string;
  readonly subjectId: string;
  readonly subjectGroups: string;
  readonly recordId: string;
  readonly sanctionId: string;
  readonly appealId: string;
}

/** Groups of the subject of a notice, as it was and as it is; of an appeal, those of its target. */
export const groupsOfNotice = (of: NoticeColumns): string =>
  [
    `(${groupsThen(of.subjectGroups, of.recordId)})`,
    groupsOfRecords(`c.id = ${of.recordId}`),
    groupsOfSanction(of.sanctionId),
    groupsOfNamed({ studentNo: of.studentNo, id: of.subjectId }),
    groupsOfAppeals(
      `p.student_no = ${of.studentNo} and p.id::text in (${of.appealId}::text, ${of.subjectId})`,
    ),
  ].join(' || ');
