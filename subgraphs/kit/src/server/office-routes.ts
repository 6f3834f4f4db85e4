/** What an office answers, and to whom: nothing without the signature of a caller that it knows. */
import { CALL_HEADER, verifyBytes, verifyCall, verifyHead, type Call } from '../call/call.js';
import { Context } from '../call/context.js';
import {
  faultAnswer,
  json,
  refusal,
  wholeOf,
  type ArrivingRequest,
  type ArrivingRoute,
  type HttpRequest,
  type HttpResponse,
  type Route,
  type ServedRoutes,
} from '../call/http.js';
import type { Identity } from '../call/identity.js';
import { GATEWAY } from '../call/keyring.js';
import { sheddingBeyond } from '../call/shed.js';
import { endChange } from '../change/end-change.js';
import { forkOf } from '../database/orm.js';
import { unreadableTables } from '../database/privileges.js';
import { isTakenBack, withRetries } from '../database/retry.js';
import type { AccessCall } from '../disclosure/access-call.js';
import { gathered } from '../disclosure/gathered.js';
import { discloseAfter, publishDisclosure } from '../disclosure/write.js';
import { isFault } from '../errors.js';
import { answerFeed, readersOf } from '../feed/answer-feed.js';
import type { OutboxListener } from '../feed/outbox-listener.js';
import { IMPORT_PATH, importRoute } from '../import/http/import.route.js';
import { REJECTED_PATH, rejectedRoute } from '../import/http/rejected.route.js';
import type { RuledTexts } from '../privacy/decision.js';
import { ruledTextsOf } from '../privacy/ruled-texts.js';
import type { WorkConfig } from './config.js';
import { executeGraphql, readJson, type createServer } from './graphql.js';
import { READINESS_MS, rememberedFor } from './health.js';
import type { OfficeDefinition, PersonRoute } from './office-definition.js';
import type { OfficeParts, ServingParts } from './office-parts.js';

/** Of several gateways together; a call takes some milliseconds, and the gateway waits five seconds. */
const CALLS_UNDER_WAY = 200;

const header = (request: Pick<HttpRequest, 'headers'>): string | undefined => {
  const value = request.headers[CALL_HEADER];
  return Array.isArray(value) ? value[0] : value;
};

/** Answer only what a known caller signed; anything else is refused before a byte is parsed. */
const signed =
  (
    { keyring, clock, log }: WorkConfig,
    issuers: readonly string[],
    route: (request: HttpRequest, call: Call) => Promise<HttpResponse> | HttpResponse,
  ): Route =>
  async (request) => {
    let call: Call;
    try {
      const arrived = { path: request.url.pathname, body: request.body };
      call = await verifyCall(keyring, clock, issuers, header(request), arrived);
    } catch (error) {
      if (!isFault(error)) throw error;
      log.warn({ path: request.url.pathname, err: error.cause }, 'a call is refused');
      return refusal(401, 'UNAUTHENTICATED');
    }
    return route(request, call);
  };

type AnswerTo = (
  call: {
    readonly identity: Identity;
    /** Aborted when nobody waits for the answer any more. */
    readonly gone: AbortSignal;
    readonly ruled?: RuledTexts;
  },
  answer: (ctx: Context) => Promise<HttpResponse>,
) => Promise<HttpResponse>;

/** Answers calls in their context: what one changed and what it discloses are written, or nothing is. */
function answering(office: OfficeDefinition, { config, orm }: ServingParts): AnswerTo {
  const { ownRoles, actingRoles, decideStudent, readOnlyStudents } = office;
  const { discloses = publishDisclosure } = office;
  const { clock, keyring, addresses, log, studentsPerHour } = config;
  const writeBeside = gathered<AccessCall>((calls) => discloses(forkOf(orm), calls, keyring));
  return async ({ identity, gone, ruled }, answer) => {
    const answerOnce = async (): Promise<HttpResponse> => {
      const em = forkOf(orm, gone);
      const ctx = new Context({
        identity,
        em,
        clock,
        keyring,
        addresses,
        ownRoles,
        office: { config, orm },
        ...(actingRoles && { actingRoles }),
        ...(decideStudent && { decideStudent }),
        ...(readOnlyStudents && { readOnlyStudents }),
        ...(studentsPerHour && { studentsPerHour }),
        ...(ruled && { ruled }),
      });
      const given = await answer(ctx);
      if (ctx.transaction.hasBegun) {
        const write = (call: AccessCall) => discloses(em, [call], keyring);
        return endChange(ctx, given, (one) => discloseAfter(write, ctx, one, log), gone);
      }
      // Nothing leaves any more, so there is nothing to write down.
      if (gone.aborted) return refusal(503, 'SUBGRAPH_UNAVAILABLE');
      return discloseAfter(writeBeside, ctx, given, log);
    };
    try {
      return await withRetries(answerOnce);
    } catch (error) {
      if (!isTakenBack(error)) throw error;
      log.warn({ err: error }, 'a change was taken back each time');
      return refusal(503, 'SUBGRAPH_UNAVAILABLE');
    }
  };
}

