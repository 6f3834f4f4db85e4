import { studentRows, type StudentRows } from '@chengxin/kit/read/rows';
import { inAppealCase } from '../case/appealed.js';
import { groupsOpenOfMatter } from '../row-groups/row-groups.predicates.js';
import { childrenOf } from '../children.loader.js';
import { NoticeDelivery } from './notice-delivery.entity.js';
import { Notice } from './notice.entity.js';
import { ownDomainNotices, ownMatterNotices } from './notice.predicates.js';

/** Notices to a student, the latest first; each takes the groups of its subject as well. */
export const noticeRows: StudentRows<Notice> = {
  entity: Notice,
  group: 'NOTICES',
  predicates: {
    TARGET_ALLOWED: groupsOpenOfMatter<Notice>('subjectOffice'),
    OWN_MATTER: ownMatterNotices,
    OWN_DOMAIN: ownDomainNotices,
    APPEALED: ({ identity }) => inAppealCase(identity),
  },
  orderBy: { sentAt: 'desc', id: 'asc' },
};
export const noticesOf = studentRows(noticeRows);

/** How the channels beside the portal went, of many notices at once. */
export const deliveriesOf = childrenOf(NoticeDelivery, 'noticeId', { channel: 'asc' });
