import type { Act } from '@chengxin/kit/change/act';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { execute } from '@chengxin/kit/database/orm';
import { sendNotices, type NoticeOf } from '../notify/send-notices.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import { RepairState, type RepairApplication } from '../procedure/repair-application.entity.js';
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
 * application either, so that no notice speaks of one (T-03); a draft was before nobody.
 */
async function step(row: RepairApplication, { today, follow }: Act) {
  const [record] = await follow((em) => execute<{ state: ConductState }>(em, OVER, [row.id]));
  if (!record) throw new Error('An application that lapses has a record that is over.');
  if (record.state !== ConductState.SEALED && row.state !== RepairState.DRAFT)
    await follow((em, now) => sendNotices(em, now, [noticeOf(row)]));
  return { reason: countsNoMore(record.state, today, ['本申请', 'the application']) };
}

/**
 * One of its records counts no more, so that the application as it is cannot be approved. A draft, which its
 * student may still write anew, ends with the last of them: it would keep that record for ever.
 */
export const lapseRepairs = endingJob({
  name: 'lapseRepairs',
  action: 'repair.lapse',
  noun: repair,
  due: `
    select p.id from repair_application p
      cross join lateral (
        select bool_or(c.state in (${listed(CLOSED_STATES)})) as "some",
          bool_and(c.state in (${listed(CLOSED_STATES)})) as "all"
        from repair_record l join conduct_record c on c.id = l.record_id where l.repair_id = p.id) over
    where coalesce(p.submitted_at, p.recorded_at) <= ?::timestamptz
      and ((p.state in (${listed(OPEN_STATES)}) and over."some") or (p.state = 'DRAFT' and over."all"))
    order by p.student_no, p.id`,
  step,
});
