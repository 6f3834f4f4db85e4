/**
 * The gateway that plans and fetches: the only place that makes one. `@apollo/gateway` loads and
 * validates the supergraph and has the planner; plans are run by this folder (docs/decisions/0049).
 */
import './without-telemetry.js';
import { operationFromDocument } from '@apollo/federation-internals';
import { ApolloGateway, type GraphQLDataSource, type SupergraphSdlHook } from '@apollo/gateway';
import type { GraphQLDataSourceRequestKind } from '@apollo/gateway/dist/datasources/types.js';
import type {
  GatewayExecutionResult,
  GatewayGraphQLRequestContext,
  GatewayInterface,
} from '@apollo/server-gateway-interface';
import type { Log } from '@chengxin/kit/server/log';
import { Kind, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { boundedCache, type BoundedCache } from '../bounded-cache.js';
import { compilePlan } from './compile-plan.js';
import type { Run, Sent, Step } from './step.js';
import type { Values } from '../objects.js';
import type { ReadOperation } from '../privacy/answer.js';

interface PlannerParts {
  readonly supergraphSdl: SupergraphSdlHook;
  readonly sourceOf: (office: string) => GraphQLDataSource;
  readonly log: Pick<Log, 'debug' | 'info' | 'warn' | 'error'>;
}

/** The package declares this as an enum and exports it as a type alone. */
const INCOMING = 'incoming operation' as GraphQLDataSourceRequestKind.INCOMING_OPERATION;

/** How many plans are kept. */
const KEEP = 1000;

/** Plans and fetches; its executor answers the data of the fetches as they came. */
export interface Planner extends GatewayInterface {
  /** How many plans are kept, and how often one was found there. */
  readonly plans: Pick<BoundedCache<Step>, 'size' | 'hits' | 'misses'>;
  /** Plans an operation before it is requested. */
  prepare(operation: ReadOperation): void;
  load(options?: Parameters<ApolloGateway['load']>[0]): ReturnType<GatewayInterface['load']>;
}

/** Values of the variables in `@skip` and `@include`: as sent, else the default. */
function inclusion(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Values,
): Run['isIncluded'] {
  return (name) => {
    if (variables[name] !== undefined) return variables[name] === true;
    const found = variableDefinitions.find(({ variable }) => variable.name.value === name);
    return found?.defaultValue?.kind === Kind.BOOLEAN && found.defaultValue.value;
  };
}

export function createPlanner({ supergraphSdl, sourceOf, log }: PlannerParts): Planner {
  const plans = boundedCache<Step>(KEEP);
  const inner = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => sourceOf(name),
    logger: log,
    // Otherwise a header makes it print its plans, unless NODE_ENV says production.
    __exposeQueryPlanExperimental: false,
  });
  inner.onSchemaLoadOrUpdate(() => plans.clear());

  // What @apollo/gateway has built is read where it keeps it: to build it again would double each start.
  function plan(document: DocumentNode, operationName: string | undefined): Step {
    const apiSchema = inner['apiSchema'];
    const queryPlanner = inner['queryPlanner'];
    const supergraphSchema = inner['supergraphSchema'];
    if (!apiSchema || !queryPlanner || !supergraphSchema)
      throw new Error('The supergraph is not loaded.');
    const operation = operationFromDocument(apiSchema, document, {
      ...(operationName && { operationName }),
    });
    return compilePlan(supergraphSchema, queryPlanner.buildQueryPlan(operation));
  }

  /** The plan of an operation, made when it is not kept. */
  function stepOf({ document, operation, queryHash }: ReadOperation): Step {
    const name = operation.name?.value;
    return plans.get(`${queryHash} ${name ?? ''}`, () => plan(document, name));
  }

  const send =
    (incoming: GatewayGraphQLRequestContext): Run['send'] =>
    (office, { query, variables, operationName, path }: Sent) => {
      const source = inner['serviceMap'][office]?.dataSource;
      if (!source) throw new Error(`No office is called ${office}.`);
      return source.process({
        kind: INCOMING,
        request: { query, variables, ...(operationName && { operationName }) },
        incomingRequestContext: incoming,
        context: incoming.context,
        pathInIncomingRequest: [...path],
      });
    };

  async function execute(request: GatewayGraphQLRequestContext): Promise<GatewayExecutionResult> {
    const { operation } = request;
    const variables = request.request.variables ?? {};
    const step = stepOf(request);
    const root: Values = {};
    const run: Run = {
      root,
      errors: [],
      variables,
      isIncluded: inclusion(operation, variables),
      send: send(request),
    };
    await step(run, { objects: [root], path: [] });
    return { data: root, ...(run.errors.length > 0 && { errors: run.errors }) };
  }

  return {
    plans,
    prepare: (operation) => void stepOf(operation),
    onSchemaLoadOrUpdate: (callback) => inner.onSchemaLoadOrUpdate(callback),
    stop: () => inner.stop(),
    async load(options) {
      await inner.load(options);
      return { executor: execute };
    },
  };
}
