import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
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

const neutral = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

const written = (row: readonly string[]): string =>
  stringify([row.map(neutral)], { record_delimiter: 'windows', quoted_match: QUOTED });

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
  const target = `${path}.rejected.csv`;
  const draft = `${target}.${randomUUID()}.part`;
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
