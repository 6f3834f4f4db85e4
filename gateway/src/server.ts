/** The gateway: identity, limits, the static privacy filter, planning, signed fetches. */
import { ApolloServer } from '@apollo/server';
import {
  executeGraphql,
  formatError,
  readJson,
  WITHOUT_REPORTS,
} from '@chengxin/kit/server/graphql';
import {
  faultAnswer,
  once,
  serveHttp,
  type HttpRequest,
  type HttpResponse,
  type Routes,
} from '@chengxin/kit/call/http';
import { sheddingBeyond } from '@chengxin/kit/call/shed';
import { checkEndpoints } from '@chengxin/kit/action/endpoints';
import type { Role } from '@chengxin/kit/privacy/roles';
import { authorityRoute } from './authority.js';
import type { GatewayConfig } from './config.js';
import type { GatewayContext } from './context.js';
import { corsHeaders, corsRoutes } from './cors.js';
import { createPlanner } from './execute/planner.js';
import { explorerRoutes } from './explorer/page.js';
import { officeSource } from './fetch/office-source.js';
import { createOfficeCaller, type OfficeCaller } from './fetch/signed-post.js';
import { exportEndpoints } from './export/export.route.js';
import { releaseEndpoints } from './export/release.route.js';
import type { ExecuteAs } from './export/gather.js';
import type { GraphAnswer } from './export/own-archive.js';
import { importEndpoints } from './imports.js';
import { healthRoutes } from './health.js';
import { identify, isDryRun, type Identified } from './identity/identify.js';
import { createActorReader } from './identity/actor.js';
import { createTokenVerifier } from './identity/token.js';
import {
  boundCallers,
  knownDocuments,
  requestedByHash,
  levelsOf,
  OPERATIONS_FOLDER,
  readKnownOperations,
} from './limits/known-operations.js';
import type { Wanted } from './identity/choose.rules.js';
import { fileEndpoints } from './files/files.route.js';
import { checkRequest, rememberedTexts } from './limits/limits.js';
import { quietly } from './limits/quiet-errors.js';
import { counted } from './limits/counted.js';
import { createRates } from './limits/rates.js';
import { followSchema } from './limits/schema-view.js';
import { USUAL_LIMITS } from './limits/settings.js';
import { oneOperation } from './one-operation.js';
import { reportRefusal } from './refused.js';
import { reportEndpoints } from './report/report.endpoints.js';
import { retryAfter } from './retry-after.js';
import { guardGateway } from './privacy/guarded-gateway.js';
import { watchSupergraph } from './supergraph-file.js';

export interface RunningGateway {
  /** `http://localhost:4000/graphql` */
  readonly url: string;
  readonly origin: string;
  readonly caller: OfficeCaller;
  stop(): Promise<void>;
}

const BODY_AT_MOST = 256 * 1024;
/** Some 20 ms of processor each, so that the last of them is answered within two or three seconds. */
const REQUESTS_UNDER_WAY = 128;

/** Routes beside the graph that a topology adds (the explorer's people); their callers are counted by address. */
export type MoreRoutes = Routes;

function createApollo(config: GatewayConfig, caller: OfficeCaller) {
  const { log, introspection, supergraphFile, limits = USUAL_LIMITS } = config;
  const known = readKnownOperations(config.operationsFolder ?? OPERATIONS_FOLDER);
  const levelOf = levelsOf(limits.operations, introspection);
  const watched = watchSupergraph(supergraphFile, log);
  const gateway = guardGateway({
    supergraph: watched.source,
    refused: reportRefusal(caller, log),
    // Where the schema is published, nobody is bound to them.
    ...(!introspection && {
      known: { operations: knownDocuments(known), callers: boundCallers() },
      unfit: (hashes) =>
        log.warn({ hashes }, 'known operations do not fit the supergraph and are not planned'),
    }),
    makeGateway: (supergraphSdl) =>
      createPlanner({
        supergraphSdl,
        sourceOf: (office) => officeSource(office, caller, log),
        log,
      }),
  });
  const view = followSchema(gateway, introspection);
  const format = formatError(log);
  const server = new ApolloServer<GatewayContext>({
    gateway,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    formatError: introspection ? format : quietly(format),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: { cache: requestedByHash(known) },
    logger: log,
    plugins: [...WITHOUT_REPORTS, oneOperation, retryAfter],
  });
  const { warnOnly } = limits;
  const limitParts = { known, levelOf, view, warnOnly, log, texts: rememberedTexts() };
  const check = (role: Role, body: unknown): void => checkRequest(limitParts, role, body);
  return { server, check, view, known, stopWatching: watched.stop };
}

