/** A whole college on one machine: databases, offices, identity provider, gateway. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupSettingsOf } from '@chengxin/kit/backup/settings';
import { systemClock } from '@chengxin/kit/clock';
import { writeRunFile } from '@chengxin/kit/command/run-file';
import type { AppealDays } from '@chengxin/kit/server/config';
import type { Log } from '@chengxin/kit/server/log';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { USUAL_AUDIENCE } from '@chengxin/gateway/config';
import type { Origins } from '@chengxin/gateway/cors';
import { pickerRoutes } from './picker.js';
import { fileSettingsOf } from '@chengxin/kit/server/file-settings';
import { createOfficeCaller } from '@chengxin/gateway/fetch/signed-post';
import { LIMITS_OF_ONE_CALLER, type Limits } from '@chengxin/gateway/limits/settings';
import { createActorReader } from '@chengxin/gateway/identity/actor';
import { readKeyring } from '@chengxin/kit/call/keyring';
import type { RunningGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { openDatabases, type CollegeDatabases } from './databases.js';
import { giveFirstAdmins } from './first-admins.js';
import { demoPeople } from './demo-people.js';
import { loadOffices } from './office-list.js';
import { startFront, startOffices, type StartedOffices } from './parts.js';
import type { People } from './people.js';
import { EMBEDDED_ACR } from './provider-options.js';
import { startEmbeddedProvider } from './provider.js';

export interface College {
  readonly gateway: RunningGateway;
  readonly issuer: string;
  readonly audience: string;
  readonly started: StartedOffices;
  readonly definitions: readonly OfficeDefinition[];
  readonly folder: string;
  stop(): Promise<void>;
}

export interface CollegeOptions {
  /** Data folder; everything of this college lies in it. */
  readonly folder: string;
  /** Port of the gateway; 0 takes a free one. */
  readonly port: number;
  readonly log: Log;
  /** Rates of requests; without them, the starting program is not limited. */
  readonly limits?: Limits;
  /** Without the people of the demo: then its first administrators must be named. */
  readonly isEmpty?: boolean;
  /** What must still come before it is ready. */
  readonly awaits?: () => readonly string[];
  /** Kinds of study to which the measures apply (G22). */
  readonly studentScopes?: readonly string[];
  /** In which days appeals against sanctions count (L-06). */
  readonly appealDays?: AppealDays;
  /** Origins whose pages may read answers of the graph. */
  readonly corsOrigins?: Origins;
}

/** What the import commands read: where databases, keys and offices of this college are. */
function writeCommandSettings(
  folder: string,
  keys: string,
  databases: CollegeDatabases['databases'],
  addresses: StartedOffices['addresses'],
) {
  const lines = Object.entries(databases).map(
    ([name, { appUrl }]) => `${name.toUpperCase()}_DATABASE_URL=${appUrl}`,
  );
  const offices = Object.keys(databases).map((name) => `${name}=${addresses(name)}`);
  const settings = [`CHENGXIN_KEYS=${keys}`, `CHENGXIN_OFFICES=${offices.join(',')}`, ...lines];
  const text = [...settings, ''].join('\n');
  writeFileSync(join(folder, 'commands.env'), text, { mode: 0o600 });
}

/** Trials of backups are made on the embedded server, unless the environment names another. */
function backupsOn({ adminUrl }: CollegeDatabases) {
  const backup = backupSettingsOf(process.env);
  return backup && { backup: { ...(adminUrl && { testUrl: adminUrl }), ...backup } };
}

/** Port of the embedded provider: beside the gateway's, so that logged-in people survive a restart. */
const providerPort = (port: number): number => (port ? port + 1 : 0);

async function startProvider(folder: string, port: number, people: People, limits: Limits) {
  const options = {
    audience: USUAL_AUDIENCE,
    people,
    limits,
    keyFile: join(folder, 'identity-provider.json'),
  };
  try {
    return await startEmbeddedProvider({ ...options, port: providerPort(port) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startEmbeddedProvider({ ...options, port: 0 });
  }
}

/** Start everything; when one part fails, what was started is stopped again. */
export async function startCollege({
  folder,
  port,
  log,
  limits = LIMITS_OF_ONE_CALLER,
  isEmpty = false,
  awaits = () => [],
  corsOrigins = new Set(),
  studentScopes,
  appealDays,
}: CollegeOptions): Promise<College> {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const keys = join(folder, 'keys');
  const definitions = await loadOffices();
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const open = await openDatabases(
      folder,
      definitions.map(({ name }) => name),
    );
    stops.push(open.stop);
    const parts = {
      offices: definitions,
      databases: open.databases,
      keys,
      runsJobs: true,
      // Without a scanner of the college's own: they wait in quarantine.
      files: fileSettingsOf(process.env) ?? { store: { folder: join(folder, 'files') } },
      ...backupsOn(open),
      studentsPerHour: limits.studentsPerHour,
      ...(studentScopes && { studentScopes }),
      ...(appealDays && { appealDays }),
      clock: systemClock,
      log,
    };
    const started = await startOffices(parts);
    stops.push(started.stop);
    await giveFirstAdmins(started, systemClock, isEmpty);
    const { addresses } = started;
    const keyring = await readKeyring(keys, 'gateway');
    const caller = createOfficeCaller({ keyring, clock: systemClock, addresses });
    stops.push(caller.close);
    const people = demoPeople(caller);
    const provider = await startProvider(folder, port, people, limits);
    stops.push(provider.close);
    const { issuer } = provider;
    const front = {
      port,
      issuer,
      audience: USUAL_AUDIENCE,
      secondFactors: new Set([EMBEDDED_ACR]),
      supergraphFile: SUPERGRAPH_FILE,
      corsOrigins,
      limits,
      awaits,
    };
    const actorOf = createActorReader(caller, systemClock);
    const picker = pickerRoutes({ people, actorOf, issuer, audience: USUAL_AUDIENCE });
    const gateway = await startFront(parts, started, front, picker);
    stops.push(gateway.stop);
    writeCommandSettings(folder, keys, open.databases, addresses);
    await writeRunFile({ issuer, gateway: gateway.url, audience: USUAL_AUDIENCE }, folder);
    stops.push(async () => rmSync(join(folder, 'college.json'), { force: true }));
    return { gateway, issuer, audience: USUAL_AUDIENCE, started, definitions, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
