/** `start`, `import` and `migration` of an office that runs as a process of its own. */
import { importCommand } from '../command/import.js';
import { readOfficeConfig } from './config.js';
import { prepareDatabase, startOffice, type OfficeDefinition } from './office.js';
import { untilStopped } from './signals.js';

async function start(office: OfficeDefinition): Promise<void> {
  const running = await startOffice(office, await readOfficeConfig(office.name, office.usualPort));
  await untilStopped();
  await running.stop();
}

async function applyMigrations(office: OfficeDefinition): Promise<void> {
  const config = await readOfficeConfig(office.name, office.usualPort);
  const applied = await prepareDatabase(office, config);
  process.stdout.write(applied.length ? `${applied.join('\n')}\n` : 'Nothing to migrate.\n');
}

/** Do what the command line says; without a word, start. */
export async function runOffice(office: OfficeDefinition): Promise<void> {
  const [command = 'start', ...args] = process.argv.slice(2);
  try {
    if (command === 'start') await start(office);
    else if (command === 'import') process.exitCode = await importCommand(office, args);
    else if (command === 'migration') await applyMigrations(office);
    else throw new Error(`There is no command ${command}; use start, import or migration.`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
