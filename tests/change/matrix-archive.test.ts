import { accessReviewPlan } from './access-review.plan.js';
import { accountPlan } from './account.plan.js';
import { adminGrantPlan, trainingPlan } from './admin-grant.plan.js';
import { aidRoundPlan } from './aid-round.plan.js';
import { appealPlan } from './appeal.plan.js';
import { archivePlan, closingPlan } from './archive.plan.js';
import { batchPlansOf } from './batch.plan.js';
import { changeRequestPlan } from './change-request.plan.js';
import { consentPlan, reportTokenPlan } from './consent.plan.js';
import { creditReportPlan } from './credit-report.plan.js';
import { evaluationRunPartPlan, evaluationRunPlan } from './evaluation-run.plan.js';
import { factPlansOf } from './fact.plan.js';
import { caseDecisionPlan, evaluationCasePlan } from './evaluation-case.plan.js';
import { commitmentOfferPlan, commitmentPlan } from './commitment.plan.js';
import { goodRecordPlan } from './good-record.plan.js';
import { gradeConfirmationPlan } from './grade-confirmation.plan.js';
import { identityDisclosurePlan } from './identity-disclosure.plan.js';
import { levelConfigPlan } from './level-config.plan.js';
import { keyAttentionPlan, measurePlan } from './measure.plan.js';
import { noticePlan } from './notice.plan.js';
import { conductPlan, malicePlan, revokedPlan, upperDecisionPlan } from './conduct.plan.js';
import { proveMutations } from './matrix.js';
import { studentMergePlan, studentRenumberingPlan, studentTransferPlan } from './roll.plan.js';
import { relationDeclarationPlan } from './relation-declaration.plan.js';
import { remarkPlan } from './remark.plan.js';
import { repairPlan } from './repair.plan.js';
import { signingLaunchPlan } from './signing-launch.plan.js';
import { templatePlan } from './template.plan.js';
import { reportOfferPlan } from './report-offer.plan.js';
import { ruleSetPlan } from './rule-set.plan.js';
import { sanctionAppealPlan } from './sanction-appeal.plan.js';
import { sanctionPlan } from './sanction.plan.js';
import { bulkExportPlan } from './bulk-export.plan.js';
import { statisticReleasePlan } from './statistic-release.plan.js';
import { submittedBatchPlan } from './submitted-batch.plan.js';
import { selfEntryPlan } from './self-entry.plan.js';
import { warningPlan } from './warning.plan.js';
import { humanReviewPlan } from './human-review.plan.js';
import { subjectRequestPlan } from './subject-request.plan.js';

proveMutations('archive', [
  appealPlan,
  consentPlan,
  goodRecordPlan,
  noticePlan,
  remarkPlan,
  repairPlan,
  reportTokenPlan,
  creditReportPlan,
  selfEntryPlan,
  conductPlan,
  revokedPlan,
  malicePlan,
  upperDecisionPlan,
  sanctionPlan,
  sanctionAppealPlan,
  commitmentPlan,
  commitmentOfferPlan,
  templatePlan,
  signingLaunchPlan,
  identityDisclosurePlan,
  adminGrantPlan,
  trainingPlan,
  relationDeclarationPlan,
  accessReviewPlan,
  aidRoundPlan,
  statisticReleasePlan,
  bulkExportPlan,
  submittedBatchPlan,
  reportOfferPlan,
  levelConfigPlan,
  changeRequestPlan,
  measurePlan,
  keyAttentionPlan,
  warningPlan,
  gradeConfirmationPlan,
  studentMergePlan,
  evaluationRunPlan,
  evaluationRunPartPlan,
  studentRenumberingPlan,
  studentTransferPlan,
  subjectRequestPlan,
  humanReviewPlan,
  ruleSetPlan,
  ...batchPlansOf('archive'),
  ...factPlansOf('archive'),
  // Their states take the cases of evaluators away from them.
  caseDecisionPlan,
  evaluationCasePlan,
  // Their states take an archive, or whoever acts, out of sight: nothing else is tried after them.
  closingPlan,
  archivePlan,
  accountPlan,
]);
