import type { Context } from '@chengxin/kit/call/context';
import { studentRows, type RowAsk } from '@chengxin/kit/read/rows';
import { Consent, ConsentPurpose } from './consent.entity.js';
import { ReportToken } from './report-token.entity.js';

/** `OWN_PROVIDER`: given to the asking institution. */
const ownProvider = ({ identity }: RowAsk) => ({ recipientUscc: { $in: [...identity.orgs] } });

const isEmployer = ({ identity }: RowAsk): boolean => identity.role === 'EMPLOYER_TOKEN';
/** Number of the token that the request names; of none, nothing. */
const ownTokens = ({ identity }: RowAsk): string[] =>
  identity.reference ? [identity.reference] : [];

/** Note 7: no employer hears of what a student gave to others, banks above all. */
const ownReport = (_: Context, ask: RowAsk) =>
  isEmployer(ask) ? { tokenIds: { $overlap: ownTokens(ask) } } : {};
const ownToken = (_: Context, ask: RowAsk) =>
  isEmployer(ask) ? { id: { $in: ownTokens(ask) } } : {};

/** Consents of a student, the latest first. */
export const consentsOf = studentRows<Consent>({
  entity: Consent,
  group: 'CONSENTS',
  predicates: {
    // Note 28: no row tells the school of a provider or an employer.
    SCHOOL_CONSENTS: () => ({
      $or: [{ purpose: ConsentPurpose.MODEL_CASE }, { namesSchool: true }],
    }),
    OWN_PROVIDER: ownProvider,
  },
  where: ownReport,
  orderBy: { grantedAt: 'desc', consentId: 'asc' },
});

/** Report tokens of a student, the latest first. They go to employers, of whom the school hears nothing. */
export const reportTokensOf = studentRows<ReportToken>({
  entity: ReportToken,
  group: 'CONSENTS',
  predicates: { SCHOOL_CONSENTS: () => ({ id: { $in: [] } }), OWN_PROVIDER: ownProvider },
  where: ownToken,
  orderBy: { issuedAt: 'desc', id: 'asc' },
});
