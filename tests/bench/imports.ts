/**
 * How fast an import is, beside the fastest way in which the same rows get into a table at all, and beside
 * the fastest in which they get into a table with the keys and checks of a fact.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { College } from '@chengxin/college/college';
import type { DemoFile } from '@chengxin/college/demo/file';
import type { Imported } from '@chengxin/college/seed-college';
import pg from 'pg';
import { from } from 'pg-copy-streams';

const COPIES = 3;

/** Milliseconds of one `COPY` of a file into an empty table of its columns, all of them text. */
async function copyOnce(client: pg.Client, { rows, encoding }: DemoFile, path: string) {
  const columns = Object.keys(rows[0] ?? {}).map((name) => `${pg.escapeIdentifier(name)} text`);
  await client.query(`create table bench_copy (${columns.join(', ')})`);
  const options = `format csv, header, encoding '${encoding ?? 'utf8'}'`;
  const startedAt = performance.now();
  const copy = client.query(from(`copy bench_copy from stdin (${options})`));
  await pipeline(createReadStream(path), copy);
  const ms = performance.now() - startedAt;
  await client.query('drop table bench_copy');
  if (copy.rowCount !== rows.length) throw new Error(`COPY took ${copy.rowCount} rows.`);
  return ms;
}

/**
 * Milliseconds of one `insert … select` of all rows of a table into one with the same columns, indexes and
 * checks: nothing is read, checked against others, written down or published.
 */
async function insertOnce(client: pg.Client, table: string) {
  const name = pg.escapeIdentifier(table);
  await client.query(`create table bench_insert (like ${name} including all)`);
  const startedAt = performance.now();
  const { rowCount } = await client.query(`insert into bench_insert select * from ${name}`);
  const ms = performance.now() - startedAt;
  await client.query('drop table bench_insert');
  return { ms, rows: rowCount ?? 0 };
}

/** The median of a few. */
async function medianOf(once: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < COPIES; run += 1) times.push(await once());
  return times.toSorted((one, other) => one - other)[COPIES >> 1] ?? 0;
}

/** Milliseconds of both for the rows of a file, in the database of the office. */
async function leastTimes({ started, definitions }: College, file: DemoFile, path: string) {
  const client = new pg.Client({
    connectionString: started.offices.get(file.office)?.config.ownerUrl,
  });
  await client.connect();
  try {
    const copyMs = await medianOf(() => copyOnce(client, file, path));
    const jobs = definitions.find(({ name }) => name === file.office)?.imports ?? [];
    const table = jobs.find(({ kind }) => kind.name === file.kind)?.facts?.table;
    if (table === undefined) return { copyMs };
    const insertMs = await medianOf(async () => {
      const { ms, rows } = await insertOnce(client, table);
      return (ms * file.rows.length) / Math.max(1, rows);
    });
    return { copyMs, insertMs };
  } finally {
    await client.end();
  }
}

/**
 * One line: rows per second of an import by two people, of `COPY`, of the bare insert, and the ratios of
 * the import and of the insert to `COPY`.
 */
export async function importFigures(
  college: College,
  file: DemoFile,
  { rows, path, ms }: Imported,
): Promise<string> {
  const { copyMs, insertMs } = await leastTimes(college, file, path);
  const perSecond = (time: number) => `${((rows / time) * 1000).toFixed(0).padStart(8)}/s`;
  const name = `import ${file.office} ${file.kind}`.padEnd(38);
  const to = (time: number) => `× ${(copyMs / time).toFixed(3)}`;
  const insert = insertMs ? `  insert alone ${perSecond(insertMs)}  ${to(insertMs)}` : '';
  return `${name} ${String(rows).padStart(6)} rows ${perSecond(ms)}  COPY ${perSecond(copyMs)}  ${to(ms)}${insert}`;
}
