import { newOrg } from '../support/new-org.js';
import { put } from '../support/put.js';
import type { NounPlan } from './plans.js';

/** Nobody who requests something here: a role more would have to be named in each request. */
const HOLDER = 'T0120';
const COLLEGE = 'C01';

/** States of what nobody has approved. */
const UNAPPROVED: ReadonlySet<string> = new Set(['REQUESTED', 'DECLINED', 'WITHDRAWN', 'LAPSED']);

/** No two grants of one person begin at the same instant. */
let begun = 0;
const nextStart = (): string => new Date(Date.UTC(2026, 2, 1) + begun++ * 1000).toISOString();

export const adminGrantPlan: NounPlan = {
  noun: 'AdminGrant',
  office: 'archive',
  table: 'admin_grant',
  async seed(college, _studentNo, state, { person }, action) {
    // A transfer ends all grants in an org: each is tried in one of its own.
    const orgCode = action === 'staff.transfer' ? await newOrg(college) : COLLEGE;
    const { id = '' } = await put(college, 'archive', 'admin_grant', {
      staff_no: HOLDER,
      role: 'COUNSELLOR',
      org_code: orgCode,
      valid_from: nextStart(),
      state,
      // A request is taken back by who made it.
      recorded_by: action === 'grant.withdraw' && person ? person : 'T9999',
      recorded_at: '2026-01-01T00:00:00Z',
      ...(!UNAPPROVED.has(state) && { approved_by: 'T9998', approved_at: '2026-01-02T00:00:00Z' }),
    });
    return { id, version: 1 };
  },
  opening: (_college, _studentNo, role) =>
    Promise.resolve({
      staffNo: HOLDER,
      // What is delegated is held in one of the own orgs.
      orgCode: role === 'SCHOOL_ADMIN' ? 'SCHOOL' : COLLEGE,
      validFrom: nextStart(),
      validTo: '2026-04-30T00:00:00Z',
      reason: 'a reason',
    }),
  more: {
    'grant.request': { role: 'COUNSELLOR' },
    get 'staff.transfer'() {
      // Each transfer of one person is of another instant.
      return { effectiveAt: new Date(Date.UTC(2026, 5, 1) + begun++ * 1000).toISOString() };
    },
  },
};

/** A pass of the training is recorded, and never changed. */
export const trainingPlan: NounPlan = {
  noun: 'TrainingSession',
  machine: '',
  isOf: (action) => action === 'training.record',
  office: 'archive',
  table: 'training_session',
  fields: 'id title passedOn',
  seed: () => Promise.reject(new Error('A pass has no state.')),
  opening: () =>
    Promise.resolve({ staffNo: HOLDER, title: `training ${begun++}`, passedOn: '2026-03-01' }),
};
