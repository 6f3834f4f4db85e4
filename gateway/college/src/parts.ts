/** All parts of the product in one process, each on its own loopback port, over real HTTP. */
import type { BackupSettings } from '@chengxin/kit/backup/settings';
import type { Clock } from '@chengxin/kit/clock';
import type { AppealDays, OfficeDatabase } from '@chengxin/kit/server/config';
import type { FileSettings } from '@chengxin/kit/server/file-settings';
import { makeIssuerKeys, readIssuerKeys } from '@chengxin/kit/call/issuer-keys';
import { createKeys, readKeyring } from '@chengxin/kit/call/keyring';
import type { Log } from '@chengxin/kit/server/log';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { startOffice, type RunningOffice } from '@chengxin/kit/server/office';
import type { GatewayConfig } from '@chengxin/gateway/config';
import { isDevelopment } from '@chengxin/gateway/mode';
import { startGateway, type MoreRoutes, type RunningGateway } from '@chengxin/gateway/server';

export interface PartsOptions {
  readonly offices: readonly OfficeDefinition[];
  readonly databases: Readonly<Record<string, OfficeDatabase>>;
  /** Folder of everybody's keys; what lacks is made. */
  readonly keys: string;
  /** Whether the offices run their daily jobs; with a clock that stands still nobody does. */
  readonly runsJobs?: boolean;
  /** Students whom one person may open within an hour. */
  readonly studentsPerHour?: number;
  /** Kinds of study to which the measures apply (G22). */
  readonly studentScopes?: readonly string[];
  /** In which days appeals against sanctions count (L-06). */
  readonly appealDays?: AppealDays;
  /** Where uploaded files lie; without it none is taken. */
  readonly files?: FileSettings;
  /** Where backups lie, and under which key; without it none is written. */
  readonly backup?: BackupSettings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface StartedOffices {
  readonly offices: ReadonlyMap<string, RunningOffice>;
  readonly addresses: (office: string) => string | undefined;
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** Start the offices. They learn each other's addresses as they come up. */
export async function startOffices(options: PartsOptions): Promise<StartedOffices> {
  const { clock, log, keys } = options;
  await createKeys(keys, ['gateway', ...options.offices.map(({ name }) => name)]);
  const started = new Map<string, RunningOffice>();
  const othersKnown = Promise.withResolvers<void>();
  const addresses = (office: string) => started.get(office)?.url;
  const stop = async () => {
    await Promise.all([...started.values()].map((office) => office.stop()));
  };
  try {
    for (const office of options.offices) {
      const database = options.databases[office.name];
      if (!database) throw new Error(`${office.name} has no database.`);
      const running = await startOffice(office, {
        port: 0,
        host: LOOPBACK,
        databaseUrl: database.appUrl,
        ownerUrl: database.ownerUrl,
        keyring: await readKeyring(keys, office.name),
        addresses,
        othersKnown: othersKnown.promise,
        ...(options.files && { files: options.files }),
        ...(options.backup && { backup: options.backup }),
        ...(options.studentsPerHour && { studentsPerHour: options.studentsPerHour }),
        ...(options.studentScopes && { studentScopes: options.studentScopes }),
        ...(options.appealDays && { appealDays: options.appealDays }),
        runsJobs: options.runsJobs ?? false,
        clock,
        log: log.child({ part: office.name }),
      });
      started.set(office.name, running);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  othersKnown.resolve();
  return { offices: started, addresses, stop };
}

type GatewayOptions = Pick<
  GatewayConfig,
  | 'port'
  | 'issuer'
  | 'audience'
  | 'secondFactors'
  | 'supergraphFile'
  | 'corsOrigins'
  | 'limits'
  | 'operationsFolder'
  | 'awaits'
>;

/** Start the gateway in front of started offices. */
export async function startFront(
  options: PartsOptions,
  { addresses }: StartedOffices,
  gateway: GatewayOptions,
  more?: MoreRoutes,
): Promise<RunningGateway> {
  const { clock, log, keys } = options;
  await makeIssuerKeys(keys);
  const config: GatewayConfig = {
    ...gateway,
    host: LOOPBACK,
    keyring: await readKeyring(keys, 'gateway'),
    credentials: readIssuerKeys(keys),
    addresses,
    clock,
    log: log.child({ part: 'gateway' }),
    introspection: isDevelopment(),
  };
  return startGateway(config, more);
}
