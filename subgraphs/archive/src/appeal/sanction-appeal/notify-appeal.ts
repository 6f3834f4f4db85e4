/** The student is notified of the committee's conclusion, from which the time to go on runs (L-06). */
import type { After } from '@chengxin/kit/change/door';
import { sendNotices } from '../../notify/send-notices.js';
import type { Appeal } from '../appeal.entity.js';
import { COMMITTEE } from './sanction-appeal.rules.js';

export const notifyOfConclusion: After<Appeal> = ({ id, studentNo, sanctionId = '' }, { follow }) =>
  follow((em, now) =>
    sendNotices(em, now, [
      {
        studentNo,
        kind: 'SANCTION_APPEAL',
        subgraph: 'archive',
        type: 'Appeal',
        id,
        office: COMMITTEE,
        groups: ['APPEALS', 'SANCTION_FILES'],
        sanctionId,
      },
    ]),
  );
