/** A seeded college whose databases answer, and nothing else of it. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCollege } from '@chengxin/college/college';
import { openDatabases } from '@chengxin/college/databases';
import { seedCollege } from '@chengxin/college/seed-college';
import { OFFICES } from '@chengxin/gateway/offices';
import { systemClock } from '@chengxin/kit/clock';
import { createLog } from '@chengxin/kit/server/log';
import pg from 'pg';
import { startTestIssuer } from '../../support/issuer.js';
import type { Ground } from './contestant.js';
import { postgresOf } from './cpu.js';

export interface College extends Ground {
  /** Process of the embedded server. */
  readonly postgres: number;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

async function seed(folder: string, students: number): Promise<void> {
  const college = await startCollege({ folder, port: 0, log: createLog('bench', 'error') });
  try {
    await seedCollege(college, { students });
  } finally {
    await college.stop();
  }
}

/** Students who are there: each may be opened, and may open himself. */
async function enrolled(archiveUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: archiveUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ no: string }>(
      `select student_no as no from student
       where enrolment_status = 'ENROLLED' order by student_no`,
    );
    return rows.map(({ no }) => no);
  } finally {
    await client.end();
  }
}

/** Seeds a college of a size, measures on it, and removes it. */
export async function onCollege<Result>(
  students: number,
  say: (line: string) => void,
  measure: (college: College) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-peers-'));
  const stops: (() => Promise<unknown>)[] = [];
  // Interrupted, it takes the server, the processes and the folder with it.
  const interrupted = () => process.exit(1);
  for (const signal of SIGNALS) process.once(signal, interrupted);
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', clear);
  try {
    say(`A college of ${students} students is seeded …`);
    await seed(folder, students);
    const { databases, stop } = await openDatabases(
      folder,
      OFFICES.map(({ name }) => name),
    );
    stops.push(stop);
    const issuer = await startTestIssuer(systemClock);
    stops.push(issuer.stop);
    const studentNos = await enrolled(databases['archive']?.appUrl ?? '');
    return await measure({ folder, databases, issuer, studentNos, postgres: postgresOf(folder) });
  } finally {
    for (const stop of stops.toReversed()) await stop();
    for (const signal of SIGNALS) process.off(signal, interrupted);
    process.off('exit', clear);
    clear();
  }
}
