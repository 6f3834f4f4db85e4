/**
 * How the values of each column are generalised, the same for every row and every release: full-domain
 * hierarchies, so that what two releases say lies one within the other or apart, and never across
 * (docs/decisions/0077). Pure. Source: DOMAIN 3.6 (`creditViews`).
 */

/** Stands for every value of its column. */
export const ANY = '*';

export interface Hierarchy {
  /** `gpaBand` */
  readonly column: string;
  /** What each step is called: in the release it says how far the column was generalised. */
  readonly steps: readonly string[];
  /** The value at a step; at step 0 it is itself, at the last one `*`. */
  readonly at: (value: string, step: number) => string;
}

const PLACE_GAP = '/';
/** College and major are one column of two: without its college a major is none. */
export const placeOf = (college: string, major: string): string => `${college}${PLACE_GAP}${major}`;
export const collegeAndMajor = (place: string): [college: string, major: string] => {
  const [college = ANY, major = ANY] = place.split(PLACE_GAP);
  return [college, major];
};

const mapped =
  (coarser: (value: string) => string) =>
  (value: string, step: number): string =>
    [value, coarser(value)][step] ?? ANY;

const YEARS_TOGETHER = 2;
/** 2024 and 2025 stand as `2024-2025`. */
function yearsOf(cohort: string): string {
  const first = Math.floor(Number(cohort) / YEARS_TOGETHER) * YEARS_TOGETHER;
  return `${first}-${first + YEARS_TOGETHER - 1}`;
}

const noneOrAny = (value: string): string => (value === 'NONE' || value === '0' ? value : 'SOME');
const gpaHalf = (band: string): string => {
  if (band === 'NONE') return band;
  return band >= '3' ? '3.00-4.00' : '0.00-2.99';
};
const cadreCoarse = (level: string): string =>
  level === 'NONE' || level === 'CLASS' ? level : 'COLLEGE_AND_ABOVE';
const fullOrBelow = (band: string): string => (band === 'FULL' ? band : 'BELOW_FULL');

const dimension = (code: string): Hierarchy => ({
  column: code,
  steps: ['four bands', 'full or below', ANY],
  at: mapped(fullOrBelow),
});

/**
 * Dimensions of which a band is released. The others would be columns of what may be none: D2 is of
 * arrears, theft and overdrafts, D4 of aid and loans, D3 and D5 of law violations (3.6).
 */
export const DIMENSIONS = ['D1', 'D6'] as const;

const PLACE: Hierarchy = {
  column: 'place',
  steps: ['college and major', 'college', ANY],
  at: (value, step) => {
    const [college] = collegeAndMajor(value);
    return [value, placeOf(college, ANY)][step] ?? placeOf(ANY, ANY);
  },
};

/** Every column but the grade, in the order of the release. */
export const HIERARCHIES: readonly Hierarchy[] = [
  PLACE,
  { column: 'cohort', steps: ['year', 'two years', ANY], at: mapped(yearsOf) },
  ...DIMENSIONS.map(dimension),
  { column: 'gpaBand', steps: ['bands', 'below 3.00 or from it', ANY], at: mapped(gpaHalf) },
  { column: 'examViolationBand', steps: ['bands', 'none or some', ANY], at: mapped(noneOrAny) },
  { column: 'practiceHoursBand', steps: ['bands', 'none or some', ANY], at: mapped(noneOrAny) },
  {
    column: 'cadreLevel',
    steps: ['levels', 'none, class or above', 'none or some', ANY],
    at: (value, step) => [value, cadreCoarse(value), noneOrAny(value)][step] ?? ANY,
  },
];

/** From the best down, in hundredths of a point: the least of each band. */
const DIMENSION_BANDS = [
  { from: 10_000, band: 'FULL' },
  { from: 9000, band: 'HIGH' },
  { from: 7500, band: 'MIDDLE' },
] as const;

/** @param points  Of one dimension, in hundredths. */
export const dimensionBandOf = (points: number): string =>
  DIMENSION_BANDS.find(({ from }) => points >= from)?.band ?? 'LOW';

/** In the order in which the rules count them. C and D are one (3.6). */
export const GRADES = ['A', 'B', 'C_OR_D'] as const;
export type ReleasedGrade = (typeof GRADES)[number];

export const releasedGrade = (grade: string): ReleasedGrade =>
  grade === 'A' || grade === 'B' ? grade : 'C_OR_D';
