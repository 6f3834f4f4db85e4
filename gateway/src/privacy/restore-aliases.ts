import { GraphQLError } from 'graphql';
import type { Originals } from './safe-aliases.js';

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
