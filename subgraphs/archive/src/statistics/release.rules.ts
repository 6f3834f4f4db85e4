/**
 * Exact counts of students become the cells that are published: noise on the finest cells, totals as
 * their sums, nothing below ten. Pure but for the noise. Source: DOMAIN 3.6, SC-12.
 */
import { countsOf } from './consistent.rules.js';
import { discreteLaplace, type Scale } from './discrete-laplace.js';
import { halfWidth, scaleOf } from './noise.rules.js';

/** No cell shows fewer persons (3.6); judged on the value with its noise. */
export const K = 10;

export interface CellKey {
  readonly name: string;
  readonly value: string;
}

/** Values of which every student has one: `GRADE`, A to D. Listed by the school, never by the rows. */
export interface Part {
  /** What names the part, where a table has several. */
  readonly keys: readonly CellKey[];
  readonly name: string;
  readonly values: readonly string[];
}

export interface TableShape {
  /** Whether majors have cells of their own; else colleges are the finest. */
  readonly isByMajor: boolean;
  readonly parts: readonly Part[];
  /** ε that a release of it spends, in hundredths. */
  readonly epsilon: number;
}

/** A college of the organisation's list, with its majors. */
export interface College {
  readonly code: string;
  readonly majors: readonly string[];
}

/** Students of a place with one value of a part; the major is null where the list has no such one. */
export interface ExactCount {
  readonly college: string;
  readonly major: string | null;
  readonly part: number;
  readonly value: string;
  readonly count: number;
}

export interface ReleasedCell {
  readonly groupBy: string;
  readonly keys: readonly CellKey[];
  /** With noise; null where that is below ten. */
  readonly value: number | null;
  readonly halfWidth: number;
}

/** Noise of a scale; replaced by tests that plant a fault. */
export type Noise = (scale: Scale) => number;

/** A finest cell's place. Each college has one for students whose major is not on the list. */
interface Leaf {
  readonly college: string;
  readonly major: string | null;
}

const leavesOf = ({ code, majors }: College, isByMajor: boolean): Leaf[] => {
  const rest: Leaf = { college: code, major: null };
  return isByMajor ? [...majors.map((major) => ({ college: code, major })), rest] : [rest];
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

/** A line of a table: the school, a college, or a major, with the counts of each value of a part. */
interface Line {
  readonly groupBy: string;
  readonly keys: readonly CellKey[];
  readonly counts: readonly number[];
  /** Finest places that it is the sum of. */
  readonly leaves: number;
}

const nameOf = (college: string, major: string | null, part: number, value: string): string =>
  JSON.stringify([college, major, part, value]);

interface NoisyCollege {
  readonly college: College;
  readonly leaves: readonly Leaf[];
  /** By value and leaf. */
  readonly noisy: readonly (readonly number[])[];
}

/** From the school down, value by value: what lies below adds up to what lies above. */
function linesOf(colleges: readonly NoisyCollege[], values: readonly string[], byMajor: boolean) {
  const ofValue = values.map((_, at) => {
    const sums = colleges.map(({ noisy }) => sum(noisy[at] ?? []));
    const school = Math.max(0, sum(sums));
    const ofCollege = countsOf(sums, school);
    const ofLeaf = colleges.map(({ noisy }, c) => countsOf(noisy[at] ?? [], ofCollege[c] ?? 0));
    return { school, ofCollege, ofLeaf };
  });
  const total = sum(colleges.map(({ leaves }) => leaves.length));
  const school: Line = {
    groupBy: '',
    keys: [],
    counts: ofValue.map((one) => one.school),
    leaves: total,
  };
  const below = colleges.flatMap(({ college, leaves }, c): Line[] => {
    const keys = [{ name: 'COLLEGE', value: college.code }];
    const line: Line = {
      groupBy: 'COLLEGE',
      keys,
      counts: ofValue.map(({ ofCollege }) => ofCollege[c] ?? 0),
      leaves: leaves.length,
    };
    if (!byMajor) return [line];
    const ofMajor = leaves.map(({ major }, l): Line => ({
      groupBy: 'COLLEGE,MAJOR',
      keys: major === null ? keys : [...keys, { name: 'MAJOR', value: major }],
      counts: ofValue.map(({ ofLeaf }) => ofLeaf[c]?.[l] ?? 0),
      leaves: 1,
    }));
    return [line, ...ofMajor];
  });
  return [school, ...below];
}

/** The cells of a line, and its total behind them. */
function cellsOf({ groupBy, keys, counts, leaves }: Line, part: Part, scale: Scale) {
  const shown = (count: number): number | null => (count < K ? null : count);
  const ofPart = [...keys, ...part.keys];
  const cells = part.values.map((value, at): ReleasedCell => ({
    groupBy,
    keys: [...ofPart, { name: part.name, value }],
    value: shown(counts[at] ?? 0),
    halfWidth: halfWidth(scale, leaves),
  }));
  const total: ReleasedCell = {
    groupBy,
    keys: ofPart,
    value: shown(sum(counts)),
    halfWidth: halfWidth(scale, leaves * part.values.length),
  };
  return [...cells, total];
}

/**
 * What is published of a table.
 *
 * Every finest cell that the lists of the organisation and of the table make has noise, empty ones too;
 * what the rows hold beside these lists is not counted.
 *
 * @param exact  One student has a count in one cell of each part.
 */
export function released(
  { isByMajor, parts, epsilon }: TableShape,
  colleges: readonly College[],
  exact: readonly ExactCount[],
  noise: Noise = discreteLaplace,
): ReleasedCell[] {
  const scale = scaleOf(parts.length, epsilon);
  const known = new Map(
    exact.map(({ college, major, part, value, count }) => [
      nameOf(college, major, part, value),
      count,
    ]),
  );
  return parts.flatMap((part, index) => {
    const noisyColleges = colleges.map((college): NoisyCollege => {
      const leaves = leavesOf(college, isByMajor);
      const noisy = part.values.map((value) =>
        leaves.map(({ college: code, major }) => {
          const count = known.get(nameOf(code, major, index, value)) ?? 0;
          return count + noise(scale);
        }),
      );
      return { college, leaves, noisy };
    });
    return linesOf(noisyColleges, part.values, isByMajor).flatMap((line) =>
      cellsOf(line, part, scale),
    );
  });
}
