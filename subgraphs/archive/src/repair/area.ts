import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { lapseRepairs } from './lapse-repairs.job.js';
import { RepairMutation } from './repair.mutation.js';
import { repair } from './repair.noun.js';

export const repairArea: Area = {
  resolvers: [RepairMutation, actionsField(repair)],
  jobs: [lapseRepairs],
};
