/** How an office starts and stops. */
import { checkActions } from '../action/built.js';
import { checkImports } from '../action/endpoints.js';
import { checkMachines, stateMachines } from '../action/state-machines.js';
import { backupJob } from '../backup/backup.job.js';
import { openingOf } from '../backup/opening.js';
import { restoreTestJob } from '../backup/restore-test.job.js';
import type { Context } from '../call/context.js';
import { once, serveHttp } from '../call/http.js';
import { checkActors } from '../change/decide-on.js';
import { CALLS } from '../database/deadlines.js';
import { migrate } from '../database/migrate.js';
import { openForWork, openOrm } from '../database/orm.js';
import { ACCESS_TOPIC } from '../disclosure/write.js';
import { listenerOf } from '../feed/answer-feed.js';
import { noticesDelivered, noticeTopicOf } from '../feed/notice.js';
import { endRevoked, revokedTopicOf } from '../feed/revoked.js';
import { followNumbers } from '../feed/follow-numbers.job.js';
import { pruneOutbox } from '../feed/prune.js';
import { startFeedReader, type FeedReader } from '../feed/reader.js';
import { applyBatches } from '../import/batch/apply-batches.job.js';
import { Roster } from '../read/roster.js';
import { buildOfficeSchema } from '../schema/federation.js';
import { mutationsOf } from '../schema/guards.js';
import { sealLogsJob } from '../seal/seal-logs.job.js';
import { logsOf } from '../seal/sealed-log.js';
import type { OfficeConfig, WorkConfig } from './config.js';
import { createServer } from './graphql.js';
import { installJobs, startJobs, type Job, type RunningJobs } from './jobs.js';
import type { OfficeDefinition } from './office-definition.js';
import type { OfficeParts, ServingParts } from './office-parts.js';
import { officeRoutes } from './office-routes.js';
import { ruledBeside } from './ruled-beside.js';

export interface RunningOffice extends ServingParts {
  readonly name: string;
  readonly url: string;
  readonly feeds: readonly FeedReader[];
  stop(): Promise<void>;
}

const BODY_AT_MOST = 4 * 1024 * 1024;

/** What an office consumes, with the notices that it has the archive send and what the archive revokes. */
function consumedBy(
  { name, publishes, consumes, notified = [], revocable = [] }: OfficeDefinition,
  { keyring }: WorkConfig,
): OfficeDefinition['consumes'] {
  if (!publishes['notice']) return consumes;
  const ofArchive = {
    [noticeTopicOf(name)]: noticesDelivered(keyring, notified),
    [revokedTopicOf(name)]: endRevoked(keyring, revocable),
  };
  return { ...consumes, archive: { ...consumes['archive'], ...ofArchive } };
}

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
  const opening = await openingOf(office, parts);
  const http = await serveHttp({
    port: config.port,
    host: config.host,
    bodyAtMost: BODY_AT_MOST,
    onFault: (error) => log.error({ err: error }, 'fault'),
    routes: opening.closing(officeRoutes(office, { calls, work: parts }, server, listener)),
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
