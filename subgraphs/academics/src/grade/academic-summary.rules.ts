/** Bands of the academic summary, for those who may not read the numbers. Source: masks.csv. */

const GPA_BANDS = [
  [350, '3.50-4.00'],
  [300, '3.00-3.49'],
  [200, '2.00-2.99'],
  [0, '0.00-1.99'],
] as const;

/** A decimal as a whole number of its last places: `3.62` → 362 for two. */
function units(text: string, places: number): number {
  const [whole = '0', fraction = ''] = text.split('.');
  return Number(whole + fraction.padEnd(places, '0'));
}

/** `3.62` → `3.50-4.00`. */
export function gpaBand(gpa: string): string {
  const hundredths = units(gpa, 2);
  return GPA_BANDS.find(([least]) => hundredths >= least)?.[1] ?? GPA_BANDS[3][1];
}

/** Whether the credits reach what the study plan asks for by now; null when no plan is known. */
export const creditsBand = (earned: string, due: string | null | undefined): string | null => {
  if (due === null || due === undefined) return null;
  return units(earned, 1) >= units(due, 1) ? 'ON_TRACK' : 'BEHIND';
};
