/**
 * Removes the processes, files and databases of a test run when the run's process ends for any reason. It
 * is a process of its own, since vitest exits within a millisecond of a signal. Started by `run.ts`.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { RunResources } from './run.js';

const PROCESSES = '/proc';
const SERVERS: ReadonlySet<string> = new Set(['postgres', 'initdb']);
/**
 * How often processes are looked at, and how often before they are no longer signalled but ended.
 */
const LOOK_MS = 50;
const LOOKS = 400;

/** What the system says of a process; nothing of one that has ended, or of another's. */
function said<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
const nameOf = (pid: string) =>
  said(() => readFileSync(join(PROCESSES, pid, 'comm'), 'utf8').trim()) ?? '';
const parentOf = (pid: string) =>
  said(() => /^PPid:\s*(\d+)/m.exec(readFileSync(join(PROCESSES, pid, 'status'), 'utf8'))?.[1]);

/** Whether a path is the folder, or in it. */
const isIn = (folder: string, path: string | undefined): boolean =>
  path === folder || path?.startsWith(`${folder}/`) === true;

/** Everything that the run starts inherits its folder as that of temporary files. */
function inherited(pid: string, folder: string): boolean {
  const environment = said(() => readFileSync(join(PROCESSES, pid, 'environ'), 'utf8'));
  const entry = environment?.split('\0').find((line) => line.startsWith('TMPDIR='));
  return isIn(folder, entry?.slice('TMPDIR='.length));
}

/** A server inherits nothing; it works in its data, or holds them open. Its own children end with it. */
function servesIn(pid: string, folder: string): boolean {
  if (!SERVERS.has(nameOf(pid)) || SERVERS.has(nameOf(parentOf(pid) ?? ''))) return false;
  return ['cwd', 'fd/3', 'fd/4'].some((link) =>
    isIn(
      folder,
      said(() => readlinkSync(join(PROCESSES, pid, link))),
    ),
  );
}

/** Processes that the run has started and that have not ended; none where the system does not say. */
const leftIn = (folder: string): number[] =>
  (said(() => readdirSync(PROCESSES)) ?? [])
    .filter((pid) => /^\d+$/.test(pid) && (inherited(pid, folder) || servesIn(pid, folder)))
    .map(Number);

const signal = (pid: number, name: NodeJS.Signals) => said(() => process.kill(pid, name));

/** Signal each once, as Ctrl-C does, and end those that do not. */
async function endProcesses(folder: string): Promise<void> {
  const signalled = new Set<number>();
  for (let looks = 0; ; looks += 1) {
    const left = leftIn(folder);
    if (!left.length) return;
    for (const pid of left) {
      if (looks > LOOKS) signal(pid, 'SIGKILL');
      else if (!signalled.has(pid)) signal(pid, 'SIGINT');
      signalled.add(pid);
    }
    await pause(LOOK_MS);
  }
}

/** Drop the databases and roles of a run from a server that others use as well. */
async function clearServer({ adminUrl, prefix }: RunResources): Promise<void> {
  if (!adminUrl) return;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const names = async (sql: string) =>
      (await client.query<{ name: string }>(sql, [`${prefix}_`])).rows.map(({ name }) =>
        pg.escapeIdentifier(name),
      );
    for (const name of await names(
      'select datname as name from pg_database where starts_with(datname, $1)',
    ))
      await client.query(`drop database if exists ${name} with (force)`);
    for (const name of await names(
      'select rolname as name from pg_roles where starts_with(rolname, $1)',
    ))
      await client.query(`drop role if exists ${name}`);
  } finally {
    await client.end();
  }
}

/** What ends in this instant may still write. */
const remove = (folder: string) =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });

async function clear(resources: RunResources): Promise<void> {
  const { folder, hasEnded, runnersOwn } = resources;
  if (!hasEnded) await endProcesses(folder);
  await clearServer(resources);
  await remove(folder);
  if (!hasEnded) await remove(runnersOwn);
}

let resources: RunResources | undefined;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {});
process.on('message', (sent: RunResources) => (resources = sent));
process.on('disconnect', () => {
  // A rejection ends the process with a code that `run.ts` reads.
  void (resources ? clear(resources) : Promise.resolve()).then(() => process.exit(0));
});
