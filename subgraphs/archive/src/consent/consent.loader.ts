import { studentRows, type RowAsk } from '@chengxin/kit/rows';
import { Consent, ConsentPurpose } from './consent.entity.js';
import { ReportToken } from './report-token.entity.js';

/** `OWN_PROVIDER`: given to the asking institution. */
const ownProvider = ({ identity }: RowAsk) => ({ recipientUscc: { $in: [...identity.orgs] } });

/** Of consents an employer reads the frame of his own report alone, never a row (note 7). */
const isEmployer = ({ identity }: RowAsk): boolean => identity.role === 'EMPLOYER_TOKEN';

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
  where: (_, ask) => (isEmployer(ask) ? { consentId: { $in: [] } } : {}),
  orderBy: { grantedAt: 'desc', consentId: 'asc' },
});

/** Report tokens of a student, the latest first. They go to employers, of whom the school hears nothing. */
export const reportTokensOf = studentRows<ReportToken>({
  entity: ReportToken,
  group: 'CONSENTS',
  predicates: { SCHOOL_CONSENTS: () => ({ id: { $in: [] } }), OWN_PROVIDER: ownProvider },
  where: (_, ask) => (isEmployer(ask) ? { id: { $in: [] } } : {}),
  orderBy: { issuedAt: 'desc', id: 'asc' },
});
