/** How properties draw operations, and how a failing one is written. */
import * as fc from 'fast-check';
import type { Draw } from './operations.js';
import type { Request } from './side-by-side.js';

/** Another one draws other operations: `FUZZ_SEED=7 npm test -- tests/conformance`. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_901);

export const drawing =
  (value: fc.GeneratorValue): Draw =>
  (below) =>
    below > 1 ? value(fc.nat, { max: below - 1 }) : 0;

export const written = ({ query, variables }: Request): string =>
  `${query}\n${JSON.stringify(variables)}`;
