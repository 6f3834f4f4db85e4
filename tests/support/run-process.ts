/** The job of runs as a process of its own, which can be killed like any other. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestCollege } from './college.js';

const ROOT = join(import.meta.dirname, '../..');
const ARCHIVE = join(ROOT, 'subgraphs/archive');
const COMPILER = join(ROOT, 'node_modules/.bin/tsc');

const CODE = `
  import { openForWork } from '@chengxin/kit/database/orm';
  import { readWorkConfig } from '@chengxin/kit/server/config';
  import { office } from './dist/office.js';
  const config = await readWorkConfig('archive');
  const orm = await openForWork(config.databaseUrl, office.entities);
  const job = office.jobs.find(({ name }) => name === 'computeRun');
  await job.run({ orm, config }, new Date(process.argv[1]));
  await orm.close();`;

/** Begin, or go on, with what the runs of a college have left to compute. */
export async function startRunProcess(college: TestCollege): Promise<ChildProcess> {
  await promisify(execFile)(COMPILER, ['-b', ARCHIVE]);
  const env = {
    ...process.env,
    ARCHIVE_DATABASE_URL: college.started.offices.get('archive')?.config.databaseUrl,
    CHENGXIN_KEYS: college.keys,
  };
  const args = ['--input-type=module', '-e', CODE, college.clock.now().toISOString()];
  return spawn(process.execPath, args, {
    cwd: ARCHIVE,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
