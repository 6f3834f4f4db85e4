import { arrearsListPlan, maliceProposalPlan } from './arrears.plan.js';
import { batchPlansOf } from './batch.plan.js';
import { factPlansOf } from './fact.plan.js';
import { deferralPlan } from './deferral.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('finance', [
  deferralPlan,
  arrearsListPlan,
  maliceProposalPlan,
  ...batchPlansOf('finance'),
  ...factPlansOf('finance'),
]);
