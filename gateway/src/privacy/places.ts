/**
 * Where in an answer something stands. A list that the answer shows has real positions; the length
 * of one that was never fetched or is null is not disclosed: `"@"`.
 */
import { isObject } from '../objects.js';

export type Path = readonly (string | number)[];

/** A value of the answer with its path; undefined for what the answer does not show. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
}

/** Stands for all positions of a list. */
export const ANY = '@';

/** The response keys of a path, without positions in lists. */
export const keysOf = (path: Path): readonly string[] =>
  path.filter((step) => typeof step === 'string').filter((step) => step !== ANY);

/** What stands under a key of an object, or at a position of a list. */
export function valueIn(value: unknown, step: string | number): unknown {
  const isHolder = Array.isArray(value) ? typeof step === 'number' : isObject(value);
  return isHolder && Object.hasOwn(value as object, step)
    ? Reflect.get(value as object, step)
    : undefined;
}

/** The places to which one step of a path leads. */
export const stepInto = ({ path, value }: Place, step: string | number): readonly Place[] =>
  step === ANY && Array.isArray(value)
    ? value.map((one: unknown, i) => ({ path: [...path, i], value: one }))
    : [{ path: [...path, step], value: valueIn(value, step) }];

/** The value at a path; undefined where there is none. */
export const valueAt = (data: unknown, path: Path): unknown => path.reduce(valueIn, data);

/** The places to which a path leads from the top of an answer. */
export const placesAt = (data: unknown, path: Path): readonly Place[] =>
  path.reduce<readonly Place[]>(
    (places, step) => places.flatMap((place) => stepInto(place, step)),
    [{ path: [], value: data }],
  );
