/** Where in the data a step of the plan is at work. */
import { isObject, type Values } from '../objects.js';
import { ANY } from '../privacy/places.js';
import { own } from './values.js';

export type PathStep = string | number;

/** The objects that a step reads and fills, and the path from the top to all of them, `@` for lists. */
export interface Cursor {
  readonly objects: readonly Values[];
  readonly path: readonly string[];
}

type Take = (object: Values, trail: readonly PathStep[]) => void;

/**
 * Calls with each object to which a path leads; nulls on the way are left out.
 *
 * @param trail  The real path so far; it goes on changing after each call.
 */
function visit(
  value: unknown,
  path: readonly string[],
  at: number,
  trail: PathStep[],
  take: Take,
): void {
  const into = (step: PathStep, next: unknown, further: number): void => {
    trail.push(step);
    visit(next, path, further, trail, take);
    trail.pop();
  };
  if (Array.isArray(value)) {
    // The planner writes `@` for each list, save the one at the very end.
    const next = path[at] === ANY ? at + 1 : at;
    for (const [i, one] of value.entries()) into(i, one, next);
    return;
  }
  if (!isObject(value)) return;
  const step = path[at];
  if (step === undefined) take(value, trail);
  else into(step, own(value, step), at + 1);
}

/** Moves along a path of the plan. */
export function move({ objects, path }: Cursor, further: readonly string[]): Cursor {
  const found: Values[] = [];
  for (const one of objects) visit(one, further, 0, [], (object) => found.push(object));
  return { objects: found, path: [...path, ...further] };
}

/** The real paths of the objects of a cursor, by the objects; for errors alone, which are rare. */
export function pathsOf(root: Values, path: readonly string[]): Map<Values, PathStep[][]> {
  const paths = new Map<Values, PathStep[][]>();
  visit(root, path, 0, [], (object, trail) =>
    paths.set(object, [...(paths.get(object) ?? []), [...trail]]),
  );
  return paths;
}
