/** A run of the tests that is interrupted leaves no process, no file and no database behind. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { signalGroup, startGroup } from '../support/group.js';
import { until } from '../support/until.js';

const ROOT = join(import.meta.dirname, '../..');
const MINUTES = 60_000;

let folder: string;
let run: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-interrupted-'));
});
afterEach(async () => {
  if (run?.exitCode === null && run.signalCode === null) signalGroup(run, 'SIGINT');
  await rm(folder, { recursive: true });
});

/** `npm test` of one file, which writes below the folder alone; on an external server if one is named. */
function startTests(file: string, adminUrl?: string): ChildProcess {
  const isOurs = ([name]: [string, string | undefined]) => !/^(npm_|VITEST|TEST_|NODE_)/.test(name);
  const env = Object.fromEntries(Object.entries(process.env).filter(isOurs));
  return startGroup('npm', ['test', '--', file], {
    cwd: ROOT,
    env: {
      ...env,
      TMPDIR: folder,
      NODE_DISABLE_COMPILE_CACHE: '1',
      ...(adminUrl && { TEST_DATABASE_URL: adminUrl }),
    },
  });
}
/** The folder of that run, once one of its tests has a college. */
async function inATest(): Promise<string> {
  const files = () => globSync('chengxin-run-*/chengxin-files-*', { cwd: folder });
  await until(() => files().length > 0, 10 * MINUTES);
  return basename(join(files()[0] ?? '', '..'));
}

/** Processes that were started with this folder for what they write, and servers with data in it. */
function processes(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      const line = (file: string) => readFileSync(join('/proc', pid, file), 'utf8');
      return /^\d+$/.test(pid) && (line('environ') + line('cmdline')).includes(folder);
    } catch {
      return false;
    }
  });
}
async function query(sql: string, ...parameters: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}
const serversIn = () => globSync('**/postmaster.pid', { cwd: folder }).length;

test.runIf(process.platform === 'linux')(
  'interrupted at the terminal it stops its server and takes its files away',
  async () => {
    run = startTests('tests/faults/stop.test.ts');
    const ended = once(run, 'exit');
    await inATest();
    expect(serversIn()).toBe(1);
    expect(processes().length).toBeGreaterThan(2);

    signalGroup(run, 'SIGINT');

    await ended;
    await until(() => !processes().length && !readdirSync(folder).length, 10 * MINUTES);
  },
  15 * MINUTES,
);

const OF_RUN = `
  select datname as name from pg_database where starts_with(datname, $1)
  union all select rolname from pg_roles where starts_with(rolname, $1)`;

test.runIf(process.platform === 'linux')(
  'when npm alone is signalled to stop it leaves nothing on the server that it was given either',
  async () => {
    run = startTests('tests/faults/stop.test.ts', inject('adminUrl'));
    const ended = once(run, 'exit');
    const prefix = (await inATest()).replace('chengxin-run-', 'test_');
    expect((await query(OF_RUN, prefix)).length).toBeGreaterThan(12);

    run.kill('SIGTERM');

    await ended;
    await until(() => !processes().length && !readdirSync(folder).length, 10 * MINUTES);
    expect(await query(OF_RUN, prefix)).toEqual([]);
  },
  15 * MINUTES,
);
