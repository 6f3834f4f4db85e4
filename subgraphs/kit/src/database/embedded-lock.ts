import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startOf } from './embedded-process.js';

/**
 * Take a folder for as long as this process lives. The lock of a dead process is taken over.
 * (Node has no lock that the system gives up at a process's death, hence number and start time.)
 *
 * @returns Gives it up.
 * @throws  When a live process holds it, by number.
 */
export function takeFolder(folder: string): () => void {
  const path = join(folder, 'postgres.lock');
  const mine = JSON.stringify({ pid: process.pid, since: startOf(process.pid) });
  const draft = `${path}.${randomUUID()}`;
  // 0644: whoever comes next may be another user, and must be able to read who holds it.
  writeFileSync(draft, mine, { mode: 0o644 });
  try {
    // A link appears with its content or not at all, so nobody reads a lock half-written.
    while (!link(draft, path)) clearAway(path);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(path) === mine) rmSync(path, { force: true });
  };
}

/**
 * Clear away the lock of a dead process. Only one of several starters succeeds in renaming it;
 * one who was late and took the winner's lock puts it back. Should three meet in that instant,
 * PostgreSQL's own lock on its data is the last word.
 */
function clearAway(path: string): void {
  const text = read(path);
  if (text === undefined) return;
  const holder = parse(text);
  if (holder && startOf(holder.pid) === holder.since) {
    throw new Error(
      `The database in ${dirname(path)} is in use by process ${holder.pid}: stop that one first, or name another folder in CHENGXIN_DATA.`,
    );
  }
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  if (read(aside) !== text) link(aside, path);
  rmSync(aside, { force: true });
}

function parse(text: string): { pid: number; since: string } | undefined {
  try {
    return JSON.parse(text) as { pid: number; since: string };
  } catch {
    return undefined;
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  (error as NodeJS.ErrnoException).code === code;
