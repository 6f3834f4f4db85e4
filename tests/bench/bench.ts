/**
 * `npm run bench`: on a demo college of its own, rows per second of each import beside `COPY` of the
 * same rows, then requests per second of a few operations as ratios to the smallest one, with
 * statements per request, what a change costs beside a query, then what the guard costs. All in the same run, loopback only.
 * `npm run bench -- hostile`: what requests cost that are made to cost, instead.
 * `npm run bench -- overload --seconds 600`: what is served of twice the load that can be served.
 * `npm run bench -- runs`: what an official run of 20,000 students takes, instead (`--grown`).
 * `npm run bench -- releases --students 20000`: how long a release for reporting tools takes to freeze.
 * `npm run bench -- executor`: the plan executor alone beside that of stock `@apollo/gateway`, instead.
 * `npm run bench -- peers`: the product beside other gateways and SQL by hand, instead.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCollege, type College } from '@chengxin/college/college';
import { seedCollege } from '@chengxin/college/seed-college';
import { developHere } from '@chengxin/gateway/mode';
import { createLog } from '@chengxin/kit/server/log';
import { measure, type Measured } from './client.js';
import { executorFigures } from './executor/executor.js';
import { guardFigures } from './guard.js';
import { hostileFigures } from './hostile.js';
import { importFigures } from './imports.js';
import { mutationFigures } from './mutations.js';
import { OPERATIONS } from './operations.js';
import { overloadFigures } from './overload.js';
import { comparePeers } from './peers/peers.js';
import { runFigures } from './runs.js';
import { releaseFigures } from './releases.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    students: { type: 'string' },
    grown: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '4' },
  },
});
const SECONDS = Number(values.seconds);
/** Of which the guard's own cost is measured: the smallest, and a page over four offices. */
const GUARDED = ['one name, from the archive alone', 'a page of 100, four offices'];

const statementsOf = ({ statements }: Measured): string =>
  Object.entries(statements)
    .map(([office, count]) => `${office} ${count}`)
    .join(', ');

developHere();
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function compareOperations(college: College): Promise<void> {
  let smallest: Measured | undefined;
  for (const operation of OPERATIONS) {
    const measured = await measure(college, operation, SECONDS);
    smallest ??= measured;
    const { perSecond } = measured;
    const ratio = (perSecond / smallest.perSecond).toFixed(2);
    say(
      `${operation.name.padEnd(38)} ${perSecond.toFixed(0).padStart(6)}/s  × ${ratio}  statements: ${statementsOf(measured)}`,
    );
  }
  for (const line of await mutationFigures(college)) say(line);
  say(`memory of the whole process: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`);
  await college.stop();
  for (const name of GUARDED)
    for (const line of await guardFigures(college.folder, name, SECONDS)) say(line);
}

async function measureRuns(college: College): Promise<void> {
  for await (const line of runFigures(college, Number(values.grown ?? 20_000))) say(line);
}

async function measureReleases(college: College): Promise<void> {
  for await (const line of releaseFigures(college)) say(line);
}

async function measureHostile(college: College): Promise<void> {
  for await (const line of hostileFigures(college)) say(line);
}

/** On a college of its own, all in this process. */
async function measureCollege(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-bench-'));
  const college = await startCollege({ folder, port: 0, log: createLog('bench', 'error') });
  try {
    await seedCollege(college, {
      students: Number(values.students ?? 400),
      async onFile(file, imported) {
        say(await importFigures(college, file, imported));
      },
    });
    if (positionals.includes('hostile')) await measureHostile(college);
    else if (positionals.includes('runs')) await measureRuns(college);
    else if (positionals.includes('releases')) await measureReleases(college);
    else await compareOperations(college);
  } finally {
    await college.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (positionals.includes('peers'))
  await comparePeers({
    students: Number(values.students ?? 2000),
    ...(values.grown && { grown: Number(values.grown) }),
    seconds: SECONDS,
    rounds: Number(values.rounds),
    write: values.write,
    say,
  });
else if (positionals.includes('executor'))
  await executorFigures({ seconds: SECONDS, rounds: Number(values.rounds), say });
else if (positionals.includes('overload'))
  await overloadFigures(Number(values.students ?? 400), SECONDS, say);
else await measureCollege();
