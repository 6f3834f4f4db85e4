/** The row conditions of commitments, each a pure where-clause (DOMAIN 3.4b). */
import type { Identity } from '@chengxin/kit/call/identity';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { matterOfficeOf, officeOf } from '../org/own-office.js';
import { CommitmentMatter, CommitmentState } from './commitment-matter.js';
import { TemplateState } from './commitment-template.entity.js';

/** For those who have no office: no row. */
const NO_OFFICE = '';

/** `OWN_MATTER`: the matter is of the caller's office (note 10). */
export const ownMatter = ({ identity }: RowAccess) => ({
  ownerOffice: matterOfficeOf(identity.role) ?? NO_OFFICE,
});

/** `OWN_MATTER` of checks: the caller's office checked. */
export const ownOfficeChecks = ({ identity }: RowAccess) => ({
  checkedBy: matterOfficeOf(identity.role) ?? NO_OFFICE,
});

/** A student reads what is reported of him from his notice on (`FROM_NOTIFIED`, note 29). */
export const breachNotified = () => ({ isNotified: true });

/** A report that proved unfounded, or whose breach was rectified, is closed (3.2). */
export const breachOpen = ({ opens }: RowAccess) =>
  opens('CLOSED_CONDUCT')
    ? {}
    : { state: { $nin: [CommitmentState.CLEARED, CommitmentState.FULFILLED] } };

/** What is promised for aid also takes LOANS_AND_AID (3.2). */
export const aidOpen = ({ opens }: RowAccess) =>
  opens('LOANS_AND_AID') ? {} : { matter: { $ne: CommitmentMatter.AID } };

/** A draft is for its owner office alone; what was published stays readable. */
export const publishedOrOwn = ({ role }: Pick<Identity, 'role'>) => ({
  $or: [{ state: { $ne: TemplateState.DRAFT } }, { ownerOffice: officeOf(role) ?? NO_OFFICE }],
});
