/** A college under test: real databases, real HTTP, a fixed clock, one loopback port a part. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOffices } from '@chengxin/college/office-list';
import { startFront, startOffices, type StartedOffices } from '@chengxin/college/parts';
import type { AppealDays, OfficeDatabase } from '@chengxin/kit/server/config';
import { LIMITS_OF_ONE_CALLER, type Limits } from '@chengxin/gateway/limits/settings';
import type { RunningGateway } from '@chengxin/gateway/server';
import { SUPERGRAPH_FILE } from '@chengxin/gateway/supergraph-file';
import { fixedClock } from '@chengxin/kit/clock';
import { cloneDatabase, dropDatabase } from '@chengxin/kit/database/provision';
import { once } from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import type { ImportReport } from '@chengxin/kit/import/report';
import type { FileSettings } from '@chengxin/kit/server/file-settings';
import { createLog, type Log } from '@chengxin/kit/server/log';
import { request } from 'undici';
import { inject } from 'vitest';
import { importFile } from './imports.js';
import { SECOND_FACTOR_ACR, startTestIssuer } from './issuer.js';
import { endOwners } from './owners.js';
import { settle } from './templates.js';

export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

export interface RequestOptions {
  readonly variables?: Record<string, unknown>;
  /** `x-role`, `x-purpose`, `x-case`, `x-reference`. */
  readonly headers?: Record<string, string>;
  /** When the person logged in with a second factor; without one, if not said (F-05). */
  readonly secondFactorAt?: Date | undefined;
}

export interface TestCollege {
  readonly gateway: RunningGateway;
  readonly started: StartedOffices;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly keys: string;
  token(person: string, secondFactorAt?: Date): Promise<string>;
  /** Request of the graph as a person; nobody for somebody without a token. */
  request(person: string | null, query: string, options?: RequestOptions): Promise<Answer>;
  /**
   * Import rows through an office's own import, by its two people, and let the others consume it.
   */
  bring(
    office: string,
    kind: string,
    rows: readonly Record<string, string>[],
    by?: Identity,
  ): Promise<ImportReport>;
  /** Wait until every office has consumed what the others published. */
  settle(): Promise<void>;
  /** The gateway finds an office there from now on; without an address, where it really is. */
  divert(office: string, address?: string): void;
  stop(): Promise<void>;
}

export interface CollegeOptions {
  readonly at?: string;
  readonly supergraphFile?: string;
  /** Limits of requests and their rates; as many as a test likes, when nothing is said. */
  readonly limits?: Limits;
  /** Where uploaded files lie, and who scans them; nowhere and nobody, when nothing is said. */
  readonly files?: FileSettings;
  /** Known operations; those of the product, when nothing is said. */
  readonly operationsFolder?: string;
  /** In which days appeals against sanctions count; calendar days, when nothing is said. */
  readonly appealDays?: AppealDays;
  /** Where the parts log; nowhere, when nothing is said. */
  readonly log?: Log;
}

/**
 * Tests select everything of everybody at once, which no client needs: the limits of one request
 * are only logged, but where they are the subject.
 */
const LIMITS_OF_TESTS: Limits = {
  ...LIMITS_OF_ONE_CALLER,
  warnOnly: new Set([
    'queryLength',
    'tokens',
    'selections',
    'rootFields',
    'aliases',
    'students',
    'calls',
    'officeCost',
    'cost',
  ]),
};

/** Day on which most scenarios of 2026 run. */
const USUAL_AT = '2026-04-12T10:00:00+08:00';

async function cloneAll(names: readonly string[], adminUrl: string) {
  const templates = inject('templates');
  const own = `${templates}_${randomUUID().slice(0, 8)}`;
  const databases: Record<string, OfficeDatabase> = {};
  const made: string[] = [];
  for (const name of names) {
    const template = `${templates}_${name}`;
    const database = `${own}_${name}`;
    await cloneDatabase({ adminUrl, template, database });
    made.push(database);
    const url = (role: 'owner' | 'app') => {
      const address = new URL(adminUrl);
      address.pathname = `/${database}`;
      address.username = `${template}_${role}`;
      address.password = `test-${role}`;
      return address.href;
    };
    databases[name] = { ownerUrl: url('owner'), appUrl: url('app') };
  }
  return { databases, made };
}

const csv = (rows: readonly Record<string, string>[]): string => {
  const heads = Object.keys(rows[0] ?? {});
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [heads, ...rows.map((row) => heads.map((head) => row[head] ?? ''))]
    .map((cells) => cells.map(cell).join(','))
    .join('\n');
};

export async function startCollege(options: CollegeOptions = {}): Promise<TestCollege> {
  const adminUrl = inject('adminUrl');
  const keys = inject('keys');
  const clock = fixedClock(options.at ?? USUAL_AT);
  const log = options.log ?? createLog('test', process.env['LOG_LEVEL'] ?? 'fatal');
  const definitions = await loadOffices();
  const { databases, made } = await cloneAll(
    definitions.map(({ name }) => name),
    adminUrl,
  );
  const { limits = LIMITS_OF_TESTS } = options;
  const { studentsPerHour } = limits;
  const { files, appealDays, operationsFolder } = options;
  const known = { offices: definitions, databases, keys, clock, log, studentsPerHour };
  const parts = { ...known, ...(files && { files }), ...(appealDays && { appealDays }) };
  const started = await startOffices(parts);
  const issuer = await startTestIssuer(clock);
  const elsewhere = new Map<string, string>();
  const addresses = (office: string) => elsewhere.get(office) ?? started.addresses(office);
  const gateway = await startFront(
    parts,
    { ...started, addresses },
    {
      port: 0,
      issuer: issuer.issuer,
      audience: issuer.audience,
      secondFactors: new Set([SECOND_FACTOR_ACR]),
      supergraphFile: options.supergraphFile ?? SUPERGRAPH_FILE,
      limits,
      ...(operationsFolder && { operationsFolder }),
    },
  );
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-files-'));

  return {
    gateway,
    started,
    clock,
    keys,
    token: issuer.token,
    async request(person, query, { variables = {}, headers = {}, secondFactorAt } = {}) {
      const bearer = person
        ? { authorization: `Bearer ${await issuer.token(person, secondFactorAt)}` }
        : {};
      const answer = await request(gateway.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer, ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await answer.body.json()) as Answer;
    },
    async bring(office, kind, rows, by) {
      const file = join(folder, `${randomUUID()}.csv`);
      await writeFile(file, csv(rows));
      const report = await importFile(started, definitions, office, kind, file, by);
      if (report.rejected) throw new Error(`${kind}: ${report.rejected} rows were rejected.`);
      await settle(started);
      return report;
    },
    settle: () => settle(started),
    divert(office, address) {
      if (address) elsewhere.set(office, address);
      else elsewhere.delete(office);
    },
    stop: once(async () => {
      await gateway.stop();
      await started.stop();
      await issuer.stop();
      await rm(folder, { recursive: true });
      await endOwners(Object.values(databases).map(({ ownerUrl }) => ownerUrl));
      for (const database of made) await dropDatabase({ adminUrl, database });
    }),
  };
}
