/** The command `npm run import -w @chengxin/<office> -- …`. Source: F-13, G13.2. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readWorkConfig, type WorkConfig } from '../server/config.js';
import { openForWork } from '../database/orm.js';
import { fault } from '../errors.js';
import { requestAuthorization } from '../import/authority.js';
import { approve, review } from '../import/approve.js';
import { encodingNamed } from '../import/encoding.js';
import { readMapping } from '../import/mapping/read-mapping.js';
import { propose } from '../import/propose.js';
import type { OfficeDefinition } from '../server/office-definition.js';
import type { OfficeParts } from '../server/office-parts.js';
import { loginAs } from './login.js';
import { progressOn } from './progress.js';
import {
  approveBatch,
  bringFile,
  listBatches,
  showBatch,
  type Through,
} from './import-over-http.js';
import { batchText, listText, reportText } from './report-text.js';
import { readCommandSettings, readRunFile } from './run-file.js';

const EXIT_USAGE = 2;
const EXIT_REFUSED = 1;

function usage(office: OfficeDefinition): string {
  const kinds = office.imports.map(({ kind }) => kind.name).join(', ');
  return `npm run import -w @chengxin/${office.name} -- <kind> <file.csv|file.xlsx> --as <clerk> [--basis <document>]
    [--map <columns.yaml>] [--encoding utf-8|gb18030] [--empty-clears <field>,<field>]
    [--dry-run] [--all-or-nothing] [--with-values]
npm run import -w @chengxin/${office.name} -- approve <batch> --as <reviewer> --reason <why>
npm run import -w @chengxin/${office.name} -- approve <batch> --as <reviewer> --dry-run
npm run import -w @chengxin/${office.name} -- --list --as <who>
npm run import -w @chengxin/${office.name} -- --show <batch> --as <who>
  kinds: ${kinds}
  --as logs in through the embedded provider of npm start; elsewhere set CHENGXIN_TOKEN.
  经网关导入，不需要数据库地址 Through the gateway (CHENGXIN_GATEWAY), no database address is needed;
  larger files than 32 MiB: with ${office.name.toUpperCase()}_DATABASE_URL and CHENGXIN_KEYS.
`;
}

async function tokenOf(person: string | undefined): Promise<string> {
  const token = process.env['CHENGXIN_TOKEN'];
  if (!person && token) return token;
  if (!person) throw new Error('Say who imports: --as <staff number>, or set CHENGXIN_TOKEN.');
  return loginAs({ ...(await readRunFile()), person });
}

async function gatewayAddress(): Promise<string> {
  return process.env['CHENGXIN_GATEWAY'] ?? (await readRunFile()).gateway;
}

/** Whoever has the office's database works on it; everybody else through the gateway. */
const hasDatabase = ({ name }: OfficeDefinition): boolean =>
  Boolean(process.env[`${name.toUpperCase()}_DATABASE_URL`]);

const throughGateway = async (
  office: OfficeDefinition,
  person: string | undefined,
): Promise<Through> => ({
  office,
  token: await tokenOf(person),
  gateway: await gatewayAddress(),
});

interface FileValues {
  readonly basis?: string | undefined;
  readonly map?: string | undefined;
  readonly encoding?: string | undefined;
  readonly 'empty-clears'?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
  readonly 'all-or-nothing'?: boolean | undefined;
  readonly 'with-values'?: boolean | undefined;
}

/** Bring a file through the gateway, and say what became of it. */
async function bring(
  through: Through,
  kind: string,
  file: string,
  values: FileValues,
): Promise<number> {
  const report = await bringFile(through, kind, fromCaller(file), {
    basis: values.basis,
    encoding: values.encoding,
    emptyClears: values['empty-clears'],
    map: values.map && fromCaller(values.map),
    dryRun: values['dry-run'] === true,
    allOrNothing: values['all-or-nothing'] === true,
    withValues: values['with-values'] === true,
  });
  process.stdout.write(reportText(report));
  return report.state === 'REFUSED' ? EXIT_REFUSED : 0;
}

async function withOffice<T>(
  config: WorkConfig,
  work: (parts: OfficeParts) => Promise<T>,
): Promise<T> {
  const orm = await openForWork(config.databaseUrl);
  try {
    return await work({ orm, config });
  } finally {
    await orm.close();
  }
}

/** Where npm was called: it runs a workspace's command in the folder of that workspace. */
const fromCaller = (file: string): string => resolve(process.env['INIT_CWD'] ?? '.', file);

/**
 * Run the command.
 *
 * @returns Exit code: 0, or 2 for a command line that says nothing to do.
 */
export async function importCommand(office: OfficeDefinition, args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      reason: { type: 'string' },
      help: { type: 'boolean' },
      basis: { type: 'string' },
      map: { type: 'string' },
      'dry-run': { type: 'boolean' },
      'all-or-nothing': { type: 'boolean' },
      'with-values': { type: 'boolean' },
      encoding: { type: 'string' },
      'empty-clears': { type: 'string' },
      list: { type: 'boolean' },
      show: { type: 'string' },
    },
  });
  const [what, target] = positionals;
  const job = office.imports.find(({ kind }) => kind.name === what);
  if (values.help) {
    process.stdout.write(usage(office));
    return 0;
  }
  if (values.list || values.show) {
    const through = await throughGateway(office, values.as);
    const text = values.show
      ? batchText(await showBatch(through, values.show))
      : listText(await listBatches(through));
    process.stdout.write(text);
    return 0;
  }
  const isApproval = !job && values['dry-run'] !== true;
  if (what === 'approve' && isApproval && !values.reason?.trim())
    throw fault('VALIDATION', '--reason: 请说明理由。 Give a reason.');
  if (!target || (!job && what !== 'approve')) {
    process.stderr.write(usage(office));
    return EXIT_USAGE;
  }
  const encoding = encodingNamed(values.encoding);
  const mapping = job && values.map && (await readMapping(fromCaller(values.map), job.kind));
  if (!hasDatabase(office)) {
    const through = await throughGateway(office, values.as);
    if (job) return bring(through, job.kind.name, target, values);
    const batch = isApproval
      ? await approveBatch(through, target, values.reason ?? '')
      : await showBatch(through, target);
    process.stdout.write(batchText(batch));
    return 0;
  }
  readCommandSettings();
  const config = await readWorkConfig(office.name);
  const token = await tokenOf(values.as);
  const gateway = await gatewayAddress();
  const authorize = (actions: readonly string[], about: string) =>
    requestAuthorization(config, gateway, token, { office: office.name, actions, target: about });
  const report = await withOffice(config, async (parts) => {
    if (!job) {
      const actions = [...new Set(office.imports.flatMap(({ approval }) => approval ?? []))];
      const identity = await authorize(actions, target);
      return isApproval
        ? approve(parts, office.imports, target, identity, values.reason)
        : review(parts, office.imports, target, identity);
    }
    const file = fromCaller(target);
    const progress = progressOn();
    const options = {
      ...(values.basis && { basisDocNo: values.basis }),
      ...(mapping && { mapping }),
      ...(encoding && { encoding }),
      emptyClears: (values['empty-clears'] ?? '').split(',').filter((name) => name.trim() !== ''),
      dryRun: values['dry-run'] === true,
      allOrNothing: values['all-or-nothing'] === true,
      withValues: values['with-values'] === true,
      onProgress: progress.read,
    };
    return propose(parts, job, file, (digest) => authorize([job.action], digest), options).finally(
      progress.end,
    );
  });
  process.stdout.write(reportText(report, { isReview: !job && values['dry-run'] === true }));
  return report.state === 'REFUSED' ? EXIT_REFUSED : 0;
}