function graphRoute(
  { config }: ServingParts,
  answerTo: AnswerTo,
  server: ReturnType<typeof createServer<Context>>,
): Route {
  const route = signed(config, [GATEWAY], async (request, { identity }) => {
    if (!identity) return refusal(401, 'UNAUTHENTICATED');
    const { gone } = request;
    const body = readJson(request);
    return answerTo({ identity, gone, ruled: ruledTextsOf(body) }, (ctx) =>
      executeGraphql(server, request, async () => ctx, body),
    );
  });
  return sheddingBeyond(CALLS_UNDER_WAY, route);
}

/** Answers what the gateway signed for a person, once the bytes are those that it signed. */
function personRoute(
  { config }: ServingParts,
  answerTo: AnswerTo,
  { bodyAtMost, arrivalMs, answer }: PersonRoute,
): ArrivingRoute {
  const { keyring, clock, log } = config;
  /** The caller and the bytes; nothing for a call that is refused before they are read, or after. */
  async function arrived(request: ArrivingRequest) {
    const { pathname } = request.url;
    try {
      const call = await verifyHead(keyring, clock, [GATEWAY], header(request), pathname);
      const body = await wholeOf(request.arriving);
      verifyBytes(call, body);
      return call.identity && { identity: call.identity, body };
    } catch (error) {
      if (!isFault(error)) throw error;
      log.warn({ path: pathname, err: error.cause }, 'a call is refused');
      return undefined;
    }
  }
  return {
    bodyAtMost,
    arrivalMs,
    async answer(request) {
      const call = await arrived(request);
      if (!call) return refusal(401, 'UNAUTHENTICATED');
      const { identity, body } = call;
      const { gone } = request;
      return answerTo({ identity, gone }, (ctx) => answer(ctx, body).catch(faultAnswer));
    },
  };
}

/** The feed of this office, each reader its topics. */
function feedRoute(
  { publishes }: OfficeDefinition,
  parts: ServingParts,
  listener: OutboxListener,
): Route {
  const answer = answerFeed({ ...parts, publishes }, listener);
  return signed(parts.config, readersOf(publishes), (request, { issuer }) =>
    answer(request, issuer),
  );
}

/** However often it is requested, the database is queried once a second. */
const readiness = ({ orm, config: { log } }: OfficeParts): Route =>
  rememberedFor(READINESS_MS, async () => {
    try {
      const tables = await unreadableTables(forkOf(orm));
      if (!tables.length) return json(200, { ready: true });
      log.warn({ tables }, 'the run-time role may not read its tables');
      return json(503, { ready: false, reason: 'privileges' });
    } catch {
      return json(503, { ready: false, reason: 'database' });
    }
  });

/** Files that people bring through the gateway, and what was rejected of them. */
const importRoutes = ({ imports }: OfficeDefinition, parts: OfficeParts): ServedRoutes => {
  const rejected = rejectedRoute(parts, imports);
  return {
    [`POST ${IMPORT_PATH}/*`]: importRoute(parts, imports),
    [`POST ${REJECTED_PATH}`]: signed(parts.config, [GATEWAY], ({ body }, { identity }) =>
      rejected(body, identity),
    ),
  };
};

/** Signed routes beside the graph: the office's own, those of other offices, those by which people are served. */
function signedRoutes(
  office: OfficeDefinition,
  calls: ServingParts,
  answerTo: AnswerTo,
): ServedRoutes {
  const { config } = calls;
  const own = Object.entries(office.routes?.(calls) ?? {}).map(
    ([path, route]) => [path, signed(config, [GATEWAY], (request) => route(request.body))] as const,
  );
  const ofOffices = Object.entries(office.officeRoutes?.(calls) ?? {}).map(
    ([path, { callers, answer }]) =>
      [path, signed(config, callers, (request, call) => answer(request.body, call))] as const,
  );
  const ofPeople = Object.entries(office.personRoutes ?? {}).map(
    ([path, route]) => [path, personRoute(calls, answerTo, route)] as const,
  );
  return Object.fromEntries([...own, ...ofOffices, ...ofPeople]);
}

/**
 * All that an office answers.
 *
 * @param calls  With the connections of calls.
 * @param work  With those of imports, feeds and jobs.
 */
export const officeRoutes = (
  office: OfficeDefinition,
  { calls, work }: { readonly calls: ServingParts; readonly work: ServingParts },
  server: ReturnType<typeof createServer<Context>>,
  listener: OutboxListener,
): ServedRoutes => {
  const answerTo = answering(office, calls);
  return {
    'POST /graphql': graphRoute(calls, answerTo, server),
    'POST /feed': feedRoute(office, calls, listener),
    'GET /health/live': () => json(200, { live: true }),
    'GET /health/ready': readiness(calls),
    ...(office.imports.length && importRoutes(office, work)),
    ...signedRoutes(office, calls, answerTo),
  };
};
