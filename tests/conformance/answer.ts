/** What is compared of two answers. */
import type { FormattedExecutionResult, GraphQLError } from 'graphql';

export type Answer = Pick<FormattedExecutionResult, 'data' | 'errors'>;

/** An answer as JSON, as a client gets it. */
export const asJson = (answer: {
  data?: unknown;
  errors?: readonly GraphQLError[] | undefined;
}): Answer => JSON.parse(JSON.stringify({ data: answer.data, errors: answer.errors }));

export interface Compared {
  /** JSON text: the order of keys counts as well. */
  readonly data: string;
  /** Path and message of each error; of errors any order will do. */
  readonly errors: readonly string[];
}

/** What gateways say of a value that does not fit its type, each in its own words. */
const UNFIT = /^(Cannot return null for|Invalid value found for|Invalid __typename found for)/;

const messageOf = ({ message }: { readonly message: string }): string =>
  UNFIT.test(message) ? 'unfit' : message;

export const compared = ({ data, errors = [] }: Answer): Compared => ({
  data: JSON.stringify(data ?? null, null, 1),
  errors: errors.map((error) => `${(error.path ?? []).join('.')}: ${messageOf(error)}`).toSorted(),
});

/** Of an error the null that it left: its own place, or what null propagation made null. */
function nullOf(data: unknown, path: readonly (string | number)[]): string | null {
  let value = data;
  for (const [i, key] of path.entries()) {
    if (value === null) return path.slice(0, i).join('.');
    value = Reflect.get(Object(value), key);
  }
  return value === undefined ? null : path.join('.');
}

/**
 * Values in any order of their keys, and errors. One null may have several causes below it, of
 * which a server need not report more than one, nor always the same: there is one; without data, any
 * of all.
 * Errors of fields that were fetched and then left out by a condition do not count.
 */
export function comparedLoosely({ data, errors = [] }: Answer) {
  if (!data) return { data, isReported: errors.length > 0 };
  const reported = errors.flatMap((error) => {
    const place = error.path ? nullOf(data, error.path) : '';
    if (place === null) return [];
    return place === error.path?.join('.') ? `${place}: ${messageOf(error)}` : `${place}: below`;
  });
  return { data, errors: [...new Set(reported)].toSorted() };
}
