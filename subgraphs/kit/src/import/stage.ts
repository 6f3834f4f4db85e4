/** Staged rows: read from a file, checked against the database, not yet approved. */
import { execute, forkOf, type EntityManager } from '../database/orm.js';
import { fault } from '../errors.js';
import { currentNumbers } from '../feed/renumber.js';
import type { OfficeParts } from '../server/office-parts.js';
import { FORMER_NO, withCurrentNumber } from './current-number.js';
import type { ImportJob, StagedCheck } from './job.js';
import { joinByHash } from './join.js';
import type { ImportFile } from './read.js';
import type { RejectedFile } from './rejected.js';
import { unsaidOf } from './unsaid.js';

const STAGED_AT_ONCE = 2000;

/** The error for a run that was taken for a torn one and forgotten. */
export const replaced = (batchId: string) =>
  fault(
    'STATE_CONFLICT',
    `同一文件已由同一人重新导入。 The same person imports the same file anew; batch ${batchId} is given up.`,
  );

/**
 * Stage rows while their batch is still being read. The lock lets a statement that was under way when
 * its run was killed end before that run is forgotten, so that nothing comes after.
 */
async function stageRows(em: EntityManager, batchId: string, rows: readonly object[]) {
  const [staged] = await execute<{ count: number }>(
    em,
    `with batch as (select id from import_batch where id = ?::uuid and state = 'READING' for share),
       staged as (
         insert into import_row (batch_id, line, value, unsaid)
         select batch.id, (e->>'line')::int, e->'value', e->'unsaid'
         from batch cross join jsonb_array_elements(?::jsonb) e
         returning 1)
     select count(*)::int as count from staged`,
    [batchId, JSON.stringify(rows)],
  );
  if (staged?.count !== rows.length) throw replaced(batchId);
}

/** A batch whose rows are checked: `importer.orgs` and `importer.at` in the conditions. */
export interface Staged {
  readonly em: EntityManager;
  readonly batchId: string;
  readonly orgs: readonly string[];
  readonly at: Date;
}

const IMPORTER = `(select string_to_array(?, ',') as orgs, ?::timestamptz as at) importer`;

/** Take the rows that a condition finds out of the stage and list them. */
export async function reject(
  { em, batchId, orgs, at }: Staged,
  { column, reason, wrong }: StagedCheck,
  list: RejectedFile,
): Promise<number> {
  const rows = await em.transactional(async (inner) => {
    await joinByHash(inner as EntityManager);
    return execute<{ line: number }>(
      inner as EntityManager,
      `delete from import_row r
       using ${IMPORTER}
       where r.batch_id = ?::uuid and (${wrong}) returning r.line`,
      [orgs.join(','), at, batchId],
    );
  });
  for (const { line } of rows.sort((a, b) => a.line - b.line))
    await list.add(line, [{ column, reason }]);
  return rows.length;
}

/** Take the rows that another office refused out of the stage and list them. */
export async function rejectLines(
  em: EntityManager,
  batchId: string,
  lines: readonly number[],
  problem: Pick<StagedCheck, 'column' | 'reason'>,
  list: RejectedFile,
): Promise<number> {
  if (lines.length === 0) return 0;
  await execute(em, 'delete from import_row where batch_id = ?::uuid and line = any(?::int[])', [
    batchId,
    lines,
  ]);
  for (const line of lines) await list.add(line, [problem]);
  return lines.length;
}

/**
 * Whether a condition finds a row in the stage: what held when the file came may hold no more. Runs
 * in the manager's transaction.
 */
export async function isWrong(
  { em, batchId, orgs, at }: Staged,
  { wrong }: StagedCheck,
): Promise<boolean> {
  await joinByHash(em);
  const rows = await execute(
    em,
    `select 1 from import_row r, ${IMPORTER} where r.batch_id = ?::uuid and (${wrong}) limit 1`,
    [orgs.join(','), at, batchId],
  );
  await joinByHash(em, false);
  return rows.length > 0;
}

