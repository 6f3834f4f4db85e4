import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import { GraphQLError } from 'graphql';
import type { Path } from './places.js';

const CODE: ErrorCode = 'SUBGRAPH_UNAVAILABLE';

/**
 * One error for each value that an office had to give by the schema and did not: the same as of an
 * office that does not answer, with the path.
 */
export const incompleteErrors = (incomplete: readonly Path[]): GraphQLError[] =>
  incomplete.map((path) => new GraphQLError(sentence(CODE), { path, extensions: { code: CODE } }));
