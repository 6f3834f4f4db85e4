import type { Area } from '../area.js';
import { expireWarnings } from './expire-warnings.job.js';
import { runWarnings } from './run-warnings.job.js';
import { WarningQueueResolver } from './warning-queue.resolver.js';
import { WarningMutation } from './warning.mutation.js';

export const warningArea: Area = {
  resolvers: [WarningQueueResolver, WarningMutation],
  jobs: [runWarnings, expireWarnings],
};
