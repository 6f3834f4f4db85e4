/** The gateway of the library with its own executor, called as Apollo Server calls it. */
import '@chengxin/gateway/execute/without-telemetry';
import { ApolloGateway } from '@apollo/gateway';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { createHash } from 'node:crypto';
import { getOperationAST, print, type GraphQLError, type GraphQLSchema } from 'graphql';
import type { openGateway, OpenGateway } from './ours.js';

const silent = () => {};
const QUIET = { debug: silent, info: silent, warn: silent, error: silent };

export async function openStock({
  supergraphSdl,
  sourceOf,
}: Parameters<typeof openGateway>[0]): Promise<OpenGateway> {
  let schema: GraphQLSchema | undefined;
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => sourceOf(name),
    logger: QUIET,
    __exposeQueryPlanExperimental: false,
  });
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  const { executor } = await gateway.load();
  return {
    schema: schema!,
    async execute({ document, operationName = null, variables = {} }) {
      const source = print(document);
      const operation = getOperationAST(document, operationName)!;
      const request = { query: source, operationName: operationName ?? undefined, variables };
      const { data, errors, extensions } = await executor({
        request,
        document,
        source,
        operation,
        operationName: operation.name?.value ?? null,
        queryHash: createHash('sha256').update(source).digest('hex'),
        schema: schema!,
        context: {},
        logger: QUIET,
        metrics: {},
        cache: new Map(),
      } as unknown as GatewayGraphQLRequestContext);
      // Of values that do not fit it speaks apart, and only when nothing else failed.
      const reported = errors ?? extensions?.['valueCompletion'];
      return { data: data ?? null, ...(reported ? { errors: reported as GraphQLError[] } : {}) };
    },
    stop: () => gateway.stop(),
  };
}
