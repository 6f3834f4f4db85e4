/**
 * A finding of bad conduct as an office publishes it: coded facts and a reference, never materials
 * (ARCHITECTURE §5). Facts before FOUND stay in the office, and what was taken back is gone. Of what
 * was sealed, that alone is published (T-03). Source: DOMAIN 0.2, 2.4.
 */
import { numberOf, type ChangeableRow, type Noun } from '../change/noun.js';
import type { After } from '../change/door.js';
import { execute } from '../database/orm.js';
import type { Records } from './topic.js';

/** States whose rows are not published. */
const WITHHELD = `('PROPOSED', 'NOTIFIED', 'DISMISSED', 'REVOKED')`;

interface Findings {
  /** Office that finds; the keys of its events begin with it. */
  readonly office: string;
  readonly table: string;
  /** GraphQL type of a row. */
  readonly typename: string;
  /** SQL: the value of each fact. */
  readonly facts: Readonly<Record<string, string>>;
  /** SQL: which rows are published; those that were found and not taken back, when nothing is said. */
  readonly where?: string;
  /** SQL: which of them are sealed. */
  readonly isSealed?: string;
}

/**
 * Facts: who recorded and who approved it at the office, and is no handler of an appeal against it
 * (INV-02).
 */
export const PEOPLE_OF_FACT = {
  recordedBy: 'recorded_by',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
} as const;

const prefixOf = (office: string): string => `${office}:`;

/** The findings in a table whose rows have indicator, severity and state. */
export const findingRecords = ({
  office,
  table,
  typename,
  facts,
  where = `state not in ${WITHHELD}`,
  isSealed = `state = 'SEALED'`,
}: Findings): Records => ({
  prefix: prefixOf(office),
  from: table,
  where,
  id: 'id',
  idType: 'uuid',
  version: 'version',
  // What else becomes of the record is the archive's own decision.
  payload: `jsonb_build_object('studentNo', student_no,
      'source', jsonb_build_object('subgraph', '${office}', 'typename', '${typename}', 'id', id))
    || case when ${isSealed} then jsonb_build_object('state', 'SEALED')
    else jsonb_build_object('polarity', 'BAD', 'indicatorCode', indicator_code,
      'severity', severity, 'state', 'FOUND',
      ${Object.entries(facts)
        .flatMap(([fact, value]) => [`'${fact}'`, value])
        .join(', ')}) end`,
});

/** SQL: the event of each row of `changed` that is found, new or corrected; takes the instant. */
export const findingEvent = (office: string): string => `
  insert into outbox (topic, key, version, at)
  select 'finding', '${prefixOf(office)}' || id, version, ? from changed where state = 'FOUND'`;

const PUBLISH = `insert into outbox (topic, key, version, at) values ('finding', ?, ?, ?)`;

/** Publish a row that was found, or whose finding has changed: what it says is read from its table. */
export const publishFinding =
  <Row extends ChangeableRow>(noun: Noun<Row>, { prefix }: Records): After<Row> =>
  (row, { follow }) =>
    follow((em, now) => execute(em, PUBLISH, [prefix + numberOf(noun, row), row.version, now]));
