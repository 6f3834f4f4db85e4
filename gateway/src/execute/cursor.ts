/** Where in the data a step of the plan is at work. */
import { isValues, own, type Values } from './values.js';

export type PathStep = string | number;

/** The objects that a step reads and fills, and the path from the top to all of them, `@` for lists. */
export interface Cursor {
  readonly objects: readonly Values[];
  readonly path: readonly string[];
}

const EVERY = '@';

/** Calls with each object to which a path leads; nulls on the way are left out. */
function visit(
  value: unknown,
  path: readonly string[],
  at: number,
  take: (values: Values) => void,
): void {
  if (Array.isArray(value)) {
    // The planner writes `@` for each list, save the one at the very end.
    const next = path[at] === EVERY ? at + 1 : at;
    for (const one of value) visit(one, path, next, take);
    return;
  }
  if (!isValues(value)) return;
  const step = path[at];
  if (step === undefined) take(value);
  else visit(own(value, step), path, at + 1, take);
}

/** Moves along a path of the plan. */
export function move({ objects, path }: Cursor, further: readonly string[]): Cursor {
  const found: Values[] = [];
  for (const one of objects) visit(one, further, 0, (values) => found.push(values));
  return { objects: found, path: [...path, ...further] };
}

/** The real paths of the objects of a cursor, by the objects; for errors alone, which are rare. */
export function pathsOf(root: Values, path: readonly string[]): Map<Values, PathStep[][]> {
  const paths = new Map<Values, PathStep[][]>();
  const find = (value: unknown, at: number, above: readonly PathStep[]): void => {
    if (Array.isArray(value)) {
      const next = path[at] === EVERY ? at + 1 : at;
      for (const [i, one] of value.entries()) find(one, next, [...above, i]);
      return;
    }
    if (!isValues(value)) return;
    const step = path[at];
    if (step !== undefined) return find(own(value, step), at + 1, [...above, step]);
    paths.set(value, [...(paths.get(value) ?? []), [...above]]);
  };
  find(root, 0, []);
  return paths;
}
