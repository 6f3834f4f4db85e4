/** Template databases: migrated, and filled with the people and orgs of DOMAIN §5 by the imports. */
import { mkdtemp, rm, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giveFirstAdmins } from '@chengxin/archive/identity/first-admins';
import { loadOffices } from '@chengxin/college/office-list';
import { startOffices, type StartedOffices } from '@chengxin/college/parts';
import type { OfficeDatabase } from '@chengxin/kit/server/config';
import { fixedClock } from '@chengxin/kit/clock';
import { forkOf } from '@chengxin/kit/database/orm';
import { provisionDatabase } from '@chengxin/kit/database/provision';
import { createLog } from '@chengxin/kit/server/log';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { DEMO_FOLDER } from '@chengxin/college/demo-folder';
import { importFile } from './imports.js';
import { trainAdministrators } from './trainings.js';

/** Instant at which the people of the templates were brought in. */
export const TEMPLATE_AT = '2023-09-01T01:00:00Z';
const PASSWORDS = { owner: 'test-owner', app: 'test-app' };

const CAST: readonly (readonly [office: string, kind: string])[] = [
  ['archive', 'orgs'],
  ['archive', 'staff'],
  ['archive', 'grants'],
  ['archive', 'students'],
];

/** Wait until every office has consumed what the others published. */
export async function settle({ offices }: StartedOffices): Promise<void> {
  for (const office of offices.values()) for (const feed of office.feeds) await feed.settle();
}

async function fill(started: StartedOffices, definitions: readonly OfficeDefinition[]) {
  const archive = started.offices.get('archive');
  if (!archive) throw new Error('There is no archive.');
  await giveFirstAdmins(forkOf(archive.orm), new Date(TEMPLATE_AT), ['T0001', 'T0002']);
  const folder = await mkdtemp(join(tmpdir(), 'chengxin-cast-'));
  for (const [office, kind] of CAST) {
    if (kind === 'grants') await trainAdministrators(archive, new Date(TEMPLATE_AT));
    const file = join(folder, `${kind}.csv`);
    await copyFile(join(DEMO_FOLDER, `${kind}.csv`), file);
    const { rejected } = await importFile(started, definitions, office, kind, file);
    if (rejected) throw new Error(`${kind}: ${rejected} rows were rejected.`);
  }
  await settle(started);
  await rm(folder, { recursive: true });
}

/** Make the template databases of a run; tests clone them. */
export async function makeTemplates(adminUrl: string, prefix: string): Promise<string> {
  const definitions = await loadOffices();
  const databases: Record<string, OfficeDatabase> = {};
  for (const { name } of definitions)
    databases[name] = await provisionDatabase({
      adminUrl,
      database: `${prefix}_${name}`,
      passwords: PASSWORDS,
    });
  const keys = await mkdtemp(join(tmpdir(), 'chengxin-keys-'));
  const log = createLog('templates', 'error');
  const clock = fixedClock(TEMPLATE_AT);
  const started = await startOffices({ offices: definitions, databases, keys, clock, log });
  try {
    await fill(started, definitions);
  } finally {
    await started.stop();
  }
  return keys;
}
