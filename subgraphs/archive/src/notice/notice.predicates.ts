/** The row conditions of notices, each a pure where-clause (DOMAIN 3.4b). */
import type { RowAccess, RowPredicate } from '@chengxin/kit/read/rows';
import { matterOfficeOf } from '../org/own-office.js';
import type { Notice } from './notice.entity.js';

/** `OWN_MATTER`: about a matter of the caller's office (note 10). */
export const ownMatterNotices: RowPredicate<Notice> = ({ identity }: RowAccess) => ({
  subjectOffice: matterOfficeOf(identity.role) ?? '',
});

/** `OWN_DOMAIN`: about a submission, or a matter of the discipline office (note 12). */
export const ownDomainNotices: RowPredicate<Notice> = ({ identity }: RowAccess) => ({
  $or: [
    { subjectOffice: matterOfficeOf(identity.role) ?? '' },
    { subjectGroups: { $contains: ['SUBMISSIONS'] } },
  ],
});
