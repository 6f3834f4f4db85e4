import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type RowAccess, type StudentRows } from '@chengxin/kit/read/rows';
import { Consent, ConsentPurpose } from './consent.entity.js';
import { ReportToken } from './report-token.entity.js';

/** `OWN_PROVIDER`: given to the institution that calls. */
const ownProvider = ({ identity }: RowAccess) => ({ recipientUscc: { $in: [...identity.orgs] } });

const isEmployer = ({ identity }: RowAccess): boolean => identity.role === 'EMPLOYER_TOKEN';
/** Number of the token that the request names; of none, nothing. */
const ownTokens = ({ identity }: RowAccess): string[] =>
  identity.reference ? [identity.reference] : [];

/** Note 7: no employer sees what a student gave to others, banks above all. */
const ownReport = (_: Context, access: RowAccess) =>
  isEmployer(access) ? { tokenIds: { $overlap: ownTokens(access) } } : {};
const ownToken = (_: Context, access: RowAccess) =>
  isEmployer(access) ? { id: { $in: ownTokens(access) } } : {};

/** Consents of a student, the latest first. */
export const consentRows: StudentRows<Consent> = {
  entity: Consent,
  group: 'CONSENTS',
  predicates: {
    // Note 28: no row discloses a provider or an employer to the school.
    SCHOOL_CONSENTS: () => ({
      $or: [{ purpose: ConsentPurpose.MODEL_CASE }, { namesSchool: true }],
    }),
    OWN_PROVIDER: ownProvider,
  },
  where: ownReport,
  orderBy: { grantedAt: 'desc', consentId: 'asc' },
};
export const consentsOf = studentRows(consentRows);

/**
 * Report tokens of a student, the latest first. They name employers, whom the school does not see.
 */
export const reportTokenRows: StudentRows<ReportToken> = {
  entity: ReportToken,
  group: 'CONSENTS',
  predicates: { SCHOOL_CONSENTS: () => ({ id: { $in: [] } }), OWN_PROVIDER: ownProvider },
  where: ownToken,
  orderBy: { issuedAt: 'desc', id: 'asc' },
};
export const reportTokensOf = studentRows(reportTokenRows);
