import { isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import type { AskedField, AskedObject } from './asked.js';

/**
 * What a field will answer: what the office says (`ASK`), null (`NULL`), or what cannot be null
 * and takes the object that holds it along (`LOST`).
 */
export type Fate = 'ASK' | 'NULL' | 'LOST';

/** The fate of a field all of whose objects are lost. Whoever may hold nulls, must know how many. */
function fateOver(output: GraphQLOutputType): Fate {
  if (isNonNullType(output)) return fateOver(output.ofType) === 'ASK' ? 'ASK' : 'LOST';
  return !isListType(output) || fateOver(output.ofType) === 'LOST' ? 'NULL' : 'ASK';
}

/** Fates that can be told before anything is asked. */
export interface Fates {
  of(field: AskedField, type: string): Fate;
  /** Runtime types of which a refused field that cannot be null leaves nothing. */
  lost(object: AskedObject): ReadonlySet<string>;
}

/**
 * Follows refused fields that cannot be null up to what holds them, so that nothing is asked, and
 * nobody's data disclosed, for an answer that is null anyway.
 *
 * @param runs  Its fields are actions: what may be done is done, whatever of the answer may be read.
 */
export function fatesOf(root: AskedObject, runs: boolean): Fates {
  const known = new Map<AskedObject, ReadonlySet<string>>();

  const of = (field: AskedField, type: string): Fate => {
    const output = field.outputs.get(type);
    if (field.refusals.length > 0) return isNonNullType(output) ? 'LOST' : 'NULL';
    if (!output || !field.object || (runs && root.fields.includes(field))) return 'ASK';
    const { types } = field.object;
    return types.size > 0 && types.isSubsetOf(lost(field.object)) ? fateOver(output) : 'ASK';
  };

  const lost = (object: AskedObject): ReadonlySet<string> => {
    const before = known.get(object);
    if (before) return before;
    const types = new Set<string>();
    for (const field of object.fields)
      if (field.conditions.length === 0)
        for (const type of field.types) if (of(field, type) === 'LOST') types.add(type);
    known.set(object, types);
    return types;
  };

  return { of, lost };
}
