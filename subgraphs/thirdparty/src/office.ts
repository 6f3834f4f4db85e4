import { join } from 'node:path';
import { revocable } from '@chengxin/kit/feed/revoked';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { admitStudent } from '@chengxin/kit/read/student';
import { actionsField } from '@chengxin/kit/change/available-actions';
import { CardOverdraft } from './card-overdraft.entity.js';
import { cardOverdraftImport } from './card-overdraft.import.js';
import { CardOverdraftResolver } from './card-overdraft.resolver.js';
import { Consent } from './consent.entity.js';
import { applyConsent } from './consent.consume.js';
import { ConsentRowsResolver } from './consent-rows.resolver.js';
import { Delivery } from './delivery.entity.js';
import { DeliveryMutation } from './delivery.mutation.js';
import { eraseWithdrawn } from './erase-withdrawn.job.js';
import { LoanPerformance } from './loan-performance.entity.js';
import { loanPerformanceImport } from './loan-performance.import.js';
import { LoanPerformanceResolver } from './loan-performance.resolver.js';
import { PhoneBill } from './phone-bill.entity.js';
import { phoneBillImport } from './phone-bill.import.js';
import { PhoneBillResolver } from './phone-bill.resolver.js';
import { Provider } from './provider.entity.js';
import { providerImport } from './provider.import.js';
import { ProviderMutation } from './provider.mutation.js';
import { ProviderResolver } from './provider.resolver.js';
import { ProviderMaliceFinding } from './provider-malice-finding.entity.js';
import { ProviderMaliceMutation } from './provider-malice-finding.mutation.js';
import { maliceNotified } from './provider-malice-finding.notified.js';
import { providerMaliceFinding } from './provider-malice-finding.noun.js';
import { retention } from './retention.job.js';
import { StudentResolver } from './student.resolver.js';
import { Student } from './student.stub.js';
import { MALICE_FINDINGS } from './malice.publish.js';
import { PUNCTUAL_YEARS } from './punctual-year.publish.js';

/** Third parties: who may import data, and what they imported under consents in force. */
export const office: OfficeDefinition = {
  name: 'thirdparty',
  usualPort: 4106,
  ownRoles: ['TPC_INST'],
  // Student Affairs registers providers, which are about no student; no cell of a row of theirs is open to it.
  actingRoles: ['SCHOOL_ADMIN'],
  entities: [
    Provider,
    Consent,
    Delivery,
    CardOverdraft,
    PhoneBill,
    LoanPerformance,
    ProviderMaliceFinding,
  ],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [
    ProviderResolver,
    ProviderMutation,
    DeliveryMutation,
    ProviderMaliceMutation,
    actionsField(providerMaliceFinding),
    ConsentRowsResolver,
    CardOverdraftResolver,
    PhoneBillResolver,
    LoanPerformanceResolver,
    StudentResolver,
  ],
  orphanedTypes: [Student],
  references: { Student: admitStudent },
  imports: [providerImport, cardOverdraftImport, phoneBillImport, loanPerformanceImport],
  jobs: [eraseWithdrawn, retention],
  notified: [maliceNotified],
  revocable: [revocable(providerMaliceFinding, 'providerMalice.revoke')],
  publishes: {
    finding: { readers: ['archive'], carries: [MALICE_FINDINGS] },
    good: { readers: ['archive'], carries: [PUNCTUAL_YEARS] },
    ...OFFICE_TOPICS,
  },
  // No roster: nobody here filters by who a student is, so no name is held (T-04).
  consumes: { archive: { consent: applyConsent } },
  copies: { archive: { consent: `select consent_id as key, version from consent` } },
};
