import type { GraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { GatewayContext } from '@chengxin/gateway/context';
import { createPlanner, type Planner } from '@chengxin/gateway/execute/planner';
import {
  guardGateway,
  type GuardedGateway,
  type PlanningGateway,
} from '@chengxin/gateway/privacy/guarded-gateway';
import type { Known } from '@chengxin/gateway/privacy/plan-known';
import {
  supergraphSource,
  type SupergraphSource,
} from '@chengxin/gateway/privacy/supergraph-source';
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Role } from '@chengxin/kit/privacy/roles';
import { graphql, parse, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { college, student, type Done } from './small-college-facts.js';
import { compose, OFFICES, type Office } from './small-college-schema.js';

/** A call that an office got. */
export interface Call {
  readonly office: Office;
  readonly query: string;
  readonly identity: Identity;
}

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Record<string, unknown>;
}

export interface Question {
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly dryRun?: boolean;
}

export interface College {
  /** Of the last question. */
  readonly calls: Call[];
  readonly done: Done;
  /** What the gateway inside got with the last request. */
  readonly passedOn: GatewayGraphQLRequestContext[];
  /** What an office does instead of answering. */
  readonly instead: Map<Office, GraphQLDataSource['process']>;
  readonly gateway: GuardedGateway;
  readonly plans: Planner['plans'];
  /** Hashes of the known operations that a supergraph did not have. */
  readonly unfit: string[];
  readonly source: SupergraphSource;
  /** What clients see; of the schema loaded last. */
  apiSchema(): GraphQLSchema;
  request(role: Role, query: string, question?: Question): Promise<Answer>;
  /** The caller of the last request, as the context says in the end. */
  identity(): Identity | undefined;
  /** Offices called by the last question, in order. */
  called(): Office[];
  stop(): Promise<void>;
}

/** The error of a refused selection, as a client reads it. */
export const refusal = (
  path: readonly (string | number)[],
  group: string,
  clause: string,
  role: Role,
  more: { code?: ErrorCode; rule?: string; masked?: true } = {},
): GraphQLFormattedError => {
  const code = more.code ?? 'FORBIDDEN_FIELD';
  const extensions = { group, clause, rule: `${role}.${clause}`, ...more, code };
  return { message: sentence(code), path, extensions };
};

const identityOf = (role: Role): Identity => ({
  subject: 'T0701',
  role,
  orgs: [],
  purpose: 'OFFICE_DUTY',
  requestId: 'r1',
  groups: [],
  deniedAtGateway: [],
});

const schemaOf = (office: Office): GraphQLSchema =>
  buildSubgraphSchema([
    {
      typeDefs: parse(OFFICES[office]),
      resolvers: {
        Student: {
          __resolveReference: (key: { studentNo: string }) => student(key.studentNo),
        },
      },
    },
  ]);

const silent = () => {};
const QUIET = { debug: silent, info: silent, warn: silent, error: silent };

/** Notes what a gateway gets to execute. */
const noting = (
  passedOn: GatewayGraphQLRequestContext[],
  gateway: PlanningGateway,
): PlanningGateway => ({
  prepare: (operation) => gateway.prepare(operation),
  onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
  stop: () => gateway.stop(),
  async load(options) {
    const { executor } = await gateway.load(options);
    if (!executor) throw new Error('The gateway has no executor.');
    return {
      executor: (request) => {
        passedOn.push(request);
        return executor(request);
      },
    };
  },
});

/** Starts the guarded gateway over four small offices that answer in this process. */
export async function startCollege(
  options: {
    sdl?: string;
    keep?: number;
    known?: Known;
    plugins?: ApolloServerPlugin<GatewayContext>[];
  } = {},
): Promise<College> {
  const calls: Call[] = [];
  const done: Done = [];
  const passedOn: GatewayGraphQLRequestContext[] = [];
  const instead: College['instead'] = new Map();
  const schemas = new Map<string, GraphQLSchema>();
  for (const office of Object.keys(OFFICES) as Office[]) schemas.set(office, schemaOf(office));

  const sourceOf = (name: string): GraphQLDataSource => ({
    async process(request) {
      const { query = '', variables } = request.request;
      const office = name as Office;
      calls.push({ office, query, identity: (request.context as GatewayContext).identity });
      const other = instead.get(office);
      if (other) return other(request);
      const answer = await graphql({
        schema: schemas.get(office)!,
        source: query,
        rootValue: college(done),
        ...(variables && { variableValues: variables }),
      });
      return JSON.parse(JSON.stringify(answer));
    },
  });

  const source = supergraphSource(options.sdl ?? compose());
  const unfit: string[] = [];
  let planner: Planner | undefined;
  const gateway = guardGateway({
    supergraph: source,
    refused: async () => {},
    makeGateway: (supergraphSdl) => {
      planner = createPlanner({ supergraphSdl, sourceOf, log: QUIET });
      return noting(passedOn, planner);
    },
    unfit: (hashes) => unfit.push(...hashes),
    ...(options.known && { known: options.known }),
    ...(options.keep !== undefined && { keep: options.keep }),
  });
  let schema: GraphQLSchema | undefined;
  let identity: Identity | undefined;
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (schema = apiSchema));
  const server = new ApolloServer<GatewayContext>({
    gateway,
    logger: QUIET,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      {
        requestDidStart: async () => ({
          willSendResponse: async ({ contextValue }) => {
            ({ identity } = contextValue);
          },
        }),
      },
      ...(options.plugins ?? []),
    ],
  });
  await server.start();

  return {
    calls,
    done,
    passedOn,
    instead,
    gateway,
    plans: planner!.plans,
    unfit,
    source,
    apiSchema: () => schema!,
    async request(role, query, { dryRun = false, ...question } = {}) {
      calls.length = 0;
      done.length = 0;
      passedOn.length = 0;
      const { body } = await server.executeOperation(
        { query, ...question },
        { contextValue: { identity: identityOf(role), dryRun } },
      );
      if (body.kind !== 'single') throw new Error('An answer comes in one piece.');
      const { data, errors, extensions } = body.singleResult;
      return JSON.parse(JSON.stringify({ data, errors, extensions })) as Answer;
    },
    identity: () => identity,
    called: () => calls.map(({ office }) => office),
    stop: () => server.stop(),
  };
}
