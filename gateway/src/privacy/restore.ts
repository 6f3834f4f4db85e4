import {
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLOutputType,
} from 'graphql';
import type { AskedField } from './asked.js';
import { holds, type Variables } from './conditions.js';
import type { Filtered } from './filter.js';

type Values = Record<string, unknown>;

/** Stands for what cannot be null and yet is: what holds it becomes null instead. */
const LOST = Symbol('a null that may not be');

/**
 * Puts the refused fields back as null, in document order, into the answer to the smaller
 * document; a refused field that cannot be null makes the nearest parent null that can be.
 *
 * @param data  Answer to the smaller document; empty when it was not even asked.
 */
export function restore(
  { root, touched, probe }: Filtered,
  data: Values,
  variables: Variables,
): Values | null {
  /** Included fields of an object by response key, in the order of their first selection. */
  const collect = (
    fields: readonly AskedField[],
    type: string,
  ): Iterable<[string, readonly AskedField[]]> =>
    Map.groupBy(
      fields.filter((field) => field.types.has(type) && holds(field.conditions, variables)),
      ({ key }) => key,
    );

  const object = (
    fields: readonly AskedField[],
    type: string,
    values: Values,
  ): Values | typeof LOST => {
    const answer: Values = Object.create(null);
    for (const [key, same] of collect(fields, type)) {
      const [first] = same;
      const output = first?.outputs.get(type);
      const isRefused = first === undefined || first.refusals.length > 0;
      const found = isRefused || !Object.hasOwn(values, key) ? undefined : values[key];
      const value = output ? complete(output, same, found) : found;
      if (value === LOST) return LOST;
      answer[key] = value;
    }
    return answer;
  };

  const complete = (
    output: GraphQLOutputType,
    same: readonly AskedField[],
    value: unknown,
  ): unknown => {
    const type = getNullableType(output);
    const nothing = isNonNullType(output) ? LOST : null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return nothing;
      const answers = value.map((one) => complete(type.ofType, same, one));
      return answers.includes(LOST) ? nothing : answers;
    }
    const objects = same.flatMap((field) => field.object ?? []);
    if (objects.length === 0) return value ?? nothing;
    // What goes without saying was not asked for.
    const isImplied = value === undefined && isNonNullType(output) && isObjectType(type);
    const values = (isImplied ? {} : (value ?? null)) as Values | null;
    if (values === null) return nothing;
    if (!objects.some((one) => touched.has(one))) return values;
    const [only] = objects.find((one) => one.types.size === 1)?.types ?? [];
    const name = only ?? String(values[probe]);
    const answer = object(
      objects.flatMap((one) => one.fields),
      name,
      values,
    );
    return answer === LOST ? nothing : answer;
  };

  const answer = object(root.fields, [...root.types][0] ?? '', data);
  return answer === LOST ? null : answer;
}
