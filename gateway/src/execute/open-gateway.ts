/**
 * Plans and executes over any supergraph, without identity and privacy: every field is open. It is
 * for suites that compare executors, and no server of the product reads it.
 */
import type { GraphQLDataSource } from '@apollo/gateway';
import { createHash } from 'node:crypto';
import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  print,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { boundedCache } from '../bounded-cache.js';
import { filterOperation, type Filtered } from '../privacy/filter.js';
import { aboutSchemaOf } from '../privacy/introspection.js';
import { passOn } from '../privacy/pass-on.js';
import { restoreErrorAliases } from '../privacy/restore-aliases.js';
import { createPlanner } from './planner.js';

export interface OpenRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variables?: Record<string, unknown>;
}

export interface OpenAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
}

export interface OpenGateway {
  /** As clients see it. */
  readonly schema: GraphQLSchema;
  execute(request: OpenRequest): Promise<OpenAnswer>;
  stop(): Promise<void>;
}

const OPEN = { get: () => [[]] };
const CALLER = { role: 'SCHOOL_ADMIN', purpose: '' } as const;
const KEEP = 1000;
const silent = () => {};
const QUIET = { debug: silent, info: silent, warn: silent, error: silent };

export async function openGateway(parts: {
  readonly supergraphSdl: string;
  readonly sourceOf: (subgraph: string) => GraphQLDataSource;
}): Promise<OpenGateway> {
  const { supergraphSdl, sourceOf } = parts;
  const planner = createPlanner({
    supergraphSdl: async () => ({ supergraphSdl }),
    sourceOf,
    log: QUIET,
  });
  let schema: GraphQLSchema | undefined;
  planner.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  const { executor } = await planner.load();
  if (!schema || !executor) throw new Error('The supergraph is not loaded.');
  const api = schema;
  const kept = boundedCache<Filtered>(KEEP);

  return {
    schema: api,
    stop: async () => planner.stop(),
    async execute({ document, operationName, variables: given = {} }) {
      const operation = getOperationAST(document, operationName);
      if (!operation) return { errors: [new GraphQLError('There is no such operation.')] };
      const source = print(document);
      const queryHash = createHash('sha256').update(source).digest('hex');
      const { coerced, errors: unfit } = getVariableValues(
        api,
        operation.variableDefinitions ?? [],
        given,
      );
      if (unfit) return { errors: unfit };
      const filtered = kept.get(`${queryHash} ${operation.name?.value ?? ''}`, () =>
        filterOperation({ schema: api, policies: OPEN, caller: CALLER, document, operation }),
      );
      const { instead } = filtered;
      const request = {
        schema: api,
        document,
        operation,
        source,
        queryHash,
        context: {},
        request: { query: source, variables: given, operationName: operation.name?.value },
      } as unknown as GatewayGraphQLRequestContext;
      const { data, errors = [] } = instead?.isEmpty
        ? { data: {} }
        : await executor(instead ? passOn(request, instead) : request);
      const complete = filtered.completion(coerced);
      const { shown, incomplete } = complete(data ?? {}, aboutSchemaOf(api, request, filtered));
      const aliases = instead?.aliases ?? new Map<string, string>();
      const failed = errors.map((error) => restoreErrorAliases(error, aliases));
      const notes = incomplete.map(
        (path) => new GraphQLError('Cannot return null for a value that is not null.', { path }),
      );
      const reported = failed.length > 0 ? failed : notes;
      return { data: shown, ...(reported.length > 0 && { errors: reported }) };
    },
  };
}
