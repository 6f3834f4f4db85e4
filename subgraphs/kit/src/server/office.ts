/** What an office is, and how it starts and stops. */
import { checkActions } from '../action/built.js';
import { checkImports } from '../action/endpoints.js';
import { checkMachines, stateMachines } from '../action/state-machines.js';
import { backupJob } from '../backup/backup.job.js';
import type { BackupRecords, Copies, RepeatErasures } from '../backup/parts.js';
import { openingOf } from '../backup/opening.js';
import { restoreTestJob } from '../backup/restore-test.job.js';
import { sheddingBeyond } from '../call/shed.js';
import { CALL_HEADER, verifyBytes, verifyCall, verifyHead, type Call } from '../call/call.js';
import type { Identity } from '../call/identity.js';
import type { OfficeConfig, WorkConfig } from './config.js';
import type { OfficeParts } from './office-parts.js';
import { Context, type DecideStudent, type ReadOnlyStudents } from '../call/context.js';
import { GATEWAY } from '../call/keyring.js';
import { migrate } from '../database/migrate.js';
import { checkActors } from '../change/decide-on.js';
import { endChange } from '../change/end-change.js';
import { unreadableTables } from '../database/privileges.js';
import { isTakenBack, withRetries } from '../database/retry.js';
import {
  ACCESS_TOPIC,
  discloseAfter,
  publishDisclosure,
  type DisclosureWriter,
} from '../disclosure/write.js';
import { CALLS } from '../database/deadlines.js';
import { forkOf, openForWork, openOrm, type Entities } from '../database/orm.js';
import { isFault } from '../errors.js';
import { answerFeed, listenerOf, readersOf } from '../feed/answer-feed.js';
import { noticesDelivered, noticeTopicOf, type Notified } from '../feed/notice.js';
import type { OutboxListener } from '../feed/outbox-listener.js';
import { followNumbers } from '../feed/follow-numbers.job.js';
import { pruneOutbox } from '../feed/prune.js';
import { startFeedReader, type FeedReader } from '../feed/reader.js';
import type { FeedHandler } from '../feed/handler.js';
import type { Topics } from '../feed/topic.js';
import { buildOfficeSchema, type SchemaParts } from '../schema/federation.js';
import { mutationsOf } from '../schema/guards.js';
import { createServer, executeGraphql, readJson } from './graphql.js';
import { READINESS_MS, rememberedFor } from './health.js';
import {
  faultAnswer,
  json,
  refusal,
  once,
  serveHttp,
  wholeOf,
  type ArrivingRequest,
  type ArrivingRoute,
  type HttpRequest,
  type HttpResponse,
  type Route,
  type ServedRoutes,
} from '../call/http.js';
import { applyBatches } from '../import/batch/apply-batches.job.js';
import { IMPORT_PATH, importRoute } from '../import/http/import.route.js';
import { REJECTED_PATH, rejectedRoute } from '../import/http/rejected.route.js';
import type { ImportJob } from '../import/job.js';
import { installJobs, startJobs, type Job, type RunningJobs } from './jobs.js';
import { ruledBeside } from './ruled-beside.js';
import type { RuledTexts } from '../privacy/decision.js';
import type { Role } from '../privacy/roles.js';
import { ruledTextsOf } from '../privacy/ruled-texts.js';
import { Roster } from '../read/roster.js';
import { sealLogsJob } from '../seal/seal-logs.job.js';
import { logsOf, type SealedLog } from '../seal/sealed-log.js';

/** The table of contents of an office. */
export interface OfficeDefinition extends SchemaParts {
  /** `finance` */
  readonly name: string;
  /** Port of a process of its own. */
  readonly usualPort: number;
  readonly entities: Entities;
  /** Folder of the office's own forward-only SQL migrations. */
  readonly migrations: string;
  /** Roles of the office's own people. */
  readonly ownRoles: readonly Role[];
  /** Further roles that the action table lets act here: on rows that their cells open, and no others. */
  readonly actingRoles?: readonly Role[];
  readonly imports: readonly ImportJob[];
  /** How this office decides on students itself; only the archive does. */
  readonly decideStudent?: DecideStudent;
  /** Of whom nothing changes here any more; only the archive knows (F-08). */
  readonly readOnlyStudents?: ReadOnlyStudents;
  /** What a day brings; shared by all replicas. */
  readonly jobs?: readonly Job[];
  /** Logs of its own that are sealed beside the operation log (INV-13). */
  readonly sealedLogs?: readonly SealedLog[];
  /** What this office publishes in its feed, and to whom. */
  readonly publishes: Topics;
  /** Rows that go on once their student was notified (F-01). */
  readonly notified?: readonly Notified[];
  /** What this office reads of the others' feeds: office → topic → handler. */
  readonly consumes: Readonly<Record<string, Readonly<Record<string, FeedHandler>>>>;
  /** What it holds of those: after a restore, what its source has no more goes here too. */
  readonly copies?: Copies;
  /** Where the evidence of backups is kept; only the archive does. */
  readonly backups?: BackupRecords;
  /** Erases again, after a restore, what was erased since; of an office with records of its own. */
  readonly repeatErasures?: RepeatErasures;
  /** Where this office writes down what it shows; its outbox, when nothing is said. */
  readonly discloses?: DisclosureWriter;
  /** Signed routes beside the graph, called by the gateway alone (the archive's identity). */
  readonly routes?: (office: OfficeParts) => Readonly<Record<string, SignedRoute>>;
  /** Signed routes beside the graph by which the gateway serves people: files. */
  readonly personRoutes?: Readonly<Record<string, PersonRoute>>;
  /** Signed routes that other offices call: who calls which. */
  readonly officeRoutes?: (office: OfficeParts) => Readonly<Record<string, OfficeRoute>>;
}

