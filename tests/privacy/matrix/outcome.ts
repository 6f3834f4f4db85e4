/** What came of each selected field: its answer, its refusal, and whether it was reached at all. */
import type { Answer } from '../../support/college.js';
import type { Spot } from './walk.js';

export interface Outcome {
  readonly spot: Spot;
  readonly path: string;
  /** The object that it stands in was there. */
  readonly isReached: boolean;
  readonly refusals: readonly string[];
  /** Its values, nulls left out, lists unfolded. */
  readonly values: readonly unknown[];
}

/** A path without the places in lists: `student.bills.amountFen`. */
const plain = (path: readonly (string | number)[] = []): string =>
  path.filter((part) => typeof part === 'string' && part !== '@').join('.');

const objectsIn = (value: unknown): Record<string, unknown>[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return typeof value === 'object' && value !== null ? [value as Record<string, unknown>] : [];
};
const valuesIn = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  return value === null || value === undefined ? [] : [value];
};

/** Refusals by path, each said once however many rows it stands for. */
function refusalsOf({ errors = [] }: Answer): Map<string, Set<string>> {
  const byPath = new Map<string, Set<string>>();
  for (const { path, extensions } of errors) {
    const of = byPath.get(plain(path)) ?? new Set();
    of.add(JSON.stringify(extensions, Object.keys(extensions).toSorted()));
    byPath.set(plain(path), of);
  }
  return byPath;
}

/** The outcomes of all spots below the objects that stand at a path of an answer. */
export function outcomesAt(answer: Answer, spots: readonly Spot[], at: string): Outcome[] {
  const refusals = refusalsOf(answer);
  const found: Outcome[] = [];
  const descend = (inner: readonly Spot[], objects: Record<string, unknown>[], path: string) => {
    for (const spot of inner) {
      const own = path ? `${path}.${spot.key}` : spot.key;
      const having = objects.filter((object) => spot.key in object);
      const values = having.flatMap((object) => valuesIn(object[spot.key]));
      const said = [...(refusals.get(own) ?? [])];
      found.push({ spot, path: own, isReached: having.length > 0, refusals: said, values });
      descend(spot.inner, values.flatMap(objectsIn), own);
    }
  };
  const start = at ? [answer.data?.[at]] : [answer.data];
  descend(spots, start.flatMap(objectsIn), at);
  return found;
}
