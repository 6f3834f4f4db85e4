import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { CreditReport } from './credit-report.entity.js';
import { CreditReportMutation } from './credit-report.mutation.js';
import { creditReport } from './credit-report.noun.js';
import { CreditReportResolver, StudentCreditReportResolver } from './credit-report.resolver.js';

export const creditReportArea: Area = {
  entities: [CreditReport],
  resolvers: [
    StudentCreditReportResolver,
    CreditReportResolver,
    CreditReportMutation,
    actionsField(creditReport),
  ],
};