/** What answers a call of a person with a context of its own; what it discloses is written down. */
export interface PersonRoute {
  readonly bodyAtMost: number;
  /** How long the bytes may take to arrive. */
  readonly arrivalMs: number;
  /** A fault that it throws is answered as such. */
  readonly answer: (ctx: Context, body: Buffer) => Promise<HttpResponse>;
}

export type SignedRoute = (body: Buffer) => Promise<HttpResponse>;
export interface OfficeRoute {
  /** Offices that may call it. */
  readonly callers: readonly string[];
  readonly answer: (body: Buffer, call: Call) => Promise<HttpResponse>;
}

/** An office that serves. */
interface ServingParts extends OfficeParts {
  readonly config: OfficeConfig;
}

export interface RunningOffice extends ServingParts {
  readonly name: string;
  readonly url: string;
  readonly feeds: readonly FeedReader[];
  stop(): Promise<void>;
}

const BODY_AT_MOST = 4 * 1024 * 1024;

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

/** Answers a call in its context: what it changed and what it discloses are written, or nothing is. */
function answerIn(
  office: OfficeDefinition,
  { config, orm }: ServingParts,
  answer: (ctx: Context) => Promise<HttpResponse>,
) {
  const { ownRoles, actingRoles, decideStudent, readOnlyStudents } = office;
  const { discloses = publishDisclosure } = office;
  const { clock, keyring, addresses, log, studentsPerHour } = config;
  return async (
    identity: Identity,
    gone: AbortSignal,
    ruled?: RuledTexts,
  ): Promise<HttpResponse> => {
    const answerOnce = async (): Promise<HttpResponse> => {
      const ctx = new Context({
        identity,
        em: forkOf(orm, gone),
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
      const disclose = (one: HttpResponse) => discloseAfter(discloses, ctx, one, log);
      if (ctx.transaction.hasBegun) return endChange(ctx, given, disclose, gone);
      // Nothing leaves any more, so there is nothing to write down.
      return gone.aborted ? refusal(503, 'SUBGRAPH_UNAVAILABLE') : disclose(given);
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
  office: OfficeDefinition,
  parts: ServingParts,
  server: ReturnType<typeof createServer<Context>>,
): Route {
  const route = signed(parts.config, [GATEWAY], async (request, { identity }) => {
    if (!identity) return refusal(401, 'UNAUTHENTICATED');
    const body = readJson(request);
    const execute = (ctx: Context) => executeGraphql(server, request, async () => ctx, body);
    return answerIn(office, parts, execute)(identity, request.gone, ruledTextsOf(body));
  });
  return sheddingBeyond(CALLS_UNDER_WAY, route);
}

/** Answers what the gateway signed for a person, once the bytes are those that it signed. */
function personRoute(
  office: OfficeDefinition,
  parts: ServingParts,
  { bodyAtMost, arrivalMs, answer }: PersonRoute,
): ArrivingRoute {
  const { keyring, clock, log } = parts.config;
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
      const answerTo = answerIn(office, parts, (ctx) => answer(ctx, call.body).catch(faultAnswer));
      return answerTo(call.identity, request.gone);
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

/** What an office consumes, with the notices that it has the archive send. */
function consumedBy(
  { name, publishes, consumes, notified = [] }: OfficeDefinition,
  { keyring }: WorkConfig,
): OfficeDefinition['consumes'] {
  if (!publishes['notice']) return consumes;
  const delivered = { [noticeTopicOf(name)]: noticesDelivered(keyring, notified) };
  return { ...consumes, archive: { ...consumes['archive'], ...delivered } };
}

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

function startReaders(office: OfficeDefinition, { orm, config }: OfficeParts): FeedReader[] {
  const { keyring, clock, log, addresses } = config;
  return Object.entries(consumedBy(office, config)).map(([source, handlers]) =>
    startFeedReader(
      { orm, keyring, clock, log },
      { source, address: () => addresses(source), handlers },
    ),
  );
}

/** What a day brings to an office: its own jobs, and those of its outbox, logs and batches. */
const jobsOf = (office: OfficeDefinition, ownerUrl: string): readonly Job[] => [
  ...(office.jobs ?? []),
  pruneOutbox(office, ownerUrl),
  // The archive moves its rows as a whole, and its foreign keys let nothing be left behind.
  ...(office.consumes['archive'] ? [followNumbers(office.consumes['archive']['roster'])] : []),
  backupJob(office, ownerUrl),
  restoreTestJob(office),
  sealLogsJob(logsOf(office)),
  ...(office.imports.some(({ approval }) => approval) ? [applyBatches(office.imports)] : []),
];

/** Bring an office's database up to date, the queue of its jobs included; answers what was new. */
export async function prepareDatabase(
  office: OfficeDefinition,
  { ownerUrl, databaseUrl }: Pick<OfficeConfig, 'ownerUrl' | 'databaseUrl'>,
): Promise<string[]> {
  const urls = { ownerUrl, appUrl: databaseUrl };
  const applied = await migrate({ ...urls, folder: office.migrations });
  await installJobs(urls, jobsOf(office, ownerUrl));
  return applied;
}

/**
 * Start an office: database up to date, schema guarded, server listening, feeds read.
 *
 * @throws Error naming each field without a group, each mutation that the action table does not have
 *         so, or that its disclosures are published to nobody.
 */
export async function startOffice(
  office: OfficeDefinition,
  config: OfficeConfig,
): Promise<RunningOffice> {
  if (!office.discloses && !office.publishes[ACCESS_TOPIC])
    throw new Error(
      `${office.name} publishes its disclosures to nobody: let it publish ${ACCESS_TOPIC}.`,
    );
  const { schema, guarded } = await buildOfficeSchema(office);
  checkActions(office.name, mutationsOf(guarded));
  checkActors(office);
  checkMachines(stateMachines.values());
  checkImports(office.name, office.imports);
  const { databaseUrl, log } = config;
  await prepareDatabase(office, config);
  const orm = await openForWork(databaseUrl, office.entities);
  const parts: ServingParts = { orm, config };
  const calls = { config, orm: await openOrm(databaseUrl, [Roster, ...office.entities], CALLS) };
  const listener = listenerOf(calls);
  const server = createServer<Context>({ schema, log, plugins: [ruledBeside] });
  await server.start();
  const ownRoutes = Object.entries(office.routes?.(calls) ?? {}).map(
    ([path, route]) => [path, signed(config, [GATEWAY], (request) => route(request.body))] as const,
  );
  const officeRoutes = Object.entries(office.officeRoutes?.(calls) ?? {}).map(
    ([path, { callers, answer }]) =>
      [path, signed(config, callers, (request, call) => answer(request.body, call))] as const,
  );
  const personRoutes = Object.entries(office.personRoutes ?? {}).map(
    ([path, route]) => [path, personRoute(office, calls, route)] as const,
  );
  const opening = await openingOf(office, parts);
  const http = await serveHttp({
    port: config.port,
    host: config.host,
    bodyAtMost: BODY_AT_MOST,
    onFault: (error) => log.error({ err: error }, 'fault'),
    routes: opening.closing({
      'POST /graphql': graphRoute(office, calls, server),
      'POST /feed': feedRoute(office, calls, listener),
      'GET /health/live': () => json(200, { live: true }),
      'GET /health/ready': readiness(calls),
      ...(office.imports.length && importRoutes(office, parts)),
      ...Object.fromEntries([...ownRoutes, ...officeRoutes, ...personRoutes]),
    }),
  });
  const feeds = startReaders(office, parts);
  let jobs: RunningJobs | undefined;
  await opening.open(feeds, async () => {
    jobs = await startJobs(parts, config.runsJobs ? jobsOf(office, config.ownerUrl) : []);
  });
  log.info({ url: http.url }, `${office.name} answers`);
  return {
    ...parts,
    name: office.name,
    url: http.url,
    feeds,
    stop: once(async () => {
      await opening.stop();
      await jobs?.stop();
      await Promise.all(feeds.map((feed) => feed.stop()));
      await listener.stop();
      await http.close();
      await server.stop();
      await Promise.all([orm.close(), calls.orm.close()]);
      log.info(`${office.name} has stopped`);
    }),
  };
}
