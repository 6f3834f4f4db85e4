import type { Act } from '@chengxin/kit/change/act';
import { endingJob } from '@chengxin/kit/change/ending-job';
import { execute } from '@chengxin/kit/database/orm';
import { conductRecord } from '../conduct/conduct-record.noun.js';
import { listed } from '../row-groups/row-groups.js';
import { CLOSED_STATES, ConductState } from '../rules/conduct-state.js';
import { countsNoMore } from '../rules/counts-no-more.rules.js';
import { OPEN_APPEALS } from './appeal-state.js';
import type { Appeal } from './appeal.entity.js';
import { appeal } from './appeal.noun.js';
import { lapsed } from './lapse.rules.js';
import { notifyOfLapse } from './notify-lapse.js';

interface Target {
  readonly state: ConductState;
  readonly disputed: boolean;
}
const STATE = `select state, disputed from conduct_record where id = ?::uuid`;

/**
 * Its record is disputed no more, and the appeal says why nothing is decided. Of what is sealed its
 * student reads no appeal either, so that no notice speaks of one (T-03).
 */
async function step(row: Appeal, act: Act) {
  const { recordId = '' } = row;
  const { today, also, follow } = act;
  const [record] = await follow((em) => execute<Target>(em, STATE, [recordId]));
  if (!record) throw new Error('An appeal that lapses has a record.');
  if (record.disputed) await also(conductRecord, recordId, () => ({ disputed: false }));
  if (record.state !== ConductState.SEALED) await notifyOfLapse(row, act);
  return lapsed(countsNoMore(record.state, today, ['本申诉', 'the appeal']), today);
}

/**
 * Whatever ended the record, a decision, the end of its time, or what an office published: its row is
 * shut to whoever would decide on the appeal, and stays as long as one is open (L-04).
 */
export const lapseAppeals = endingJob({
  name: 'lapseAppeals',
  action: 'appeal.lapse',
  noun: appeal,
  due: `
    select p.id from appeal p join conduct_record c on c.id = p.record_id
    where p.state in (${listed(OPEN_APPEALS)}) and p.kind <> 'SANCTION'
      and p.filed_at <= ?::timestamptz and c.state in (${listed(CLOSED_STATES)})
    order by p.student_no, p.id`,
  step,
});
