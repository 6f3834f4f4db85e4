import type { Area } from '../area.js';
import { pruneFiles } from './prune-files.job.js';
import { scanFiles } from './scan-files.job.js';

export const fileArea: Area = {
  jobs: [scanFiles, pruneFiles],
};
