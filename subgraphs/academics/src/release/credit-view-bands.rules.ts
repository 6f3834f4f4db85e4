/** Bands in which facts of this office stand in a frozen release. Pure. Source: DOMAIN 3.6. */

/** From the best down: the least average of each band. */
const GPA_BANDS = [
  { from: 3.5, band: '3.50-4.00' },
  { from: 3, band: '3.00-3.49' },
  { from: 2, band: '2.00-2.99' },
  { from: 0, band: '0.00-1.99' },
] as const;

/** @param gpa  `3.28`; null where there is none. */
export const gpaBandOf = (gpa: string | null): string =>
  GPA_BANDS.find(({ from }) => gpa !== null && Number(gpa) >= from)?.band ?? 'NONE';

/** S1 and S2 are breaches of exam discipline, S3 and S4 cheating (INV-04). */
const GRAVE: ReadonlySet<string> = new Set(['S3', 'S4']);

/** @param severity  The gravest of those that are in effect; null where there is none. */
export const examViolationBandOf = (severity: string | null): string => {
  if (severity === null) return 'NONE';
  return GRAVE.has(severity) ? 'GRAVE' : 'MINOR';
};
