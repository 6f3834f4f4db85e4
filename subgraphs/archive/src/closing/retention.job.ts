/** Destroys archives whose time is over: all that is held of the student, everywhere (2.4, 3.6, INV-11). */
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { inTurn } from '@chengxin/kit/change/in-turn';
import type { Writer } from '@chengxin/kit/change/writer';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { Job } from '@chengxin/kit/server/jobs';
import { OPEN_APPEALS } from '../appeal/appeal-state.js';
import { storeOf } from '../file/stores.js';
import { account } from '../life-cycle/account/account.noun.js';
import { stateAlone } from '../life-cycle/archive/entry.rules.js';
import { archive } from '../life-cycle/archive.noun.js';
import { lockStudent } from '../lock-order.js';
import { listed } from '../row-groups/row-groups.js';
import { SubjectRequestState } from '../subject-request/subject-request.entity.js';
import { PUBLISH_GONE, putTombstone } from './tombstone.js';

const JOB = 'retention';

interface Over {
  readonly studentNo: string;
  readonly openedOn: string;
  readonly closedOn: string;
}

/**
 * Past the last day on which it is kept, and nothing waits: an appeal or a request that is filed is
 * decided first.
 */
const OVER = `
  select a.student_no as "studentNo", a.opened_on::text as "openedOn", a.closed_on::text as "closedOn"
  from archive a where a.state = 'RETAINED' and a.retention_until < ?::date
    and not exists (select from appeal p
      where p.student_no = a.student_no and p.state in (${listed(OPEN_APPEALS)}))
    and not exists (select from subject_request r
      where r.student_no = a.student_no and r.state = '${SubjectRequestState.FILED}')`;
const ALL = `${OVER} order by 1`;
const ONE = `${OVER} and a.student_no = ?`;

const FILES = `select stored_as as "storedAs" from file where student_no = ?`;

/** The one transaction of an archive, and of the account with it (F-08); answers under which names its files lie, which are unreadable from now on. */
async function destroy(writer: Writer, studentNo: string): Promise<readonly string[]> {
  const { em, now, today, keyring } = writer;
  await lockStudent(em, studentNo);
  // An appeal may have been filed since.
  const [over] = await execute<Over>(em, ONE, [today, studentNo]);
  if (!over) return [];
  const { openedOn, closedOn } = over;
  await changeByJob(writer, 'account.close', account, studentNo, () => ({}));
  await changeByJob(writer, 'archive.destroy', archive, studentNo, stateAlone);
  const files = await execute<{ storedAs: string }>(em, FILES, [studentNo]);
  await execute(em, PUBLISH_GONE, [now, studentNo, now, studentNo]);
  await putTombstone(em, keyring, { studentNo, openedOn, closedOn, destroyedOn: today });
  await execute(em, 'select destroy_archive(?)', [studentNo]);
  return files.map(({ storedAs }) => storedAs);
}

const found = (em: EntityManager, at: Date): Promise<Over[]> => execute<Over>(em, ALL, [dayOf(at)]);

export const retention: Job = {
  name: JOB,
  cron: '50 2 * * *',
  erases: true,
  async run(office, at) {
    const over = await found(forkOf(office.orm), at);
    const left: string[] = [];
    await inTurn(office, { job: JOB, at, found: over, atOnce: 1 }, async (writer, archives) => {
      for (const { studentNo } of archives) left.push(...(await destroy(writer, studentNo)));
    });
    const { files } = office.config;
    if (!files || !left.length) return;
    const store = await storeOf(files);
    for (const name of left) await store.remove(name);
  },
};
