/** How fast an import is, beside the fastest way in which the same rows get into a table at all. */
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

/** The median of a few, in the database of the office. */
async function copyTime(college: College, file: DemoFile, path: string): Promise<number> {
  const office = college.started.offices.get(file.office);
  const client = new pg.Client({ connectionString: office?.config.ownerUrl });
  await client.connect();
  try {
    const times: number[] = [];
    for (let run = 0; run < COPIES; run += 1) times.push(await copyOnce(client, file, path));
    return times.toSorted((one, other) => one - other)[COPIES >> 1] ?? 0;
  } finally {
    await client.end();
  }
}

/** One line: rows per second of an import by two people, of `COPY`, and their ratio. */
export async function importFigures(
  college: College,
  file: DemoFile,
  { rows, path, ms }: Imported,
): Promise<string> {
  const copyMs = await copyTime(college, file, path);
  const perSecond = (time: number) => `${((rows / time) * 1000).toFixed(0).padStart(8)}/s`;
  const name = `import ${file.office} ${file.kind}`.padEnd(38);
  const ratio = (copyMs / ms).toFixed(3);
  return `${name} ${String(rows).padStart(6)} rows ${perSecond(ms)}  COPY ${perSecond(copyMs)}  × ${ratio}`;
}
