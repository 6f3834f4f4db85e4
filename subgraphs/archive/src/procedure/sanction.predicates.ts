/** The row conditions of sanctions, each a pure where-clause (DOMAIN 3.4b). */
import { shownTo } from '@chengxin/kit/privacy/verdict';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { matterOfficeOf } from '../org/own-office.js';
import { IN_FORCE_STATES } from './sanction-state.js';

/** `OWN_MATTER`: it follows a fact of the caller's office (note 10). */
export const ownSanctions = ({ identity }: RowAccess) => ({
  sourceOffice: matterOfficeOf(identity.role) ?? '',
});

/** Who sees only that a sanction is in force sees those in force alone (3.5 PARTY, masks.csv). */
export const sanctionInForce = ({ identity }: RowAccess) =>
  shownTo(identity.role, 'SANCTION_FILES', 'Sanction', 'state') === 'FLAG'
    ? { state: { $in: IN_FORCE_STATES } }
    : {};
