import { publishEntryTexts } from '../support/entry.js';
import type { NounPlan } from './plans.js';

/** A year in which nobody entered: whom a launch reaches is tested elsewhere. */
const COHORT = 2099;

export const signingLaunchPlan: NounPlan = {
  noun: 'SigningLaunch',
  machine: '',
  isOf: (action) => action === 'signing.launch',
  office: 'archive',
  table: 'signing_launch',
  fields: 'id version launched',
  seed: () => Promise.reject(new Error('A launch has no state.')),
  async opening(college) {
    await publishEntryTexts(college);
    return { cohort: COHORT, reason: 'a reason' };
  },
};
