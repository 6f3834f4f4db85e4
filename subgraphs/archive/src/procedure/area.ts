import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { ModelCase } from './model-case.entity.js';
import { ModelCaseResolver, StudentModelCaseResolver } from './model-case.resolver.js';
import { RepairApplication } from './repair-application.entity.js';
import {
  RepairApplicationResolver,
  RepairPerformanceResolver,
  StudentRepairResolver,
} from './repair-application.resolver.js';
import { Sanction } from './sanction.entity.js';
import {
  SanctionOfRecordResolver,
  SanctionResolver,
  StudentSanctionResolver,
} from './sanction.resolver.js';
import {
  advanceSanctions,
  lapseSanctions,
  liftEndedTerms,
  startSanctionTerms,
} from './sanction/sanction.jobs.js';
import { SanctionMutation } from './sanction/sanction.mutation.js';
import { sanction } from './sanction/sanction.noun.js';
import { Submission } from './submission.entity.js';
import { StudentSubmissionResolver } from './submission.resolver.js';

export const procedureArea: Area = {
  entities: [Sanction, RepairApplication, Submission, ModelCase],
  resolvers: [
    StudentSanctionResolver,
    SanctionResolver,
    SanctionOfRecordResolver,
    SanctionMutation,
    actionsField(sanction),
    StudentRepairResolver,
    RepairApplicationResolver,
    RepairPerformanceResolver,
    StudentSubmissionResolver,
    StudentModelCaseResolver,
    ModelCaseResolver,
  ],
  jobs: [advanceSanctions, lapseSanctions, liftEndedTerms, startSanctionTerms],
};
