import { STUDENT } from '../support/callers.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan } from './plans.js';

const ACTIONS: ReadonlySet<string> = new Set([
  'idNumber.reveal',
  'idNumber.confirm',
  'contact.reveal',
]);

/** Disclosures have no states: each is made by one mutation, and never changed. */
export const identityDisclosurePlan: NounPlan = {
  noun: 'IdentityDisclosure',
  machine: '',
  isOf: (action) => ACTIONS.has(action),
  office: 'archive',
  table: 'identity_disclosure',
  fields: 'id kind version',
  seed: () => Promise.reject(new Error('A disclosure has no state.')),
  async opening(college, studentNo = STUDENT) {
    // How often one compares in a day is tested elsewhere.
    await asOwner(college, 'archive', 'delete from identity_disclosure');
    return { studentNo, reason: 'a reason' };
  },
  more: { 'idNumber.confirm': { lastSix: '00000X' } },
};
