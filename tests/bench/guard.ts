/** What the guard costs: the same operation with and without shield, access and events, in one run. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measured } from './client.js';
import type { Part } from './without/hooks.js';

const run = promisify(execFile);

interface Variant {
  readonly name: string;
  readonly without: readonly Part[];
}
/** From all of it to nothing of it; each part needs those that are taken out after it. */
const VARIANTS: readonly Variant[] = [
  { name: 'whole guard', without: [] },
  { name: 'without events', without: ['events'] },
  { name: 'without events, shield', without: ['events', 'shield'] },
  { name: 'without events, shield, access', without: ['events', 'shield', 'access'] },
];
/** Each variant is measured that often, in turns, so that what else the machine does falls on all. */
const ROUNDS = 3;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const total = (byOffice: Readonly<Record<string, number>>): number =>
  Object.values(byOffice).reduce((a, b) => a + b, 0);

async function once(folder: string, operation: string, seconds: number, { without }: Variant) {
  const file = join(import.meta.dirname, 'guard-run.js');
  const args = [file, folder, operation, String(seconds), ...without];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout) as Measured;
}

/** Lines to print of one operation, on a seeded college that is not running. */
export async function guardFigures(
  folder: string,
  operation: string,
  seconds: number,
): Promise<string[]> {
  const measured = new Map<Variant, Measured[]>(VARIANTS.map((variant) => [variant, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const variant of VARIANTS)
      measured.get(variant)?.push(await once(folder, operation, seconds, variant));

  const figures = [...measured].map(([{ name }, runs]) => ({
    name,
    perSecond: median(runs.map((one) => one.perSecond)),
    processorMs: median(runs.map((one) => one.processorMs)),
    // The fewest: a job of the college may have run beside.
    statements: Math.min(...runs.map((one) => total(one.statements))),
  }));
  const bare = figures.at(-1);
  return figures.map(
    ({ name, perSecond, processorMs, statements }) =>
      `${operation}, ${name}: ${perSecond.toFixed(0)}/s, ${processorMs.toFixed(1)} ms of processor` +
      ` (× ${(processorMs / (bare?.processorMs ?? 1)).toFixed(2)}), ${statements} statements`,
  );
}
