import { newOrg } from '../support/new-org.js';
import type { NounPlan } from './plans.js';

/** What an org has is configured by two actions that make it or change it; it has no state. */
export const levelConfigPlan: NounPlan = {
  noun: 'LevelConfig',
  machine: '',
  isOf: (action) => action.startsWith('level.'),
  office: 'archive',
  table: 'level_config',
  key: 'org_code',
  fields: 'orgCode levels seats version',
  seed: () => Promise.reject(new Error('A configuration has no state.')),
  opening: async (college) => ({
    orgCode: await newOrg(college),
    levels: 1,
    seats: 2,
    reason: 'a reason',
  }),
};
