import { actionsField } from '@chengxin/kit/change/available-actions';
import type { Area } from '../area.js';
import { ClosingMutation } from './closing.mutation.js';
import { endingArchive } from './closing.noun.js';
import { eraseOldRecords } from './erase-old-records.job.js';
import { retainArchives } from './retain-archives.job.js';
import { retention } from './retention.job.js';

export const closingArea: Area = {
  resolvers: [ClosingMutation, actionsField(endingArchive)],
  jobs: [eraseOldRecords, retainArchives, retention],
};
