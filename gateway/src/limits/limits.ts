/** What is refused of a valid operation before it is planned (DOMAIN 3.7(9), (10)). */
import type { ApolloServerPlugin } from '@apollo/server';
import { fault, type ErrorCode } from '@chengxin/kit/errors';
import { Kind, type DocumentNode, type FragmentDefinitionNode } from 'graphql';
import type { GatewayContext } from '../context.js';
import { hashOf, isBound } from './known-operations.js';
import { MOST_COST, MOST_DEPTH, sizeOfOperation } from './size.rules.js';

const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );

/** Without a status Apollo would take it for a failure of ours. */
const refused = (code: ErrorCode, what?: string) => fault(code, what, { http: { status: 400 } });

/**
 * Refuses what is too deep or too costly, and of bound roles what is not known.
 *
 * @param known  Hashes of the operations that bound roles may ask; without them they are not bound.
 */
export const limits = (
  known: ReadonlySet<string> | undefined,
): ApolloServerPlugin<GatewayContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request, contextValue }) {
        // What names no operation was refused before.
        if (!operation) return;
        const { role } = contextValue.identity;
        if (known && isBound(role) && !known.has(hashOf(document)))
          throw refused('OPERATION_UNKNOWN');
        const fragments = fragmentsOf(document);
        const variables = request.variables ?? {};
        const { depth, cost } = sizeOfOperation({ schema, operation, fragments, variables });
        if (depth > MOST_DEPTH) throw refused('QUERY_TOO_DEEP', `${depth} > ${MOST_DEPTH}.`);
        if (cost > MOST_COST) throw refused('QUERY_TOO_COSTLY', `${cost} > ${MOST_COST}.`);
      },
    };
  },
});
