import type { TestCollege } from '../support/college.js';
import { STUDENT } from '../support/callers.js';
import { EnumValue } from '../support/mutate.js';
import { put } from '../support/put.js';
import { newRecord } from './appeal.plan.js';
import type { NounPlan, Seeded } from './plans.js';

/** Of the least severity, whose repair waits for no day. */
export const mildRecord = (college: TestCollege, studentNo: string, state = 'ACTIVE') =>
  newRecord(college, studentNo, { severity: 'S1', state });

/** The record that drafts of the student name here. */
const NAMED = '00000000-0000-4000-8000-00000000c001';

const RECORD_STATES: Readonly<Record<string, string>> = {
  APPROVED_FULL: 'REPAIRED',
  APPROVED_MITIGATED: 'MITIGATED',
};
const DECISIONS: Readonly<Record<string, string>> = {
  APPROVED_FULL: 'FULL',
  APPROVED_MITIGATED: 'MITIGATE',
  REFUSED: 'REFUSE',
};

/** An application for one record of its own, in a state. */
async function seedRepair(
  college: TestCollege,
  studentNo: string,
  state: string,
  handler: string | null,
): Promise<Seeded> {
  const record = await mildRecord(college, studentNo, RECORD_STATES[state]);
  const decision = DECISIONS[state];
  const { id = '' } = await put(college, 'archive', 'repair_application', {
    student_no: studentNo,
    statement: 'I have paid for the damage',
    remedy_proofs: JSON.stringify([{ id: 'R-1', docNo: 'R-1' }]),
    state,
    recorded_by: studentNo,
    recorded_at: '2026-04-01T00:00:00Z',
    ...(state !== 'DRAFT' && { submitted_at: '2026-04-02T00:00:00Z' }),
    ...(handler && { handler_no: handler }),
    ...(decision && { decision, decided_by: 'T9999', decided_on: '2026-04-05', reason: 'r' }),
  });
  await put(college, 'archive', 'repair_record', {
    repair_id: id,
    record_id: record,
    student_no: studentNo,
  });
  return { id, version: 1 };
}

/** What was not handed in is the student’s own; what is over is nobody’s but his under ADMIN_REVIEW. */
const HIDDEN = ['DRAFT', 'APPROVED_FULL'];
const content = { recordIds: [NAMED], statement: 'I have paid', remedyProofDocNos: ['R-1'] };

export const repairPlan: NounPlan = {
  noun: 'RepairApplication',
  machine: 'Repair',
  office: 'archive',
  table: 'repair_application',
  prepare: (college) => newRecord(college, STUDENT, { id: NAMED, severity: 'S1' }),
  seed(college, studentNo, state, { role, person }) {
    const isStaff = role === 'COLLEGE_ADMIN' || role === 'SCHOOL_ADMIN';
    const isInHand = isStaff && repairPlan.openTask?.has(state);
    return seedRepair(college, studentNo, state, isInHand ? person : null);
  },
  opening: () => Promise.resolve(content),
  more: {
    'repair.save': content,
    'repair.review': { opinion: 'support' },
    'repair.decide': { decision: new EnumValue('MITIGATE') },
  },
  hidden: { COLLEGE_ADMIN: HIDDEN, SCHOOL_ADMIN: HIDDEN },
  elsewhere: {
    'repair.claim': {
      COLLEGE_ADMIN: ['SAO_REVIEW'],
      SCHOOL_ADMIN: ['SUBMITTED', 'COLLEGE_REVIEW'],
    },
  },
  openTask: new Set(['SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW']),
};
