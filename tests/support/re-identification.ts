/**
 * What somebody can tell who holds releases and knows all else of everybody: written beside the product,
 * and without its rules. Rows are what a reporting tool gets. Source: DOMAIN 3.6, SC-12.
 */

export interface ReleasedRow {
  readonly grade: string;
  /** Every other column, by name. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Thousandths by grade, as a release states them: of itself, and of two together. */
export interface Odds {
  readonly alone: Readonly<Record<string, number>>;
  readonly joined: Readonly<Record<string, number>>;
}

const LEAST = 10;
const ANY = '*';
const PER_MILLE = 1000;

const group = ({ columns }: ReleasedRow): string => JSON.stringify(columns);
const gradesIn = (rows: readonly ReleasedRow[]): string[] => rows.map(({ grade }) => grade);
const countsOf = (values: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** What one release gives away, in words; nothing where it keeps what it states. */
export function told(rows: readonly ReleasedRow[], odds: Odds): string[] {
  const found: string[] = [];
  for (const [name, same] of Map.groupBy(rows, group)) {
    const grades = countsOf(gradesIn(same));
    if (grades.size < 2) found.push(`one grade: ${name}`);
    for (const [grade, count] of grades) {
      if (count < LEAST) found.push(`${count} rows: ${name} ${grade}`);
      if ((count / same.length) * PER_MILLE > (odds.alone[grade] ?? 0))
        found.push(`odds: ${name} ${grade}`);
    }
  }
  return found;
}

/** Columns that both releases say something of, in the words of the coarser one. */
function joinedColumns(one: ReleasedRow, coarser: (column: string, value: string) => string) {
  return JSON.stringify(
    Object.entries(one.columns).map(([column, value]) => [column, coarser(column, value)]),
  );
}

/**
 * What two releases give away together: groups are counted in both by all attributes, the grade among
 * them, and subtracted; and whoever stands in a group of each keeps two grades, at the stated odds.
 *
 * @param coarser  A value in words that both releases use; `*` where they have none.
 */
export function toldTogether(
  some: readonly ReleasedRow[],
  others: readonly ReleasedRow[],
  odds: Odds,
  coarser: (column: string, value: string) => string = (_column, value) => value,
): string[] {
  const found: string[] = [];
  const named = (row: ReleasedRow) => `${joinedColumns(row, coarser)} ${row.grade}`;
  const [before, after] = [countsOf(some.map(named)), countsOf(others.map(named))];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const moved = Math.abs((before.get(name) ?? 0) - (after.get(name) ?? 0));
    if (moved > 0 && moved < LEAST) found.push(`${moved} came or went: ${name}`);
  }
  const groups = (rows: readonly ReleasedRow[]) =>
    [...Map.groupBy(rows, group)].map(([name, same]) => ({
      name,
      counts: countsOf(gradesIn(same)),
    }));
  const later = groups(others);
  for (const one of groups(some))
    for (const other of later) {
      const both = [...one.counts].flatMap(([grade, count]) => {
        const again = other.counts.get(grade);
        return again ? [{ grade, weight: count * again }] : [];
      });
      const total = both.reduce((sum, { weight }) => sum + weight, 0);
      if (both.length < 2) found.push(`one grade left: ${one.name} and ${other.name}`);
      for (const { grade, weight } of both)
        if ((weight / total) * PER_MILLE > (odds.joined[grade] ?? 0))
          found.push(`odds: ${one.name} and ${other.name} ${grade}`);
    }
  return found;
}

/** Words of the coarser of two releases: a column that one of them says nothing of is none of either. */
export function wordsOfBoth(
  some: readonly ReleasedRow[],
  others: readonly ReleasedRow[],
): (column: string, value: string) => string {
  const wordsOf = (rows: readonly ReleasedRow[], column: string) =>
    new Set(rows.map(({ columns }) => columns[column] ?? ANY));
  return (column, value) => {
    const [a, b] = [wordsOf(some, column), wordsOf(others, column)];
    return a.has(value) && b.has(value) ? value : ANY;
  };
}
