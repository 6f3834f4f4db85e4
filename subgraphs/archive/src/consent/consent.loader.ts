import { studentRows } from '@chengxin/kit/rows';
import { Consent, ConsentPurpose } from './consent.entity.js';

/** Consents of a student, the latest first. */
export const consentsOf = studentRows({
  entity: Consent,
  group: 'CONSENTS',
  predicates: {
    // Note 28: no row tells the school of a provider or an employer.
    SCHOOL_CONSENTS: () => ({ purpose: ConsentPurpose.MODEL_CASE }),
    OWN_PROVIDER: ({ identity }) => ({ recipientUscc: { $in: [...identity.orgs] } }),
  },
  orderBy: { grantedAt: 'desc', consentId: 'asc' },
});
