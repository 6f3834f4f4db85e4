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

export const compared = ({ data, errors = [] }: Answer): Compared => ({
  data: JSON.stringify(data ?? null, null, 1),
  errors: errors
    .map(({ path = [], message }) => [path.join('.'), UNFIT.test(message) ? 'unfit' : message])
    .map((parts) => parts.join(': '))
    .toSorted(),
});
