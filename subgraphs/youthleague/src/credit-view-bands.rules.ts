/** Bands in which facts of this office stand in a frozen release. Pure. Source: DOMAIN 3.6. */

/** From the most down: the least hours of each band. */
const HOURS_BANDS = [
  { from: 50, band: '50+' },
  { from: 20, band: '20-49' },
] as const;

/** @param hours  All that were practised, in hours. */
export function practiceHoursBandOf(hours: number): string {
  if (hours <= 0) return '0';
  return HOURS_BANDS.find(({ from }) => hours >= from)?.band ?? '1-19';
}
