import type { Area } from '../area.js';
import { expireWarnings } from './expire-warnings.job.js';
import { runWarnings } from './run-warnings.job.js';
import { WarningMutation } from './warning.mutation.js';

export const warningArea: Area = {
  resolvers: [WarningMutation],
  jobs: [runWarnings, expireWarnings],
};
