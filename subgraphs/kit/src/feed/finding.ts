/**
 * A finding of bad conduct as an office publishes it: coded facts and a reference, never materials
 * (ARCHITECTURE §5). Facts before FOUND stay in the office, and what was taken back is gone. Of what
 * was sealed, that alone is published (T-03). Source: DOMAIN 0.2, 2.4.
 */
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
}

const prefixOf = (office: string): string => `${office}:`;

/** The findings in a table whose rows have indicator, severity and state. */
export const findingRecords = ({ office, table, typename, facts }: Findings): Records => ({
  prefix: prefixOf(office),
  from: table,
  where: `state not in ${WITHHELD}`,
  id: 'id',
  idType: 'uuid',
  version: 'version',
  // What else becomes of the record is the archive's own decision.
  payload: `jsonb_build_object('studentNo', student_no,
      'source', jsonb_build_object('subgraph', '${office}', 'typename', '${typename}', 'id', id))
    || case when state = 'SEALED' then jsonb_build_object('state', 'SEALED')
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
