/** Cuts text into records and cells: where records end is found here, quoted cells by csv-parse. */
import { parse } from 'csv-parse/sync';
import type { Delimiter } from './delimiter.js';
import { refusedFile } from './reason.js';
import type { TableRecord } from './table.js';

/** Most characters of one record. */
const LONGEST = 262_144;
/** Most physical lines of one record; a quote that is still open after them was never meant. */
const REACH = 100;

/** Physical lines, in portions. CRLF, LF and a lone CR all end a line. */
async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let [rest, seen] = ['', 0];
  for await (const piece of text) {
    const whole = rest + piece;
    // A CR at the very end may be the first half of CRLF.
    const held = whole.endsWith('\r') ? whole.length - 1 : whole.length;
    const portion = whole.slice(0, held).split(/\r\n?|\n/);
    rest = (portion.pop() ?? '') + whole.slice(held);
    seen += portion.length;
    if (rest.length > LONGEST) throw refusedFile('此行过长。', 'This line is too long.', seen + 1);
    if (portion.length > 0) yield portion;
  }
  if (rest !== '') yield rest.split('\r');
}

/** Lines behind those before the header. */
async function* linesAfter(skip: number, text: AsyncIterable<string>): AsyncGenerator<string[]> {
  let left = skip;
  for await (const portion of linesOf(text)) {
    if (portion.length > left) yield left > 0 ? portion.slice(left) : portion;
    left = Math.max(0, left - portion.length);
  }
}

const quotesIn = (text: string): number => text.split('"').length - 1;

/** How many lines the record at `from` takes up: until its quotes are even; null when they never are. */
function extent(all: readonly string[], from: number): number | null {
  let [quotes, size] = [0, 0];
  for (let count = 1; count <= REACH && from + count <= all.length; count += 1) {
    const line = all[from + count - 1] ?? '';
    size += line.length;
    if (line.includes('"')) quotes += quotesIn(line);
    if (count > 1 && size > LONGEST) return null;
    if (quotes % 2 === 0) return count;
  }
  return null;
}

/** `="2024010317"` without further quoting, which no CSV reader takes, as an ordinary quoted cell. */
function unwrap(text: string, delimiter: Delimiter): string {
  if (!text.includes('="')) return text;
  const wrapped = new RegExp(
    `(?<=^|${delimiter}) *="([^"\\n${delimiter}]+)" *(?=${delimiter}|$)`,
    'g',
  );
  return text.replace(wrapped, '"$1"');
}

/** Cells of each text; null for a text whose quotes are broken. Halving finds it in few steps. */
function cellsOf(texts: readonly string[], delimiter: Delimiter): (string[] | null)[] {
  try {
    return parse(`${texts.join('\n')}\n`, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
    });
  } catch {
    // What csv-parse says repeats the cell.
    if (texts.length === 1) return [null];
    const half = texts.length >> 1;
    return [...cellsOf(texts.slice(0, half), delimiter), ...cellsOf(texts.slice(half), delimiter)];
  }
}

/**
 * Records, in portions; an empty line is a record of one empty cell.
 *
 * A record with broken quotes ends with the line on which it starts and reading goes on with the
 * next line, so one stray quote costs one row.
 *
 * @param skip  Lines before the header, whatever stands in them.
 */
export async function* records(
  text: AsyncIterable<string>,
  delimiter: Delimiter,
  skip = 0,
): AsyncGenerator<TableRecord[]> {
  let [pending, line]: [string[], number] = [[], 1 + skip];

  /** Takes what is complete in `pending`; with `isLast` everything. */
  const take = (isLast: boolean): TableRecord[] => {
    const found: { line: number; text: string; isBroken: boolean }[] = [];
    let at = 0;
    while (at < pending.length) {
      let count = extent(pending, at);
      if (count === null && !isLast && pending.length - at < REACH) break;
      let record = unwrap(pending.slice(at, at + (count ?? 1)).join('\n'), delimiter);
      const isBroken = count === null || (count > 1 && cellsOf([record], delimiter)[0] === null);
      if (isBroken) [count, record] = [1, ''];
      found.push({ line: line + at, text: record, isBroken });
      at += count ?? 1;
    }
    pending = pending.slice(at);
    line += at;
    const whole = found.filter(({ isBroken }) => !isBroken);
    const cells =
      whole.length > 0
        ? cellsOf(
            whole.map((one) => one.text),
            delimiter,
          )
        : [];
    let next = 0;
    return found.map((one) => ({
      line: one.line,
      cells: one.isBroken ? null : (cells[next++] ?? null),
    }));
  };

  /** Without a quote each line is a record and each delimiter parts two cells. */
  const takePlain = (portion: readonly string[]): TableRecord[] => {
    const first = line;
    line += portion.length;
    return portion.map((one, at) => ({ line: first + at, cells: one.split(delimiter) }));
  };

  for await (const portion of linesAfter(skip, text)) {
    if (pending.length === 0 && !portion.some((one) => one.includes('"'))) {
      yield takePlain(portion);
      continue;
    }
    pending = pending.length > 0 ? [...pending, ...portion] : portion;
    const taken = take(false);
    if (taken.length > 0) yield taken;
  }
  const taken = take(true);
  if (taken.length > 0) yield taken;
}
