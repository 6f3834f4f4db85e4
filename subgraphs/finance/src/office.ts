import { join } from 'node:path';
import { actionsField } from '@chengxin/kit/change/available-actions';
import { OFFICE_TOPICS } from '@chengxin/kit/feed/topic';
import { importBatches } from '@chengxin/kit/import/batch/batches';
import type { OfficeDefinition } from '@chengxin/kit/server/office-definition';
import { OVERDUE_PATH } from '@chengxin/kit/call/overdue';
import { UNEXPLAINED_PATH } from '@chengxin/kit/call/unexplained';
import { revocable } from '@chengxin/kit/feed/revoked';
import { applyRoster, ROSTER_COPIES } from '@chengxin/kit/feed/roster';
import { admitStudent } from '@chengxin/kit/read/student';
import { Arrears } from './arrears.entity.js';
import { ArrearsResolver, ArrearsRoot } from './arrears.resolver.js';
import { ArrearsList } from './arrears-list.entity.js';
import { ArrearsListMutation } from './arrears-list.mutation.js';
import { arrearsList } from './arrears-list.noun.js';
import { Bill } from './bill.entity.js';
import { billImport } from './bill.import.js';
import { BillList, BillResolver } from './bill.resolver.js';
import { Deferral } from './deferral.entity.js';
import { deferralImport } from './deferral.import.js';
import { REMINDERS } from './bill-reminder.publish.js';
import { DeferralMutation } from './deferral.mutation.js';
import { deferral } from './deferral.noun.js';
import { DeferralList, DeferralResolver } from './deferral.resolver.js';
import { applyExcuse } from './excuse.consume.js';
import { applyMalice } from './malice.consume.js';
import { MaliceProposal } from './malice-proposal.entity.js';
import { maliceProposal } from './malice-proposal.noun.js';
import { MaliceProposalMutation } from './malice-proposal.mutation.js';
import { PROPOSALS } from './malice-proposal.publish.js';
import { overdueRoute } from './overdue.route.js';
import { Payment } from './payment.entity.js';
import { paymentImport } from './payment.import.js';
import { PaymentList, PaymentResolver } from './payment.resolver.js';
import { remindOfBills } from './remind-of-bills.job.js';
import { StudentResolver } from './student.resolver.js';
import { Student } from './student.stub.js';
import { unexplainedRoute } from './unexplained.route.js';
import { SETTLEMENTS } from './settlement.publish.js';

const imports = [billImport, paymentImport, deferralImport];
const facts = [
  { action: 'bill', kind: 'bills' },
  { action: 'payment', kind: 'payments' },
];
const batches = importBatches({ office: 'finance', jobs: imports, facts });

/** Finance (财务与资产管理处): bills, payments, deferrals, and the arrears that follow. */
export const office: OfficeDefinition = {
  name: 'finance',
  usualPort: 4103,
  ownRoles: ['FIN_CLERK', 'FIN_REVIEWER'],
  entities: [Bill, Payment, Deferral, Arrears, ArrearsList, MaliceProposal, batches.entity],
  migrations: join(import.meta.dirname, '../migrations'),
  resolvers: [
    BillList,
    BillResolver,
    PaymentList,
    PaymentResolver,
    DeferralList,
    DeferralResolver,
    DeferralMutation,
    actionsField(deferral),
    ArrearsRoot,
    ArrearsResolver,
    ArrearsListMutation,
    actionsField(arrearsList),
    MaliceProposalMutation,
    StudentResolver,
    ...batches.resolvers,
  ],
  orphanedTypes: [Student],
  references: { Student: admitStudent },
  imports,
  jobs: [remindOfBills],
  publishes: {
    settlement: { readers: ['archive'], carries: [SETTLEMENTS] },
    maliceProposal: { readers: ['archive'], carries: [PROPOSALS] },
    billReminder: { readers: ['archive'], carries: [REMINDERS] },
    ...OFFICE_TOPICS,
  },
  revocable: [revocable(maliceProposal, 'malice.revoke')],
  consumes: { archive: { roster: applyRoster, excuse: applyExcuse, malice: applyMalice } },
  copies: {
    archive: {
      ...ROSTER_COPIES,
      excuse: `select student_no || ':' || academic_year as key, version from excuse`,
      malice: `select bill_no as key, version from malice`,
    },
  },
  officeRoutes: (parts) => ({
    [`POST ${OVERDUE_PATH}`]: overdueRoute(parts),
    [`POST ${UNEXPLAINED_PATH}`]: unexplainedRoute(parts),
  }),
};
