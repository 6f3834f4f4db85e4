import type { Area } from '../area.js';
import { ClosingMutation } from './closing.mutation.js';
import { eraseOldRecords } from './erase-old-records.job.js';
import { retainArchives } from './retain-archives.job.js';
import { retention } from './retention.job.js';

export const closingArea: Area = {
  resolvers: [ClosingMutation],
  jobs: [eraseOldRecords, retainArchives, retention],
};
