/** An answer as the caller wrote it, from one to the operation that the planner got. */
import { GraphQLError } from 'graphql';
import type { Originals } from './safe-aliases.js';

/** Data under the caller's own aliases, in the order in which they came. */
export function restoreAliases<Value>(value: Value, aliases: Originals): Value {
  const renamed = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(renamed);
    if (typeof one !== 'object' || one === null) return one;
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, inner] of Object.entries(one))
      object[aliases.get(key) ?? key] = renamed(inner);
    return object;
  };
  return aliases.size > 0 ? (renamed(value) as Value) : value;
}

/** An error under the caller's own aliases: its path, and the response keys that a fetch was to fill. */
export function restoreErrorAliases(error: GraphQLError, aliases: Originals): GraphQLError {
  const { path, extensions } = error;
  if (aliases.size === 0 || !path) return error;
  const own = (step: string | number) => aliases.get(String(step)) ?? step;
  const { fields } = extensions;
  return new GraphQLError(error.message, {
    path: path.map(own),
    extensions: { ...extensions, ...(Array.isArray(fields) && { fields: fields.map(own) }) },
    originalError: error,
  });
}
