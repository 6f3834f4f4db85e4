/** People and places for a college that runs as a process of its own. */
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { office as archive } from '@chengxin/archive/office';
import { DEMO_FOLDER } from '@chengxin/college/demo-folder';
import { readWorkConfig } from '@chengxin/kit/server/config';
import { WORK } from '@chengxin/kit/database/deadlines';
import { openOrm } from '@chengxin/kit/database/orm';
import { Roster } from '@chengxin/kit/read/roster';
import { importFile } from '../support/imports.js';
import { trainAdministrators } from '../support/trainings.js';

/** @param folder  Data folder of the college, in which the import commands find their settings. */
export async function fillArchive(folder: string, kinds: readonly string[]): Promise<void> {
  const settings = parseEnv(await readFile(join(folder, 'commands.env'), 'utf8'));
  const config = await readWorkConfig(archive.name, settings);
  const orm = await openOrm(config.databaseUrl, [Roster, ...archive.entities], WORK);
  const started = { offices: new Map([[archive.name, { orm, config }]]) };
  try {
    for (const kind of kinds) {
      if (kind === 'grants') await trainAdministrators({ orm }, config.clock.now());
      const file = join(folder, `${kind}.csv`);
      await copyFile(join(DEMO_FOLDER, `${kind}.csv`), file);
      await importFile(started, [archive], archive.name, kind, file);
    }
  } finally {
    await orm.close();
  }
}
