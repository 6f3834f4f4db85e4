/**
 * A schema for each release in the reporting database, with views of that release alone: what shows one
 * release reads them, and needs no filter that somebody may forget (docs/decisions/0078).
 */
import { REPORTING_WORDS } from './reporting-words.js';

export interface NamedRelease {
  readonly releaseId: string;
  readonly runId: string;
}

/** PostgreSQL cuts a longer name, which would then not be found again. */
const RUN_AT_MOST = 40;

/** `release_2026h1_3fa9c2d1`: the run, and the beginning of the release's own number. */
export const schemaOf = ({ releaseId, runId }: NamedRelease): string => {
  const run = runId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, RUN_AT_MOST);
  return `release_${run}_${releaseId.slice(0, 8)}`;
};

/** What names the release stands in the schema already. */
const SAID_BY_SCHEMA = new Set(['credit_view.release_id', 'credit_view.run_id']);

const columnsOf = (table: string): [column: string, words: string][] =>
  Object.entries(REPORTING_WORDS).flatMap(([object, words]) =>
    object.startsWith(`${table}.`) && !SAID_BY_SCHEMA.has(object)
      ? [[object.slice(table.length + 1), words] as [string, string]]
      : [],
  );

const viewOf = (schema: string, table: string, releaseId: string): string => {
  const columns = columnsOf(table);
  const view = `${schema}.${table}`;
  return [
    `create view ${view} as select ${columns.map(([column]) => column).join(', ')}
       from reporting.${table} where release_id = '${releaseId}'`,
    `comment on view ${view} is '${REPORTING_WORDS[table]}'`,
    ...columns.map(([column, words]) => `comment on column ${view}.${column} is '${words}'`),
  ].join(';\n');
};

/** SQL that makes the schema of a release. Whoever may connect to this database may read it. */
export function makeSchema(release: NamedRelease): string {
  const schema = schemaOf(release);
  return `create schema ${schema};
    ${viewOf(schema, 'credit_view', release.releaseId)};
    ${viewOf(schema, 'credit_view_release', release.releaseId)};
    grant usage on schema ${schema} to public;
    grant select on all tables in schema ${schema} to public`;
}
