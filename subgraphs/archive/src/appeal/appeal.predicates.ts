/** The row conditions of appeals, each a pure where-clause (DOMAIN 3.4b). */
import type { RowAccess, RowPredicate } from '@chengxin/kit/read/rows';
import { officeOf } from '../org/own-office.js';
import type { Appeal } from './appeal.entity.js';

/** `OWN_FACT`: against a fact of the caller's office, or of the provider who calls (note 18). */
export const ownFact: RowPredicate<Appeal> = ({ identity }: RowAccess) =>
  identity.role === 'TPC_INST'
    ? { targetProvider: { $in: [...identity.orgs] } }
    : { targetOffice: officeOf(identity.role) ?? '' };

/** `APPEALED`: the appeal of the committee's case (note 23). */
export const ownCase: RowPredicate<Appeal> = ({ identity }: RowAccess) => ({
  caseId: identity.caseId ?? '',
});
