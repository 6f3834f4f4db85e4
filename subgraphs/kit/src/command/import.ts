/** The command `npm run import -w @chengxin/<office> -- …`. Source: F-13, G13.2. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readOfficeConfig, type OfficeConfig } from '../config.js';
import { openOrm } from '../database/orm.js';
import { askAuthority } from '../import/authority.js';
import { approve } from '../import/approve.js';
import { readMapping } from '../import/mapping/read-mapping.js';
import { propose } from '../import/propose.js';
import type { ImportReport } from '../import/report.js';
import { digestOf } from '../import/digest.js';
import type { OfficeDefinition, OfficeParts } from '../office.js';
import { Roster } from '../roster.js';
import { loginAs } from './login.js';
import { progressOn } from './progress.js';
import { dataFolder, readRunFile } from './run-file.js';

const EXIT_USAGE = 2;
const EXIT_REFUSED = 1;
const KIB = 1024;

function usage(office: OfficeDefinition): string {
  const kinds = office.imports.map(({ kind }) => kind.name).join(', ');
  return `npm run import -w @chengxin/${office.name} -- <kind> <file.csv|file.xlsx> --as <clerk> [--basis <document>]
    [--map <columns.yaml>] [--dry-run] [--all-or-nothing] [--with-values]
npm run import -w @chengxin/${office.name} -- approve <batch> --as <reviewer>
  kinds: ${kinds}
  --as logs in through the embedded provider of npm start; elsewhere set CHENGXIN_TOKEN.
`;
}

/** The settings that `npm start` left for the commands, under what the environment says. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const file = join(dataFolder(), 'commands.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
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

function say(report: ImportReport): void {
  const { batchId, kind, rows, rejected, rejectedFile, changed, state } = report;
  const lines = [`${kind}: batch ${batchId}, ${rows} rows, ${rejected} rejected, ${state}`];
  if (rejectedFile) lines.push(`rejected rows: ${rejectedFile}`);
  if (changed !== undefined) lines.push(`rows changed: ${changed}`);
  if (state === 'CHECKED') lines.push('A dry run: nothing was kept.');
  if (state === 'REFUSED') lines.push('Nothing was kept, for rows were rejected.');
  if (state === 'PROPOSED')
    lines.push(`A second person approves it: … -- approve ${batchId} --as <reviewer>`);
  const peak = Math.round(process.resourceUsage().maxRSS / KIB);
  lines.push(`peak memory: ${peak} MB`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function withOffice<T>(
  office: OfficeDefinition,
  config: OfficeConfig,
  work: (parts: OfficeParts) => Promise<T>,
): Promise<T> {
  const orm = await openOrm(config.databaseUrl, [Roster, ...office.entities]);
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
      basis: { type: 'string' },
      map: { type: 'string' },
      'dry-run': { type: 'boolean' },
      'all-or-nothing': { type: 'boolean' },
      'with-values': { type: 'boolean' },
    },
  });
  const [what, target] = positionals;
  const job = office.imports.find(({ kind }) => kind.name === what);
  if (!target || (!job && what !== 'approve')) {
    process.stderr.write(usage(office));
    return EXIT_USAGE;
  }
  const mapping = job && values.map && (await readMapping(fromCaller(values.map), job.kind));
  const config = await readOfficeConfig(office.name, office.usualPort, await environment());
  const token = await tokenOf(values.as);
  const gateway = await gatewayAddress();
  const ask = (actions: readonly string[], about: string) =>
    askAuthority(config, gateway, token, { office: office.name, actions, target: about });
  const report = await withOffice(office, config, async (parts) => {
    if (!job) {
      const actions = [...new Set(office.imports.flatMap(({ approval }) => approval ?? []))];
      return approve(parts, office.imports, target, await ask(actions, target));
    }
    const file = fromCaller(target);
    const identity = await ask([job.action], await digestOf(file));
    const progress = progressOn();
    const options = {
      ...(values.basis && { basisDocNo: values.basis }),
      ...(mapping && { mapping }),
      dryRun: values['dry-run'] === true,
      allOrNothing: values['all-or-nothing'] === true,
      withValues: values['with-values'] === true,
      onProgress: progress.read,
    };
    return propose(parts, job, file, identity, options).finally(progress.end);
  });
  say(report);
  return report.state === 'REFUSED' ? EXIT_REFUSED : 0;
}
