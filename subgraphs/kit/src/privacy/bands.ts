/** The band that a number lies in, by the bounds that masks.csv gives. Pure. Source: DOMAIN 3.4. */
import { bandsOf } from './masks.js';

/** Places to which all numbers here are exact; bands have two. */
const PLACES = 4;
const BOUNDS = /^(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)$/;

/** `3.62` → 36200: exact, for decimals of up to four places. */
function units(decimal: string): number {
  const [whole = '', fraction = ''] = decimal.split('.');
  return Number(whole + fraction.padEnd(PLACES, '0').slice(0, PLACES));
}

interface Band {
  readonly text: string;
  readonly least: number;
}

/** The bands of a field, the highest first. What is none of numbers from zero up stops the process. */
function readBands(type: string, field: string): readonly Band[] {
  const bands = bandsOf(type, field).map((text) => {
    const [, least = ''] = BOUNDS.exec(text) ?? [];
    if (!least) throw new Error(`masks.csv: ${text} of ${type}.${field} is no band of numbers.`);
    return { text, least: units(least) };
  });
  if (!bands.some(({ least }) => least === 0))
    throw new Error(`masks.csv: the bands of ${type}.${field} do not begin at zero.`);
  return bands.toSorted((a, b) => b.least - a.least);
}

/**
 * A function that names the band of a decimal from zero up: from its lower bound to that of the
 * next, the highest without end.
 */
export function numberBand(type: string, field: string): (decimal: string) => string {
  const bands = readBands(type, field);
  return (decimal) => {
    const value = units(decimal);
    const band = bands.find(({ least }) => value >= least);
    if (!band) throw new Error(`${type}.${field} has no band below zero.`);
    return band.text;
  };
}
