/**
 * Noise of the discrete Laplace distribution, drawn exactly: P(z) is proportional to exp(-|z| / scale).
 *
 * Whole numbers alone, from the system's cryptographic source. A sampler over floating-point numbers
 * can return some values for one count and never for its neighbour (Mironov 2012); here every integer
 * has exactly the probability that the proof needs. The method is that of Canonne, Kamath and Steinke
 * (The Discrete Gaussian for Differential Privacy, 2020, algorithms 1 and 2).
 */
import { randomInt } from 'node:crypto';

/** A uniform integer from 0 to one below its argument. */
export type Draw = (below: number) => number;

/** A scale as a fraction of two positive integers. */
export interface Scale {
  readonly numerator: number;
  readonly denominator: number;
}

/** True with probability exp(-numerator / denominator), for a fraction of 0 to 1. */
function isByExp(draw: Draw, numerator: number, denominator: number): boolean {
  let tries = 1;
  // Von Neumann: how often in a row shares of x/1, x/2, x/3 … come is even with probability exp(-x).
  while (draw(denominator * tries) < numerator) tries += 1;
  return tries % 2 === 1;
}

/** How often in a row something of probability 1/e comes. */
function timesByExp(draw: Draw): number {
  let times = 0;
  while (isByExp(draw, 1, 1)) times += 1;
  return times;
}

/**
 * One draw.
 *
 * @param scale  Larger is noisier; the standard deviation is about 1.41 of it.
 * @param draw   Source of randomness; the cryptographic one of the system, when nothing is said.
 */
export function discreteLaplace(
  { numerator, denominator }: Scale,
  draw: Draw = (below) => randomInt(below),
): number {
  for (;;) {
    const rest = draw(numerator);
    if (!isByExp(draw, rest, numerator)) continue;
    const size = Math.floor((rest + numerator * timesByExp(draw)) / denominator);
    const isNegative = draw(2) === 1;
    // Zero has one sign, or it would come twice as often.
    if (isNegative && size === 0) continue;
    return isNegative ? -size : size;
  }
}
