/** How much noise a table needs, and how far it carries a value. Pure. Source: DOMAIN 3.6. */
import type { Scale } from './discrete-laplace.js';

/** ε is written in hundredths. */
const EPSILON_ONE = 100;

/**
 * The scale at which whatever one student changes of a table moves the odds by exp(ε) at most.
 *
 * A student stands in one cell of each part of a table. Where another grade takes the place of his, one
 * cell of a part has one less and another has one more: two in each part.
 *
 * @param parts    Parts of the table in each of which a student stands once.
 * @param epsilon  ε that the table spends, in hundredths.
 */
export function scaleOf(parts: number, epsilon: number): Scale {
  if (!Number.isSafeInteger(parts) || parts < 1 || !Number.isSafeInteger(epsilon) || epsilon < 1)
    throw new Error('A table has at least one part, and spends a whole number of hundredths.');
  return { numerator: 2 * parts * EPSILON_ONE, denominator: epsilon };
}

/**
 * A sum of noise stays below so many standard deviations nineteen times in twenty: of one draw it is
 * 2.12, of many 1.96. Measured by a test.
 */
const DEVIATIONS = 2.13;

/**
 * Half the width of the interval around a value in which the true one lies nineteen times in twenty.
 *
 * @param cells  Cells with noise of their own that the value is the sum of.
 */
export function halfWidth({ numerator, denominator }: Scale, cells: number): number {
  const ratio = Math.exp(-denominator / numerator);
  const variance = (2 * ratio) / (1 - ratio) ** 2;
  return Math.ceil(DEVIATIONS * Math.sqrt(variance * cells));
}
