import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { lapseRepairs } from './lapse-repairs.job.js';
import { RepairQueueResolver } from './repair-queue.resolver.js';
import { RepairMutation } from './repair.mutation.js';
import { repair } from './repair.noun.js';

export const repairArea: Area = {
  resolvers: [RepairQueueResolver, RepairMutation, actionsField(repair)],
  jobs: [lapseRepairs],
};
