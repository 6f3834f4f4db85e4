import { randomUUID } from 'node:crypto';
import type { Role } from '@chengxin/kit/privacy/roles';
import { CALLERS, STUDENT } from '../support/callers.js';
import type { TestCollege } from '../support/college.js';
import { EnumValue } from '../support/mutate.js';
import { newEvaluator } from '../support/evaluator.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { newRecord } from './appeal.plan.js';
import type { NounPlan } from './plans.js';
import { newSanction } from './sanction.plan.js';

/** Who is given a place, and had one before. */
const [NEW, SEATED] = ['T0120', 'T0102'];
const WINDOW = { opens_at: '2026-04-10T00:00:00Z', closes_at: '2026-04-24T00:00:00Z' };

interface Evaluated {
  readonly caseId: string;
  readonly purpose: string;
  /** What blocks it for the student. */
  readonly code: string;
}
/** The case of each evaluator: his requests name it, whatever its state. */
const CASE_OF: Readonly<Partial<Record<Role, Evaluated>>> = {
  EV_AWARD: { caseId: 'EC-AWARD', purpose: 'AWARD', code: 'V-02' },
  EV_PARTY: { caseId: 'EC-PARTY', purpose: 'PARTY', code: 'V-04' },
  EV_AID: { caseId: 'EC-AID', purpose: 'AID', code: 'V-03' },
  EV_EMPLOY: { caseId: 'EC-EMPLOY', purpose: 'EMPLOYMENT', code: 'V-05' },
};
const EVALUATORS = Object.keys(CASE_OF) as Role[];
const HOSTS: Readonly<Partial<Record<Role, string>>> = { COLLEGE_ADMIN: 'C01', AEO_STAFF: 'AEO' };

const RESET = `
  update evaluation_case set state = $2, version = 1, approved_by = 'T9998',
    approved_at = '2026-04-02T00:00:00Z' where case_id = any($1)`;
const DECLARED = `
  update case_assignment set declared_at = '2026-04-11T00:00:00Z', conflict_of_interest = false
  where case_id = $1`;
const FORGET = [
  'delete from case_block where case_id = $1',
  'delete from case_decision where case_id = $1',
];

/** Evaluators find their cases open again, whatever was tried before. */
async function resetAll(college: TestCollege): Promise<void> {
  const all = EVALUATORS.map((role) => CASE_OF[role]?.caseId);
  await asOwner(college, 'archive', RESET, [all, 'IN_EVALUATION']);
}

const decided = (college: TestCollege, caseId: string, studentNo: string) =>
  put(college, 'archive', 'case_decision', {
    case_id: caseId,
    student_no: studentNo,
    result: 'REFUSE',
    reason_codes: JSON.stringify(['QUOTA']),
    decided_by: 'T0701',
    decided_at: '2026-04-11T00:00:00Z',
  });

/** The evaluator's own case, in a state; decided on before it is concluded. */
async function ownCase(college: TestCollege, caseId: string, state: string, action: string) {
  await asOwner(college, 'archive', RESET, [[caseId], state]);
  for (const sql of FORGET) await asOwner(college, 'archive', sql, [caseId]);
  await asOwner(college, 'archive', DECLARED, [caseId]);
  if (action === 'case.conclude') await decided(college, caseId, STUDENT);
  return { id: caseId, version: 1 };
}

const personOf = (role: Role) => CALLERS.find(([name]) => name === role)?.[1];

/** A case of a unit, in a state. */
async function newCase(college: TestCollege, role: Role, studentNo: string, state: string) {
  const { case_id: id = '' } = await put(college, 'archive', 'evaluation_case', {
    case_id: `EC-${randomUUID().slice(0, 8)}`,
    purpose: role === 'AEO_STAFF' ? 'EMPLOYMENT' : 'AWARD',
    title: 'a case',
    host_office: HOSTS[role] ?? 'SAO',
    ...WINDOW,
    state,
    // A college takes back what it has drafted itself.
    recorded_by: (role === 'COLLEGE_ADMIN' && personOf(role)) || 'T9999',
    recorded_at: '2026-04-01T00:00:00Z',
    ...(state !== 'DRAFT' && { approved_by: 'T9998', approved_at: '2026-04-02T00:00:00Z' }),
  });
  await put(college, 'archive', 'case_student', { case_id: id, student_no: studentNo });
  await put(college, 'archive', 'case_assignment', {
    case_id: id,
    staff_no: SEATED,
    valid_from: WINDOW.opens_at,
    valid_to: WINDOW.closes_at,
  });
  return { id, version: 1 };
}

