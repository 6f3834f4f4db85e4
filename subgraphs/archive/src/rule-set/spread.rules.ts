/** How grades spread before and after, and which numbers are too small to be told. Pure. Source: DOMAIN 3.6, 4.8. */

/** One student's grade by each of two rule sets. */
export interface Regraded {
  readonly studentNo: string;
  readonly college: string;
  readonly cohort: string;
  readonly before: string;
  readonly after: string;
}

export interface SpreadRow {
  readonly by: 'SCHOOL' | 'COLLEGE' | 'COHORT';
  readonly key: string;
  readonly grade: string;
  readonly before: number | null;
  readonly after: number | null;
}

const GRADES = ['A', 'B', 'C', 'D'] as const;
/** No number below it is told, nor a change by fewer (3.6). */
const K = 10;

type Count = SpreadRow & { readonly before: number; readonly after: number };

function countsOf(by: SpreadRow['by'], key: string, students: readonly Regraded[]): Count[] {
  return GRADES.map((grade) => ({
    by,
    key,
    grade,
    before: students.filter(({ before }) => before === grade).length,
    after: students.filter(({ after }) => after === grade).length,
  }));
}

const isSmall = (count: number): boolean => count > 0 && count < K;
const isTold = (counts: readonly Count[]): boolean =>
  counts.every(
    ({ before, after }) =>
      !isSmall(before) && !isSmall(after) && !isSmall(Math.abs(after - before)),
  );

const hidden = (counts: readonly Count[]): SpreadRow[] =>
  counts.map((one) => ({ ...one, before: null, after: null }));

const sizeOf = (counts: readonly Count[]): number =>
  counts.reduce((all, { before }) => all + before, 0);

/** A table by one thing: a single hidden part could be told from the whole, so another goes with it. */
function tableOf(parts: readonly Count[][]): SpreadRow[] {
  const open = parts.filter(isTold).toSorted((a, b) => sizeOf(a) - sizeOf(b));
  const isOneHidden = parts.length - open.length === 1;
  const told = new Set(isOneHidden ? open.slice(1) : open);
  return parts.flatMap((part) => (told.has(part) ? part : hidden(part)));
}

/** The spread in the whole school, by college and by year of entry. */
export function spreadOf(students: readonly Regraded[]): SpreadRow[] {
  const partsBy = (by: SpreadRow['by'], keyOf: (one: Regraded) => string) =>
    [...Map.groupBy(students, keyOf)]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([key, some]) => countsOf(by, key, some));
  return [
    ...tableOf([countsOf('SCHOOL', '', students)]),
    ...tableOf(partsBy('COLLEGE', ({ college }) => college)),
    ...tableOf(partsBy('COHORT', ({ cohort }) => cohort)),
  ];
}
