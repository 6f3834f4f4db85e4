import { isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import type { SelectedField, SelectedObject } from './selection-tree.js';

/**
 * How a field completes: with what its office answers (`FETCH`), with null (`NULL`), or, being non-null,
 * by nulling its parent (`NULLS_PARENT`).
 */
export type NullPropagation = 'FETCH' | 'NULL' | 'NULLS_PARENT';

/**
 * Null propagation of a field all of whose objects are null. The length of a list that may hold
 * nulls is only known after fetching it.
 */
function propagationOver(output: GraphQLOutputType): NullPropagation {
  if (isNonNullType(output))
    return propagationOver(output.ofType) === 'FETCH' ? 'FETCH' : 'NULLS_PARENT';
  return !isListType(output) || propagationOver(output.ofType) === 'NULLS_PARENT'
    ? 'NULL'
    : 'FETCH';
}

/** Null propagation as far as it is known before anything is fetched. */
export interface NullPropagations {
  of(field: SelectedField, type: string): NullPropagation;
  /** Runtime types of which a refused field that cannot be null leaves nothing. */
  nulled(object: SelectedObject): ReadonlySet<string>;
}

/**
 * Propagates nulls of refused non-null fields to their parents, so that nothing is fetched, and
 * nobody's data disclosed, for an answer that is null anyway.
 *
 * @param runs  Its fields are actions: what may be done is done, whatever of the answer may be read.
 */
export function nullPropagationsOf(root: SelectedObject, runs: boolean): NullPropagations {
  const known = new Map<SelectedObject, ReadonlySet<string>>();

  const of = (field: SelectedField, type: string): NullPropagation => {
    const output = field.outputs.get(type);
    if (field.refusals.length > 0) return isNonNullType(output) ? 'NULLS_PARENT' : 'NULL';
    if (!output || !field.object || (runs && root.fields.includes(field))) return 'FETCH';
    const { types } = field.object;
    return types.size > 0 && types.isSubsetOf(nulled(field.object))
      ? propagationOver(output)
      : 'FETCH';
  };

  const nulled = (object: SelectedObject): ReadonlySet<string> => {
    const before = known.get(object);
    if (before) return before;
    const types = new Set<string>();
    for (const field of object.fields)
      if (field.conditions.length === 0)
        for (const type of field.types) if (of(field, type) === 'NULLS_PARENT') types.add(type);
    known.set(object, types);
    return types;
  };

  return { of, nulled };
}
