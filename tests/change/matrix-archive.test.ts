import { appealPlan } from './appeal.plan.js';
import { batchPlansOf } from './batch.plan.js';
import { consentPlan, reportTokenPlan } from './consent.plan.js';
import { factPlansOf } from './fact.plan.js';
import { goodRecordPlan } from './good-record.plan.js';
import { noticePlan } from './notice.plan.js';
import { conductPlan, malicePlan, revokedPlan, upperDecisionPlan } from './conduct.plan.js';
import { proveMutations } from './matrix.js';

proveMutations('archive', [
  appealPlan,
  consentPlan,
  goodRecordPlan,
  noticePlan,
  reportTokenPlan,
  conductPlan,
  revokedPlan,
  malicePlan,
  upperDecisionPlan,
  ...batchPlansOf('archive'),
  ...factPlansOf('archive'),
]);