/**
 * Executes an operation for a person whose request is made out already, with all that it decides and writes down;
 * its limits are those of operations that clients write.
 */
const executeAs =
  (server: ApolloServer<GatewayContext>): ExecuteAs =>
  async (identity, operation) => {
    const answer = await server.executeOperation(operation, {
      contextValue: { identity, ruled: new Map(), dryRun: false },
    });
    if (answer.body.kind !== 'single') throw new Error('An operation is answered at once.');
    return answer.body.singleResult as GraphAnswer;
  };

/** Start the gateway; it serves until stopped, whatever its offices do. */
export async function startGateway(
  config: GatewayConfig,
  more: MoreRoutes = {},
): Promise<RunningGateway> {
  const { clock, log, issuer, audience, corsOrigins = new Set<string>() } = config;
  const { secondFactors = new Set<string>() } = config;
  const caller = createOfficeCaller(config);
  const rates = createRates(config.limits ?? USUAL_LIMITS, log);
  const parts = {
    tokens: createTokenVerifier({ issuer, audience, clock }),
    actorOf: createActorReader(caller, clock),
    clock,
    rates,
    secondFactors,
    log,
  };
  const { server, check, view, known, stopWatching } = createApollo(config, caller);
  await server.start();

  async function answerWithinLimits(request: HttpRequest, context: GatewayContext) {
    const body = readJson(request);
    try {
      check(context.identity.role, body);
    } catch (error) {
      return faultAnswer(error);
    }
    return executeGraphql<GatewayContext>(server, request, async () => context, body);
  }

  async function answerGraph(request: HttpRequest): Promise<HttpResponse> {
    let identified: Identified;
    let dryRun: boolean;
    try {
      dryRun = isDryRun(request);
      identified = await identify(request, parts);
    } catch (error) {
      const { cause } = error as Error;
      if (cause) log.warn({ err: cause }, 'nobody could be made out');
      return faultAnswer(error);
    }
    const answer = await answerWithinLimits(request, { ...identified, ruled: new Map(), dryRun });
    const { requestId } = identified.identity;
    return { ...answer, headers: { ...answer.headers, 'x-request-id': requestId } };
  }

  const exchanged = {
    identify: async (request: Pick<HttpRequest, 'headers' | 'address'>, wanted: Wanted) =>
      (await identify(request, parts, wanted)).identity,
    caller,
    log,
  };
  const countedRoutes = Object.fromEntries(
    Object.entries(more).map(([path, route]) => [path, counted(rates, route)]),
  );
  // Known once it listens.
  let origin = '';
  const imports = importEndpoints(exchanged);
  const files = fileEndpoints(exchanged);
  const exports = exportEndpoints({ ...exchanged, execute: executeAs(server), view, clock });
  const releases = releaseEndpoints({
    ...exchanged,
    execute: executeAs(server),
    known,
    view,
    clock,
  });
  const reports = reportEndpoints({
    ...exchanged,
    execute: executeAs(server),
    keys: config.credentials,
    issuer: () => config.publicUrl ?? origin,
    clock,
    rates,
  });
  const all = [imports, files, exports, releases, reports];
  checkEndpoints(all.flatMap(({ endpoints }) => endpoints));
  const http = await serveHttp({
    port: config.port,
    host: config.host,
    bodyAtMost: BODY_AT_MOST,
    onFault: (error) => log.error({ err: error }, 'fault'),
    headersOf: corsHeaders(corsOrigins),
    routes: {
      'POST /graphql': sheddingBeyond(REQUESTS_UNDER_WAY, answerGraph),
      ...corsRoutes(corsOrigins),
      'POST /authority': authorityRoute(config, exchanged.identify, rates),
      ...imports.routes,
      ...files.routes,
      ...exports.routes,
      ...releases.routes,
      ...reports.routes,
      ...healthRoutes(config),
      ...(config.introspection && explorerRoutes()),
      ...countedRoutes,
    },
  });
  origin = `http://localhost:${http.port}`;
  log.info({ url: `${origin}/graphql` }, 'the gateway answers');
  return {
    url: `${origin}/graphql`,
    origin,
    caller,
    stop: once(async () => {
      stopWatching();
      await http.close();
      await server.stop();
      await caller.close();
      log.info('the gateway has stopped');
    }),
  };
}
