import { endingJob } from '@chengxin/kit/change/ending-job';
import { SanctionState } from '../../procedure/sanction-state.js';
import { listed } from '../../row-groups/row-groups.js';
import { OPEN_APPEALS } from '../appeal-state.js';
import { lapsed } from '../lapse.rules.js';
import { notifyOfLapse } from '../notify-lapse.js';
import { endCase } from './committee-case.js';
import { sanctionAppeal } from './sanction-appeal.noun.js';

const ANNULLED = '所申诉的处分已撤销，本申诉无须再作决定';
const ANNULLED_EN = 'The sanction was annulled: nothing is left of the appeal to decide';

/** The school annulled a sanction on what the committee said, or because nothing that it rests on counts. */
export const lapseSanctionAppeals = endingJob({
  name: 'lapseSanctionAppeals',
  action: 'sanctionAppeal.lapse',
  noun: sanctionAppeal,
  due: `
    select p.id from appeal p join sanction s on s.id = p.sanction_id
    where p.state in (${listed(OPEN_APPEALS)}) and p.filed_at <= ?::timestamptz
      and s.state = '${SanctionState.ANNULLED}'
    order by p.student_no, p.id`,
  step: async ({ caseId }, { today, follow }) => {
    if (caseId) await follow((em) => endCase(em, caseId));
    return lapsed(`${ANNULLED}（${today}）。 ${ANNULLED_EN} (${today}).`, today);
  },
  after: notifyOfLapse,
});
