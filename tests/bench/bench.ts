/**
 * `npm run bench`: on a demo college of its own, rows per second of each import beside `COPY` of the
 * same rows, then requests per second of a few operations as ratios to the smallest one, with
 * statements per request, then what the guard costs. All in the same run, loopback only.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startCollege } from '@chengxin/gateway/college/college';
import { seedCollege } from '@chengxin/gateway/college/seed-college';
import { createLog } from '@chengxin/kit/log';
import { measure, type Measured } from './asker.js';
import { guardFigures } from './guard.js';
import { importFigures } from './imports.js';
import { OPERATIONS } from './operations.js';

const { values } = parseArgs({
  options: {
    students: { type: 'string', default: '400' },
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

const folder = await mkdtemp(join(tmpdir(), 'chengxin-bench-'));
const college = await startCollege({ folder, port: 0, log: createLog('bench', 'error') });
try {
  await seedCollege(college, {
    students: Number(values.students),
    async onFile(file, imported) {
      process.stdout.write(`${await importFigures(college, file, imported)}\n`);
    },
  });
  let smallest: Measured | undefined;
  for (const operation of OPERATIONS) {
    const measured = await measure(college, operation, SECONDS);
    smallest ??= measured;
    const { perSecond } = measured;
    const ratio = (perSecond / smallest.perSecond).toFixed(2);
    process.stdout.write(
      `${operation.name.padEnd(38)} ${perSecond.toFixed(0).padStart(6)}/s  × ${ratio}  statements: ${statementsOf(measured)}\n`,
    );
  }
  process.stdout.write(
    `memory of the whole process: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB\n`,
  );
  await college.stop();
  for (const name of GUARDED)
    for (const line of await guardFigures(folder, name, SECONDS)) process.stdout.write(`${line}\n`);
} finally {
  await college.stop();
  await rm(folder, { recursive: true, force: true });
}
