/**
 * `npm run bench`: on a demo college of its own, rows per second of each import beside `COPY` of the
 * same rows, then requests per second of a few operations as ratios to the smallest one, with
 * statements per request. All in the same run, loopback only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCollege, type College } from '@chengxin/gateway/college/college';
import { seedCollege } from '@chengxin/gateway/college/seed-college';
import { loginAs } from '@chengxin/kit/command/login';
import { createLog } from '@chengxin/kit/log';
import { Pool } from 'undici';
import { countStatements } from '../support/statements.js';
import { importFigures } from './imports.js';
import { OPERATIONS, type Operation } from './operations.js';

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '400' },
    seconds: { type: 'string', default: '4' },
  },
});
const SECONDS = Number(values.seconds);
const CLIENTS = 8;

interface Figures {
  readonly name: string;
  readonly perSecond: number;
  readonly statements: string;
}

async function asker(college: College, { person, headers, query }: Operation) {
  const { issuer, audience } = college;
  const token = await loginAs({ issuer, audience, person });
  const pool = new Pool(college.gateway.origin, { connections: CLIENTS });
  const ask = async () => {
    const answer = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...headers,
      },
      body: JSON.stringify({ query }),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${text.slice(0, 300)}`);
  };
  return { ask, close: () => pool.close() };
}

/** As many requests as fit into the time, with a few clients side by side. */
async function measure(college: College, operation: Operation): Promise<Figures> {
  const { ask, close } = await asker(college, operation);
  await ask();
  const { byOffice } = await countStatements(ask);
  const until = performance.now() + SECONDS * 1000;
  const from = performance.now();
  let done = 0;
  const client = async () => {
    while (performance.now() < until) {
      await ask();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const perSecond = done / ((performance.now() - from) / 1000);
  await close();
  const statements = Object.entries(byOffice)
    .map(([office, count]) => `${office} ${count}`)
    .join(', ');
  return { name: operation.name, perSecond, statements };
}

const folder = await mkdtemp(join(tmpdir(), 'chengxin-bench-'));
const college = await startCollege({ folder, port: 0, log: createLog('bench', 'error') });
try {
  await seedCollege(college, {
    students: Number(values.students),
    async onFile(file, imported) {
      process.stdout.write(`${await importFigures(college, file, imported)}\n`);
    },
  });
  const figures: Figures[] = [];
  for (const operation of OPERATIONS) figures.push(await measure(college, operation));
  const [first] = figures;
  for (const { name, perSecond, statements } of figures) {
    const ratio = (perSecond / (first?.perSecond ?? 1)).toFixed(2);
    process.stdout.write(
      `${name.padEnd(38)} ${perSecond.toFixed(0).padStart(6)}/s  × ${ratio}  statements: ${statements}\n`,
    );
  }
  process.stdout.write(
    `memory of the whole process: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB\n`,
  );
} finally {
  await college.stop();
  await rm(folder, { recursive: true, force: true });
}
