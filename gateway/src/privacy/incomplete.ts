import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import { GraphQLError } from 'graphql';

const CODE: ErrorCode = 'SUBGRAPH_UNAVAILABLE';

/**
 * One error for each value that an office had to give by the schema and did not. The planner notes
 * these beside the answer, in words about types; the caller gets the error of an office that does
 * not answer, with the path.
 */
export function incompleteErrors({ extensions }: GatewayExecutionResult): GraphQLError[] {
  const notes = extensions?.['valueCompletion'];
  if (!Array.isArray(notes)) return [];
  return (notes as readonly GraphQLError[]).map(
    ({ path }) =>
      new GraphQLError(sentence(CODE), { path: path ?? [], extensions: { code: CODE } }),
  );
}
