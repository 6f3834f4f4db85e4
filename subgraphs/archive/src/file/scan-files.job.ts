/** Has files that wait in quarantine scanned; without a scanner they wait for ever (F-14). */
import { openBytes } from '@chengxin/kit/call/crypto';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { jobWriter } from '@chengxin/kit/change/writer';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import {
  boundToFile,
  destroyKey,
  keyOfFile,
  markScanned,
  markTried,
  quarantined,
  type StoredFile,
} from './file.loader.js';
import type { FileStore } from './file-store.js';
import { scan, type Finding } from './scanner.js';
import { storeOf } from './stores.js';

const NAME = 'scanFiles';
const EVERY_MINUTE = '* * * * *';
/** Files of one run; the next one is a minute later. */
const AT_ONCE = 100;

/** What was found stands in the file and in the log; of an infected one nothing stays but that. */
async function keep(
  { orm, config: { keyring } }: OfficeParts,
  store: FileStore,
  { id, storedAs }: StoredFile,
  finding: Finding,
  at: Date,
): Promise<void> {
  await forkOf(orm).transactional(async (inner) => {
    const em = inner as EntityManager;
    if (!(await markScanned(em, id, finding, at))) return;
    if (finding === 'INFECTED') await destroyKey(em, id);
    const writer = jobWriter(NAME, { em, keyring, at });
    const target = { type: 'File', id };
    const after = { state: finding };
    await appendLine(writer, { action: 'file.scan', target, studentNo: undefined, after });
  });
  if (finding === 'INFECTED') await store.remove(storedAs);
}

/** A file in the clear; undefined for one whose bytes are gone. */
async function bytesOf(
  { config: { keyring } }: OfficeParts,
  store: FileStore,
  file: StoredFile,
): Promise<Buffer | undefined> {
  const key = keyOfFile(keyring, file);
  const sealed = await store.get(file.storedAs);
  return key && sealed && openBytes(key, sealed, boundToFile(file.id));
}

export const scanFiles: Job = {
  name: NAME,
  cron: EVERY_MINUTE,
  async run(office, at) {
    const { files, log } = office.config;
    if (!files?.scanner) return;
    const store = await storeOf(files);
    for (const file of await quarantined(forkOf(office.orm), AT_ONCE)) {
      const bytes = await bytesOf(office, store, file);
      const finding = bytes && (await scan(files.scanner, bytes));
      if (finding) {
        await keep(office, store, file, finding, at);
        continue;
      }
      log.warn({ file: file.id }, 'a file stays in quarantine');
      await markTried(forkOf(office.orm), file.id, at);
    }
  },
};
