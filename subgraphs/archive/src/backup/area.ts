import type { Area } from '../area.js';
import { journalErasures } from './journal-erasures.job.js';

export const backupArea: Area = { jobs: [journalErasures] };