/** The same of one row that stands in no batch. */
export async function isWrongAlone(
  { em, orgs, at }: Omit<Staged, 'batchId'>,
  value: object,
  { wrong }: StagedCheck,
): Promise<boolean> {
  const rows = await execute(
    em,
    `select 1 from (select ?::jsonb as value, null::uuid as batch_id, 1 as line) r, ${IMPORTER}
     where ${wrong}`,
    [JSON.stringify(value), orgs.join(','), at],
  );
  return rows.length > 0;
}

const DOUBLED = { zh: '与前面的行重复', en: 'the same record stands in an earlier row' };
const CONTRADICTED = {
  zh: '另一行对同一记录的内容不同，两行均未导入',
  en: 'another row says something else of the same record; neither is imported',
};

/**
 * Two rows of the same record in one file: of equal ones the first stands; of others nobody knows
 * which is meant, and none stands.
 */
export function doubledChecks({ key, facts }: ImportJob): StagedCheck[] {
  const parts = key.map((field) => `o.value->>'${field}' = r.value->>'${field}'`);
  const unlike = [FORMER_NO, ...(facts?.unlike ?? [])].map((field) => ` - '${field}'`).join('');
  const other = (condition: string): string =>
    `exists (select from import_row o where o.batch_id = r.batch_id and ${condition} and ${parts.join(' and ')})`;
  const column = key.join(', ');
  const differs = `o.line <> r.line and (o.value${unlike}) <> (r.value${unlike})`;
  return [
    { column, reason: CONTRADICTED, wrong: other(differs) },
    { column, reason: DOUBLED, wrong: other('o.line < r.line') },
  ];
}

interface Reading {
  readonly onProgress: (rows: number, of: number) => void;
  /** Fields whose empty cells clear what is stored. */
  readonly clears: ReadonlySet<string>;
}

/** Read a file into the stage, a few thousand rows at a time. */
export async function readAll(
  { orm, config }: OfficeParts,
  job: ImportJob,
  batchId: string,
  file: ImportFile<unknown>,
  list: RejectedFile,
  { onProgress, clears }: Reading,
): Promise<{ rows: number; rejected: number }> {
  const { dataKey } = config.keyring;
  const current = await currentNumbers(forkOf(orm));
  let waiting: object[] = [];
  let rows = 0;
  let rejected = 0;
  // The next rows are read while the database takes the last ones; never more than these two.
  let staging: Promise<void> = Promise.resolve();
  const flush = async (of = file.lines) => {
    await staging;
    if (waiting.length) staging = stageRows(forkOf(orm), batchId, waiting);
    // It throws at the next one.
    staging.catch(() => {});
    waiting = [];
    onProgress(rows + rejected, of);
  };
  try {
    for await (const row of file.rows()) {
      if ('problems' in row) {
        rejected += 1;
        await list.add(row.line, row.problems);
        continue;
      }
      rows += 1;
      const said = withCurrentNumber(row.value as object, current);
      const value = job.stage ? job.stage(said as never, dataKey) : said;
      const [read, staged] = [said, value] as [Record<string, unknown>, Record<string, unknown>];
      waiting.push({ line: row.line, value, unsaid: unsaidOf(job, read, staged, clears) });
      if (waiting.length >= STAGED_AT_ONCE) await flush();
    }
    await flush(rows + rejected);
    await staging;
    return { rows, rejected };
  } finally {
    // Of a file that cannot be read further nothing comes after its end.
    await Promise.allSettled([staging]);
  }
}

const DROP_ROWS = 'delete from import_row where batch_id = any(?::uuid[])';

/** Forget what an earlier run of the same file left when it was killed half-way. */
export async function forgetTorn(em: EntityManager, kind: string, sha256: string, by: string) {
  const torn = await execute<{ id: string }>(
    em,
    `update import_batch set state = 'FAILED'
     where kind = ? and file_sha256 = ? and recorded_by = ? and state = 'READING' returning id`,
    [kind, sha256, by],
  );
  if (torn.length) await execute(em, DROP_ROWS, [torn.map(({ id }) => id)]);
}

/** Forget the rows of a batch that could not be read to its end. */
export async function giveUp(em: EntityManager, batchId: string): Promise<void> {
  await execute(em, `update import_batch set state = 'FAILED' where id = ?::uuid`, [batchId]);
  await execute(em, DROP_ROWS, [[batchId]]);
}
