import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { ForwardedOperation } from './forwarded-operation.js';

/** The request with the pruned document in the place of the client's. */
export function passOn(
  request: GatewayGraphQLRequestContext,
  { document, operation, source, queryHash, variables }: ForwardedOperation,
): GatewayGraphQLRequestContext {
  const given = request.request.variables ?? {};
  const used = [...variables].filter(([, own]) => Object.hasOwn(given, own));
  return {
    ...request,
    document,
    operation,
    source,
    queryHash,
    request: {
      ...request.request,
      query: source,
      variables: Object.fromEntries(used.map(([name, own]) => [name, given[own]])),
    },
  };
}
