import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Problem } from './reason.js';

/** The list of rejected rows beside an imported file. Source: F-13. */
export interface RejectedFile {
  /** Write down what is wrong with a row. Calls follow one another. */
  add(line: number, problems: readonly Problem[]): Promise<void>;
  /** Put the list in its place; null when there was nothing to list. */
  finish(): Promise<string | null>;
  /** Throw the list away; an earlier one stays. */
  discard(): Promise<void>;
}

const BOM = '\ufeff';
const OWNER_ALONE = 0o600;
const PORTION = 65_536;
/** What makes a spreadsheet calculate: = + - @, also full-width, also behind white space. */
const FORMULA = /^[\s\u200b\u2060\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** Line ends of any kind, and what separates cells where Excel does not use the comma. */
const QUOTED = /[\r\n;\t]/;

/** `<list>.<process>@<machine>.<number>.part`: whose half-written list it is. */
const DRAFT = /^\.(\d+)@(.*)\.[0-9a-f]{8}\.part$/;
/** Short, for the names of files are long already. */
const machine = (): string => hostname().slice(0, 16);

const neutral = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

const written = (row: readonly string[]): string =>
  stringify([row.map(neutral)], { record_delimiter: 'windows', quoted_match: QUOTED });

const listOf = (path: string): string => `${path}.rejected.csv`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};

/** Take away the half-written lists of a file that killed processes of this machine left. */
export async function forgetTornLists(path: string): Promise<void> {
  const list = basename(listOf(path));
  for (const name of await readdir(dirname(path))) {
    const [, pid = '', host] = (name.startsWith(list) && DRAFT.exec(name.slice(list.length))) || [];
    if (host === machine() && !isAlive(Number(pid)))
      await rm(join(dirname(path), name), { force: true });
  }
}

/**
 * The reject list of a file, `<file>.rejected.csv`, for its owner alone (mode 0600).
 *
 * Nothing is created before the first problem; until `finish` the list has another name, so that a
 * half-written one is never taken for a whole one.
 *
 * @param withValues  Whether the cells stand in the list too, as far as the reader kept them.
 */
export function rejectedFile(
  path: string,
  { withValues = false }: { withValues?: boolean } = {},
): RejectedFile {
  const target = listOf(path);
  const draft = `${target}.${process.pid}@${machine()}.${randomUUID().slice(0, 8)}.part`;
  const columns = [
    'line',
    'column',
    'reason 中文',
    'reason English',
    ...(withValues ? ['cell'] : []),
  ];
  let handle: FileHandle | null = null;
  let pending = BOM + written(columns);

  const flush = async (): Promise<FileHandle> => {
    handle ??= await open(draft, 'wx', OWNER_ALONE);
    await handle.writeFile(pending);
    pending = '';
    return handle;
  };
  return {
    async add(line, problems) {
      for (const { column, reason, cell } of problems) {
        const row = [String(line), column ?? '', reason.zh, reason.en];
        pending += written(withValues ? [...row, cell ?? ''] : row);
      }
      if (!handle || pending.length > PORTION) await flush();
    },
    async finish() {
      if (!handle) return null;
      const whole = await flush();
      await whole.sync();
      await whole.close();
      handle = null;
      await rename(draft, target);
      return target;
    },
    async discard() {
      await handle?.close();
      handle = null;
      await rm(draft, { force: true });
    },
  };
}
