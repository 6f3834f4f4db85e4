import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { computeRun } from './compute-run.job.js';
import { discardRuns } from './discard-runs.job.js';
import { EvaluationRun } from './evaluation-run.entity.js';
import { EvaluationRunMutation } from './evaluation-run.mutation.js';
import { evaluationRun } from './evaluation-run.noun.js';
import { EvaluationRunPartResolver, EvaluationRunResolver } from './evaluation-run.resolver.js';
import { EvaluationRunPart } from './evaluation-run-part.entity.js';
import { evaluationRunPart } from './evaluation-run-part.noun.js';
import { sendSelfNotices } from './send-self-notices.job.js';
import { startRun } from './start-run.job.js';
import { supersedeRun } from './supersede-run.job.js';

export const runArea: Area = {
  entities: [EvaluationRun, EvaluationRunPart],
  resolvers: [
    EvaluationRunResolver,
    EvaluationRunPartResolver,
    EvaluationRunMutation,
    actionsField(evaluationRun),
    actionsField(evaluationRunPart),
  ],
  jobs: [startRun, computeRun, sendSelfNotices, supersedeRun, discardRuns],
};
