/** The student is notified that nothing is left of his appeal to decide. */
import type { After } from '@chengxin/kit/change/door';
import type { Group } from '@chengxin/kit/privacy/groups';
import { sendNotices } from '../notify/send-notices.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import type { Appeal } from './appeal.entity.js';

export const notifyOfLapse: After<Appeal> = (row, { follow }) => {
  const { id, studentNo, targetGroups, recordId, sanctionId } = row;
  return follow(async (em, now) => {
    await sendNotices(em, now, [
      {
        studentNo,
        kind: 'APPEAL_LAPSED',
        subgraph: 'archive',
        type: 'Appeal',
        id,
        office: STUDENT_AFFAIRS,
        groups: ['APPEALS', ...(targetGroups as Group[])],
        ...(recordId && { recordId }),
        ...(sanctionId && { sanctionId }),
      },
    ]);
  });
};
