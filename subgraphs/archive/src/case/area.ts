import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { CaseAssignment } from './case-assignment.entity.js';
import { CaseBlock } from './case-block.entity.js';
import { CaseDecision } from './case-decision.entity.js';
import { CaseEntryResolver } from './case-entry.resolver.js';
import { closeCases } from './close-cases.job.js';
import { lapseCaseDrafts } from './lapse-drafts.job.js';
import { EvaluationCase } from './evaluation-case.entity.js';
import { EvaluationCaseMutation } from './evaluation-case.mutation.js';
import { caseDecision, evaluationCase } from './evaluation-case.noun.js';
import { CaseDossierResolver, EvaluationCaseResolver } from './evaluation-case.resolver.js';

export const caseArea: Area = {
  entities: [EvaluationCase, CaseAssignment, CaseDecision, CaseBlock],
  resolvers: [
    EvaluationCaseResolver,
    CaseDossierResolver,
    CaseEntryResolver,
    EvaluationCaseMutation,
    actionsField(evaluationCase),
    actionsField(caseDecision),
  ],
  jobs: [closeCases, lapseCaseDrafts],
};
