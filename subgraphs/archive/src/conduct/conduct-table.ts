/** From judged events to a table of conduct, a page of them in a few statements. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import type { Columns } from '@chengxin/kit/database/columns';
import { snake } from '@chengxin/kit/database/snake';
import type { SourceRef } from './payload.rules.js';

/** Columns of a bad record, whoever wrote it down: an office's finding or a file of the archive's own. */
export const BAD_FACTS = [
  'studentNo',
  'indicatorCode',
  'originGroup',
  'sourceOffice',
  'severity',
  'occurredOn',
  'endedOn',
  'foundOn',
  'findingOn',
  'findingBody',
  'findingDocNo',
  'evidence',
] as const;

/** Facts, or a state alone, of one version of one record. */
export interface Change {
  readonly source: SourceRef;
  readonly version: number;
  readonly content: object;
}

const SOURCE = `"sourceSubgraph" text, "sourceTypename" text, "sourceId" text, "sourceVersion" integer`;

const written = (changes: readonly Change[]): string =>
  JSON.stringify(
    changes.map(({ source, version, content }) => ({
      sourceSubgraph: source.subgraph,
      sourceTypename: source.typename,
      sourceId: source.id,
      sourceVersion: version,
      ...content,
    })),
  );

/** Put facts down; an older version never overwrites a newer one. */
export async function putFacts(
  em: EntityManager,
  { table, fields }: Columns,
  changes: readonly Change[],
): Promise<void> {
  if (!changes.length) return;
  const names = Object.keys(fields);
  const columns = names.map(snake);
  await execute(
    em,
    `insert into ${table} as t (source_subgraph, source_typename, source_id, source_version,
       ${columns.join(', ')}, recorded_at)
     select v."sourceSubgraph", v."sourceTypename", v."sourceId", v."sourceVersion",
       ${names.map((name) => `v."${name}"`).join(', ')}, now()
     from jsonb_to_recordset(?::jsonb) as v(${SOURCE},
       ${names.map((name) => `"${name}" ${fields[name]}`).join(', ')})
     on conflict (source_subgraph, source_id) where source_subgraph <> 'archive' do update set version = t.version + 1,
       source_version = excluded.source_version,
       ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
     where t.source_version < excluded.source_version`,
    [written(changes)],
  );
}

/** Move records to another state; an older version moves nothing, one that is gone has no newer one. */
export async function moveStates(
  em: EntityManager,
  { table }: Columns,
  changes: readonly Change[],
): Promise<void> {
  if (!changes.length) return;
  await execute(
    em,
    `update ${table} t set state = v.state, source_version = v."sourceVersion",
       version = t.version + 1
     from jsonb_to_recordset(?::jsonb) as v(${SOURCE}, state text)
     where t.source_subgraph = v."sourceSubgraph" and t.source_id = v."sourceId"
       and t.source_version <= v."sourceVersion"`,
    [written(changes)],
  );
}

export interface PresentRecord {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

/** Whose the records of an office are. */
export const studentsWithRecords = async (
  em: EntityManager,
  { table }: Columns,
  office: string,
  ids: readonly string[],
): Promise<string[]> => {
  const rows = await execute<{ studentNo: string }>(
    em,
    `select student_no as "studentNo" from ${table}
     where source_subgraph = ? and source_id = any(?::text[])`,
    [office, ids],
  );
  return rows.map(({ studentNo }) => studentNo);
};

/** Records of an office by their numbers there; whoever writes them has locked their students. */
export const presentRecords = (
  em: EntityManager,
  { table }: Columns,
  office: string,
  ids: readonly string[],
) =>
  execute<PresentRecord>(
    em,
    `select source_id as id, state, source_version as version from ${table}
     where source_subgraph = ? and source_id in (select jsonb_array_elements_text(?::jsonb))`,
    [office, JSON.stringify(ids)],
  );

/** Records that the archive may not hold (INV-05). */
export async function removeRecords(
  em: EntityManager,
  { table }: Columns,
  office: string,
  ids: readonly string[],
): Promise<void> {
  if (!ids.length) return;
  await execute(
    em,
    `delete from ${table}
     where source_subgraph = ? and source_id in (select jsonb_array_elements_text(?::jsonb))`,
    [office, JSON.stringify(ids)],
  );
}