/** Not before its turn: other rows of the student are tried without a term that runs. */
let isPrepared = false;

/** Somebody to be given a place; and what blocks each purpose: a term, records of aid and employment. */
async function prepareOnce(college: TestCollege): Promise<void> {
  if (isPrepared) return;
  isPrepared = true;
  await newSanction(college, STUDENT, 'TERM_RUNNING', { term_ends_on: '2026-12-31' });
  for (const role of ['EV_AWARD', 'EV_EMPLOY']) await newEvaluator(college, NEW, role);
  await newRecord(college, STUDENT, { indicator_code: 'D4-01' });
  // The employment office runs cases of students in whose matters it stands.
  await newRecord(college, STUDENT, { indicator_code: 'D6-01', source_office: 'AEO' });
}

const base = {
  office: 'archive',
  machine: 'EvaluationCase',
  elsewhere: {
    'case.cancel': { COLLEGE_ADMIN: ['OPEN', 'IN_EVALUATION', 'DECIDED', 'CANCELLED', 'CLOSED'] },
  },
  oneAtATime: true,
} as const;

export const evaluationCasePlan: NounPlan = {
  ...base,
  noun: 'EvaluationCase',
  table: 'evaluation_case',
  key: 'case_id',
  isOf: (action) => action !== 'case.decideCandidate',
  fields: 'caseId state version',
  async seed(college, studentNo, state, { role }, action) {
    await prepareOnce(college);
    const own = CASE_OF[role];
    if (own) return ownCase(college, own.caseId, state, action);
    await resetAll(college);
    return newCase(college, role, studentNo, state);
  },
  opening: async (college, studentNo, role = 'PUBLIC') => {
    await prepareOnce(college);
    await resetAll(college);
    return {
      purpose: new EnumValue(role === 'AEO_STAFF' ? 'EMPLOYMENT' : 'AWARD'),
      title: 'a case',
      hostOffice: HOSTS[role] ?? 'SAO',
      studentNos: [studentNo],
      opensAt: '2026-04-12T00:00:00Z',
      closesAt: '2026-04-24T00:00:00Z',
      reason: 'a reason',
    };
  },
  more: {
    'case.assign': { staffNo: NEW },
    'case.unassign': { staffNo: SEATED },
    'case.declareConflict': { conflict: false },
    'case.confirmBlock': (role) => ({
      studentNo: STUDENT,
      code: CASE_OF[role]?.code ?? 'V-02',
    }),
  },
};

/** A decision stands as its case does. */
export const caseDecisionPlan: NounPlan = {
  ...base,
  noun: 'CaseDecision',
  table: 'case_decision',
  isOf: (action) => action === 'case.decideCandidate',
  fields: 'id version result',
  async seed(college, studentNo, state, { role }, action) {
    const own = CASE_OF[role];
    const isOwn = own !== undefined && personOf(role) !== undefined;
    if (!isOwn) await resetAll(college);
    const { id: caseId } = isOwn
      ? await ownCase(college, own.caseId, state, action)
      : await newCase(college, role, studentNo, state);
    const { id = '' } = await decided(college, caseId, studentNo);
    if (own)
      await put(college, 'archive', 'case_block', {
        case_id: caseId,
        student_no: studentNo,
        code: own.code,
        clause: 'a clause',
        confirmed_by: 'T9999',
        confirmed_at: '2026-04-11T00:00:00Z',
      });
    return { id, version: 1 };
  },
  opening: () => Promise.reject(new Error('The first decision on a candidate is tried elsewhere.')),
  more: {
    'case.decideCandidate': {
      studentNo: STUDENT,
      result: new EnumValue('REFUSE'),
      reasonCodes: ['QUOTA', 'CREDIT_GRADE'],
    },
  },
};
