import pg from 'pg';
import type { TestCollege } from './college.js';

/** Run SQL on an office's database as its owner, past the office. */
export async function asOwner<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  college: TestCollege,
  office: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const client = await ownerOf(college, office);
  try {
    const { rows } = await client.query<Row>(sql, [...parameters]);
    return rows;
  } finally {
    await client.end();
  }
}

/** A connection of the owner's own, for transactions that stay open; whoever asks ends it. */
export async function ownerOf(college: TestCollege, office: string): Promise<pg.Client> {
  const running = college.started.offices.get(office);
  if (!running) throw new Error(`${office} has not started.`);
  const client = new pg.Client({ connectionString: running.config.ownerUrl });
  await client.connect();
  return client;
}
