/** What an office that runs as a process of its own does at its command line. */
import { dirname } from 'node:path';
import { auditCommand } from '../command/audit.js';
import { importCommand } from '../command/import.js';
import { provisionCommand } from '../command/provision.js';
import { restoreCommand } from '../command/restore.js';
import { readCommandSettings } from '../command/run-file.js';
import { openForWork } from '../database/orm.js';
import { readOfficeConfig, readWorkConfig } from './config.js';
import { readEnvFiles } from './env-files.js';
import type { OfficeDefinition } from './office-definition.js';
import { prepareDatabase, startOffice } from './office.js';
import type { OfficeParts } from './office-parts.js';
import { untilStopped } from './signals.js';

/** A command that one office alone has; answers the exit code. */
export type OfficeCommand = (office: OfficeParts, args: readonly string[]) => Promise<number>;
type Command = (args: string[]) => Promise<number>;

async function start(office: OfficeDefinition): Promise<number> {
  const running = await startOffice(office, await readOfficeConfig(office.name, office.usualPort));
  await untilStopped();
  await running.stop();
  return 0;
}

async function applyMigrations(office: OfficeDefinition): Promise<number> {
  const config = await readOfficeConfig(office.name, office.usualPort);
  const applied = await prepareDatabase(office, config);
  process.stdout.write(applied.length ? `${applied.join('\n')}\n` : 'Nothing to migrate.\n');
  return 0;
}

async function audit(office: OfficeDefinition, args: readonly string[]): Promise<number> {
  readCommandSettings();
  return auditCommand(office, args);
}

/** Run a command of an office's own on its database. */
const onDatabase =
  ({ name }: OfficeDefinition, command: OfficeCommand): Command =>
  async (args) => {
    const config = await readWorkConfig(name);
    const orm = await openForWork(config.databaseUrl);
    try {
      return await command({ orm, config }, args);
    } finally {
      await orm.close();
    }
  };

function commandsOf(office: OfficeDefinition, own: Readonly<Record<string, OfficeCommand>>) {
  const theirs = Object.entries(own).map(
    ([name, command]) => [name, onDatabase(office, command)] as const,
  );
  return new Map<string, Command>([
    ['start', () => start(office)],
    ['import', (args) => importCommand(office, args)],
    ['migration', () => applyMigrations(office)],
    ['audit', (args) => audit(office, args)],
    ['provision', (args) => provisionCommand(office, args)],
    ['restore', (args) => restoreCommand(office, args)],
    ...theirs,
  ]);
}

/**
 * Do what the command line says; without a word, start.
 *
 * @param own  Commands that this office alone has.
 */
export async function runOffice(
  office: OfficeDefinition,
  own: Readonly<Record<string, OfficeCommand>> = {},
): Promise<void> {
  const [name = 'start', ...args] = process.argv.slice(2);
  const commands = commandsOf(office, own);
  try {
    readEnvFiles(dirname(office.migrations));
    const command = commands.get(name);
    if (!command)
      throw new Error(
        `There is no command ${name}; use one of ${[...commands.keys()].join(', ')}.`,
      );
    process.exitCode = await command(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
