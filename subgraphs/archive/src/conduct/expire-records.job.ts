/** Records whose last day has passed end by themselves (4.5, L-17, INV-06). */
import type { After } from '@chengxin/kit/change/door';
import { changeByJob } from '@chengxin/kit/change/change-by-job';
import { jobWriter } from '@chengxin/kit/change/writer';
import { dayOf } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { countingRecords } from '../credit/credit-facts.js';
import { hasExpired } from '../credit/line.rules.js';
import { readRuleBook } from '../credit/rule-book.js';
import { endWithoutGrounds } from '../supervision/end-without-grounds.js';
import type { ConductRecord } from './conduct-record.entity.js';
import { conductRecord } from './conduct-record.noun.js';
import { followRecords } from './follow.js';

const NAME = 'expireRecords';
/** Students whose records are read at once. */
const AT_ONCE = 1000;

const STUDENTS = `
  select distinct student_no as "studentNo" from conduct_record
  where state in ('ACTIVE', 'MITIGATED') order by 1`;

/** Those of some students' records that are past their last day. */
async function over(em: EntityManager, at: Date, studentNos: readonly string[]) {
  const book = await readRuleBook(em);
  const on = dayOf(at);
  const records = await countingRecords(em, at, studentNos);
  return records.filter((record) => hasExpired(book.inForceOn(on), book.bad(record, on), on));
}

const ended: After<ConductRecord> = ({ id }, act) => endWithoutGrounds(act, [id]);

/** The records of one student that are over, in one transaction with his credit. */
const expireOf = ({ orm, config }: OfficeParts, at: Date, studentNo: string) =>
  withRetries(() =>
    forkOf(orm).transactional(async (inner) => {
      const em = inner as EntityManager;
      const writer = jobWriter(NAME, { em, keyring: config.keyring, at });
      for (const { recordId } of await over(em, at, [studentNo]))
        await changeByJob(writer, 'conduct.expire', conductRecord, recordId, () => ({}), ended);
      await followRecords(em, at, [studentNo]);
    }),
  );

/** Five minutes into each day, before the credit of all is computed anew. */
export const expireRecords: Job = {
  name: NAME,
  cron: '5 0 * * *',
  async run(office, at) {
    const rows = await execute<{ studentNo: string }>(forkOf(office.orm), STUDENTS);
    const all = rows.map(({ studentNo }) => studentNo);
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const expired = await over(forkOf(office.orm), at, all.slice(from, from + AT_ONCE));
      const students = new Set(expired.map(({ studentNo }) => studentNo));
      for (const studentNo of students) await expireOf(office, at, studentNo);
    }
  },
};
