import {
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { Variables } from './conditions.js';
import type { Filtered } from './filter.js';
import { merge, type MergedField, type MergedObject } from './field-merging.js';

type Values = Record<string, unknown>;

/** Stands for what cannot be null and yet is: what holds it becomes null instead. */
const NULLS_PARENT = Symbol('null of a non-null field');

/**
 * Puts pruned fields back as null, in document order, into the answer to the pruned
 * document; a refused field that cannot be null makes the nearest parent null that can be.
 *
 * @param data  Answer to the pruned document; empty when nothing was forwarded.
 */
export function reassemble(filtered: Filtered, data: Values, variables: Variables): Values | null {
  const { probe } = filtered;

  const object = (merged: MergedObject, values: Values): Values | typeof NULLS_PARENT => {
    const probed = values[probe];
    const type = typeof probed === 'string' ? probed : merged.type;
    const answer: Values = Object.create(null);
    for (const selected of merged.fieldsOn(type)) {
      const value = fieldOf(selected, type, values);
      if (value === NULLS_PARENT) return NULLS_PARENT;
      answer[selected.key] = value;
    }
    return answer;
  };

  const fieldOf = ({ key, field, below }: MergedField, type: string, values: Values): unknown => {
    const isRefused = field.refusals.length > 0;
    const found = isRefused || !Object.hasOwn(values, key) ? undefined : values[key];
    const output = field.outputs.get(type);
    return output ? complete(output, below, found) : found;
  };

  const complete = (
    output: GraphQLOutputType,
    below: MergedObject | null,
    value: unknown,
  ): unknown => {
    const type = getNullableType(output);
    const nothing = isNonNullType(output) ? NULLS_PARENT : null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return nothing;
      if (!below || below.isAsSelected) return value;
      const answers = value.map((one) => complete(type.ofType, below, one));
      return answers.includes(NULLS_PARENT) ? nothing : answers;
    }
    if (!below) return value ?? nothing;
    // An object that exists whenever its parent does was not fetched.
    const isImplied = value === undefined && isNonNullType(output) && isObjectType(type);
    const values = (isImplied ? {} : (value ?? null)) as Values | null;
    if (values === null) return nothing;
    if (below.isAsSelected) return values;
    const answer = object(below, values);
    return answer === NULLS_PARENT ? nothing : answer;
  };

  const answer = object(merge(filtered, variables), data);
  return answer === NULLS_PARENT ? null : answer;
}
