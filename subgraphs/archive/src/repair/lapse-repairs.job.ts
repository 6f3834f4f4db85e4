import type { Act } from '@chengxin/kit/change/act';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { execute } from '@chengxin/kit/database/orm';
import { sendNotices, type NoticeOf } from '../notify/send-notices.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import type { RepairApplication } from '../procedure/repair-application.entity.js';
import { listed } from '../row-groups/row-groups.js';
import { CLOSED_STATES, ConductState } from '../rules/conduct-state.js';
import { countsNoMore } from '../rules/counts-no-more.rules.js';
import { OPEN_STATES } from './repair-facts.loader.js';
import { repair } from './repair.noun.js';

const OVER = `
  select c.state from repair_record l join conduct_record c on c.id = l.record_id
  where l.repair_id = ?::uuid and c.state in (${listed(CLOSED_STATES)}) 
  order by c.state = '${ConductState.SEALED}' desc, c.id limit 1`;

const noticeOf = ({ id, studentNo }: RepairApplication): NoticeOf => ({
  studentNo,
  kind: 'REPAIR_LAPSED',
  subgraph: 'archive',
  type: 'RepairApplication',
  id,
  office: STUDENT_AFFAIRS,
  groups: ['REPAIRS'],
});

/**
 * No refusal: the student applies at once for what still counts. Of what is sealed he reads no
 * application either, so that no notice speaks of one (T-03).
 */
async function step(row: RepairApplication, { today, follow }: Act) {
  const [record] = await follow((em) => execute<{ state: ConductState }>(em, OVER, [row.id]));
  if (!record) throw new Error('An application that lapses has a record that is over.');
  if (record.state !== ConductState.SEALED)
    await follow((em, now) => sendNotices(em, now, [noticeOf(row)]));
  return { reason: countsNoMore(record.state, today, ['本申请', 'the application']) };
}

/** One of its records counts no more, so that the application as it is cannot be approved. */
export const lapseRepairs = endingJob({
  name: 'lapseRepairs',
  action: 'repair.lapse',
  noun: repair,
  due: `
    select p.id from repair_application p
    where p.state in (${listed(OPEN_STATES)}) and p.submitted_at <= ?::timestamptz
      and exists (select from repair_record l join conduct_record c on c.id = l.record_id
        where l.repair_id = p.id and c.state in (${listed(CLOSED_STATES)}))
    order by p.student_no, p.id`,
  step,
});
