/** The figures as Markdown: tables of what was measured, and the ratios that are compared. Pure. */
import { FLOOR, OURS, OURS_BARE, STOCK } from './names.js';
import type { Figures, Measured, Row } from './measure.js';

type Missing = readonly (readonly [name: string, why: string])[];

/** Three digits that say something. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** `× 2.50`; a dash where there is nothing to compare with. */
const ratio = (one: number | undefined, other: number | undefined): string =>
  one === undefined || !other ? '–' : `× ${rounded(one / other)}`;

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [line(head), line(head.map((_, column) => (column ? '--:' : '---'))), ...rows.map(line)];
}

const rowOf = ({ rows }: Measured, name: string): Row | undefined =>
  rows.find((row) => row.name === name);
const figuresOf = (measured: Measured, name: string): Figures | undefined =>
  rowOf(measured, name)?.figures;

const nodeMs = (figures: Figures | undefined): number | undefined =>
  figures && figures.gatewayMs + figures.officesMs;
const allMs = (figures: Figures | undefined): number | undefined =>
  figures && figures.gatewayMs + figures.officesMs + figures.postgresMs;

/** What must be known of a row before its figures are believed. */
const remarkOf = ({ errors, isAlike }: Row): string =>
  [isAlike ? 'the same' : '**others**', errors ? `**errors: ${errors}**` : '']
    .filter(Boolean)
    .join(', ');

/** One case: everybody's figures; those who are missing say why. */
export function caseTable(measured: Measured, missing: Missing): string[] {
  const ours = figuresOf(measured, OURS)?.perSecond;
  const head = [
    measured.name,
    'requests/s',
    'to ours',
    'gateway ms',
    'offices ms',
    'PostgreSQL ms',
    'statements',
    'answers',
  ];
  const rows = measured.rows.map((row) => [
    row.name,
    rounded(row.figures.perSecond),
    ratio(row.figures.perSecond, ours),
    rounded(row.figures.gatewayMs),
    row.statements === undefined ? '–' : rounded(row.figures.officesMs),
    rounded(row.figures.postgresMs),
    row.statements === undefined ? '–' : row.statements.toFixed(1),
    remarkOf(row),
  ]);
  const left = missing.map(([name, why]) => [name, '–', '–', '–', '–', '–', '–', why]);
  return table(head, [...rows, ...left]);
}

/** The ratios that each case is judged by. */
export function ratioTable(cases: readonly Measured[]): string[] {
  const names = cases.map(({ name }) => name);
  const of = (
    title: string,
    compare: (measured: Measured) => readonly [number | undefined, number | undefined],
  ) => [title, ...cases.map((measured) => ratio(...compare(measured)))];
  return table(
    ['ratio', ...names],
    [
      of('privacy: requests/s of ours over bare offices to ours in whole', (one) => [
        figuresOf(one, OURS_BARE)?.perSecond,
        figuresOf(one, OURS)?.perSecond,
      ]),
      of('privacy: processor time of ours in whole to ours over bare offices', (one) => [
        allMs(figuresOf(one, OURS)),
        allMs(figuresOf(one, OURS_BARE)),
      ]),
      of('gateway: processor time of ours to stock', (one) => [
        figuresOf(one, OURS)?.gatewayMs,
        figuresOf(one, STOCK)?.gatewayMs,
      ]),
      of('Node: gateway and offices of ours to the floor', (one) => [
        nodeMs(figuresOf(one, OURS)),
        nodeMs(figuresOf(one, FLOOR)),
      ]),
      of('Node: gateway and offices of stock to the floor', (one) => [
        nodeMs(figuresOf(one, STOCK)),
        nodeMs(figuresOf(one, FLOOR)),
      ]),
      of('PostgreSQL: ours to the floor', (one) => [
        figuresOf(one, OURS)?.postgresMs,
        figuresOf(one, FLOOR)?.postgresMs,
      ]),
      of('PostgreSQL: stock to the floor', (one) => [
        figuresOf(one, STOCK)?.postgresMs,
        figuresOf(one, FLOOR)?.postgresMs,
      ]),
    ],
  );
}

const growthOf = (from: Figures | undefined, to: Figures | undefined): string[] => [
  from ? rounded(from.perSecond) : '–',
  to ? rounded(to.perSecond) : '–',
  ratio(allMs(to), allMs(from)),
];

/** A student's own view, from one office to all six. */
export function officesTable(cases: readonly Measured[]): string[] {
  const [first] = cases;
  const names = first?.rows.map(({ name }) => name) ?? [];
  return table(
    [
      'offices',
      ...names.flatMap((name) => [`${name}: requests/s`, 'processor ms', 'to one office']),
    ],
    cases.map((measured) => [
      measured.name,
      ...names.flatMap((name) => {
        const row = rowOf(measured, name);
        const isSound = row?.isAlike && !row.errors;
        return [
          `${rounded(row?.figures.perSecond ?? NaN)}${isSound || !row ? '' : ` (${remarkOf(row)})`}`,
          rounded(allMs(row?.figures) ?? NaN),
          ratio(allMs(row?.figures), first && allMs(figuresOf(first, name))),
        ];
      }),
    ]),
  );
}

/** The same cases on a college of another size. */
export function sizesTable(
  [few, many]: readonly [number, number],
  small: readonly Measured[],
  large: readonly Measured[],
): string[] {
  const size = (students: number) => `requests/s of ${students.toLocaleString('en')}`;
  const rows = large.flatMap((measured, index) =>
    measured.rows.map((row) => {
      const before = small[index];
      return [
        `${measured.name}: ${row.name}`,
        ...growthOf(before && figuresOf(before, row.name), row.figures),
        remarkOf(row),
      ];
    }),
  );
  return table(['students', size(few), size(many), 'processor time', 'answers'], rows);
}
