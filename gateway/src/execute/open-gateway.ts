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
const silent = () => {};
const QUIET = { debug: silent, info: silent, warn: silent, error: silent };

/** What does not depend on the variables of a request. */
interface Prepared {
  readonly filtered: Filtered;
  readonly request: GatewayGraphQLRequestContext;
}

/** @throws GraphQLError when the document has no such operation. */
function prepare(schema: GraphQLSchema, document: DocumentNode, name?: string | null): Prepared {
  const operation = getOperationAST(document, name);
  if (!operation) throw new GraphQLError('There is no such operation.');
  const source = print(document);
  const request = {
    schema,
    document,
    operation,
    source,
    queryHash: createHash('sha256').update(source).digest('hex'),
    context: {},
    request: { query: source, operationName: operation.name?.value },
  } as unknown as GatewayGraphQLRequestContext;
  const parts = { schema, policies: OPEN, caller: CALLER, document, operation };
  return { request, filtered: filterOperation(parts) };
}

/** Each operation of a document is prepared once, while the caller keeps the document. */
function preparing(schema: GraphQLSchema): (given: OpenRequest) => Prepared {
  const known = new WeakMap<DocumentNode, Map<string, Prepared>>();
  return ({ document, operationName }) => {
    const operations = known.get(document) ?? new Map<string, Prepared>();
    known.set(document, operations);
    const name = operationName ?? '';
    const prepared = operations.get(name) ?? prepare(schema, document, operationName);
    operations.set(name, prepared);
    return prepared;
  };
}

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
  const run = executor;
  const preparedOf = preparing(api);

  async function execute(given: OpenRequest): Promise<OpenAnswer> {
    const { filtered, request: bare } = preparedOf(given);
    const { instead } = filtered;
    const { variables = {} } = given;
    const { coerced, errors: unfit } = getVariableValues(
      api,
      bare.operation.variableDefinitions ?? [],
      variables,
    );
    if (unfit) return { errors: unfit };
    const request = { ...bare, request: { ...bare.request, variables } };
    const fetch = async () => run(instead ? passOn(request, instead) : request);
    const { data, errors = [] } = instead?.isEmpty ? { data: {} } : await fetch();
    const { complete } = filtered.included(coerced);
    const { shown, incomplete } = complete(data ?? {}, aboutSchemaOf(api, request, filtered));
    const failed = errors.map((error) => restoreErrorAliases(error, filtered.aliases));
    const notes = incomplete.map(
      (path) => new GraphQLError('Cannot return null for a value that is not null.', { path }),
    );
    const reported = failed.length > 0 ? failed : notes;
    return { data: shown, ...(reported.length > 0 && { errors: reported }) };
  }

  return {
    schema: api,
    stop: async () => planner.stop(),
    async execute(given) {
      try {
        return await execute(given);
      } catch (error) {
        if (error instanceof GraphQLError) return { errors: [error] };
        throw error;
      }
    },
  };
}
