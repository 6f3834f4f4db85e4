/** Data as offices answered it, under the response keys of the plan's fetches. */
import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { isObject, PROTOTYPE, type Values } from '../objects.js';

/** What an object has of its own: never what every object of the language has. */
export const own = (values: Values, key: string): unknown =>
  Object.hasOwn(values, key) ? values[key] : undefined;

/**
 * Merges what a fetch brought into an object of the answer. The later fetch has the last word, and
 * lists of one length are merged element by element.
 */
export function merge(target: Values, source: Values): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined || key === PROTOTYPE) continue;
    const had = own(target, key);
    if (isObject(had) && isObject(value)) merge(had, value);
    else if (Array.isArray(had) && Array.isArray(value) && had.length === value.length)
      mergeLists(had, value);
    else target[key] = value;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [i, value] of source.entries()) {
    const had = target[i];
    if (isObject(had) && isObject(value)) merge(had, value);
    else target[i] = value;
  }
}

/** Whether the named runtime type is of the type of a fragment. */
export function isOfType(schema: GraphQLSchema, name: unknown, condition: string): boolean {
  if (name === condition) return true;
  const type = typeof name === 'string' ? schema.getType(name) : undefined;
  const abstract = schema.getType(condition);
  if (!isAbstractType(abstract)) return false;
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type);
}
