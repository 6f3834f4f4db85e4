/** Differences between the project's tables and the reviewed ones, and whether each may be. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

export type Row = Readonly<Record<string, string>>;
/** One row that differs, in the words of docs/amendments.md. */
export interface Amendment {
  readonly table: string;
  readonly row: string;
  readonly before: string;
  readonly after: string;
}

const KEYS: Record<string, readonly string[]> = {
  'privacy-matrix': ['group'],
  'action-matrix': ['action'],
  'field-groups': ['subgraph', 'type', 'field'],
  masks: ['group', 'role', 'type', 'field'],
  purposes: ['role', 'purpose'],
};
export const TABLES = Object.keys(KEYS);
const NONE = '–';

export const rowsOf = (csv: string): Row[] => parse(csv, { columns: true }) as Row[];

const keyed = (table: string, rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [(KEYS[table] ?? []).map((column) => row[column]).join('.'), row]));

const say = (row: Row, columns: readonly string[]): string =>
  columns
    .map((column) => `${column} = ${row[column] ?? ''}`)
    .join('; ')
    .trim();

/** Each row of a table that the reviewed one has not, or has otherwise, or has alone. */
export const differences = (
  table: string,
  reviewed: readonly Row[],
  own: readonly Row[],
): Amendment[] => {
  const was = keyed(table, reviewed);
  const is = keyed(table, own);
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((row) => {
    const [before, after] = [was.get(row), is.get(row)];
    const columns = Object.keys({ ...before, ...after }).filter(
      (column) => before?.[column] !== after?.[column],
    );
    if (columns.length === 0) return [];
    return [
      {
        table,
        row,
        before: before ? say(before, columns) : NONE,
        after: after ? say(after, columns) : NONE,
      },
    ];
  });
};

/** The lines of docs/amendments.md; every one has a clause and a reason. */
export const readAmendments = (path: string): Amendment[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| table |'))
    .map((line) => {
      const cells = line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll('\\|', '|'));
      const [table = '', row = '', before = '', after = '', clause, why] = cells;
      if (cells.length !== 6 || !clause || !why)
        throw new Error(`docs/amendments.md: six cells, with clause and why: ${line}`);
      return { table, row, before, after };
    });

const EFFECTS = 'XGMA';
const SHOWN = [
  ['NULL'],
  ['FLAG'],
  ['CATEGORY'],
  ['BAND', 'YEAR', 'LAST4', 'FIRST_LAST'],
  ['VALUE'],
];

const shownRank = (shown = ''): number => SHOWN.findIndex((rank) => rank.includes(shown));

const isNarrowerCell = (before: string, after: string): boolean => {
  const step = EFFECTS.indexOf(after.slice(0, 1)) - EFFECTS.indexOf(before.slice(0, 1));
  return step < 0 || after === before || (step === 0 && before.length === 1);
};

const isNarrowerMask = (before: Row, after: Row): boolean => {
  const step = shownRank(after['shown']) - shownRank(before['shown']);
  const words = (before['bands'] ?? '').split('|');
  return (
    step < 0 ||
    (step === 0 &&
      before['shown'] === after['shown'] &&
      (after['bands'] ?? '').split('|').every((word) => words.includes(word)))
  );
};

export interface Tables {
  readonly [table: string]: readonly Row[];
}

const effectsOf = (tables: Tables, group: string): Row =>
  (tables['privacy-matrix'] ?? []).find((row) => row['group'] === group) ?? {};

/** A group whose cells are all as strict: a field may move to it. */
const isNarrowerGroup = (tables: Tables, before: string, after: string): boolean => {
  const [was, is] = [effectsOf(tables, before), effectsOf(tables, after)];
  return Object.keys(is)
    .filter((column) => !/^(code|group|LIST|reason)$/.test(column))
    .every((role) => isNarrowerCell(was[role] ?? 'X', is[role] ?? 'X'));
};

const NARROWER: Record<
  string,
  (before: Row | undefined, after: Row | undefined, own: Tables, reviewed: Tables) => boolean
> = {
  'action-matrix': (_before, after) => after !== undefined,
  'privacy-matrix': (before, after) =>
    after !== undefined &&
    (before === undefined ||
      Object.keys(after).every((column) =>
        /^(code|group|reason)$/.test(column)
          ? before[column] === after[column]
          : column === 'LIST'
            ? before[column] === after[column] || after[column] === 'no'
            : isNarrowerCell(before[column] ?? 'X', after[column] ?? 'X'),
      )),
  'field-groups': (before, after, own) =>
    after !== undefined &&
    (before === undefined ||
      before['group'] === after['group'] ||
      isNarrowerGroup(own, before['group'] ?? '', after['group'] ?? '')),
  masks: (before, after, _own, reviewed) => {
    if (after === undefined) return false;
    if (before !== undefined) return isNarrowerMask(before, after);
    const isNew = !(reviewed['field-groups'] ?? []).some(
      (row) => row['type'] === after['type'] && row['field'] === after['field'],
    );
    return isNew || after['shown'] === 'NULL';
  },
  purposes: (before, after) =>
    before !== undefined && (after === undefined || after['needsReference'] === 'yes'),
};

/** Rows that show more than the reviewed tables do, or are gone where a row may not go. */
export const wider = (reviewed: Tables, own: Tables): string[] =>
  TABLES.flatMap((table) => {
    const was = keyed(table, reviewed[table] ?? []);
    const is = keyed(table, own[table] ?? []);
    return differences(table, reviewed[table] ?? [], own[table] ?? [])
      .filter(({ row }) => !NARROWER[table]?.(was.get(row), is.get(row), own, reviewed))
      .map(({ row, before, after }) => `${table} ${row}: ${before} → ${after}`);
  });
