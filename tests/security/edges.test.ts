/** Which law violations each role knows of in every state, and how old their student was (3.4b, T-03). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import { aCase, proposeCases } from './cases.js';

/** Born on 14 May 2006. */
const BIRTHDAY = '2024-05-14';

let college: TestCollege;
const violation = (state: string, row: Record<string, string | null> = {}) =>
  put(college, 'security', 'law_violation', {
    student_no: STUDENT,
    case_no: state,
    act_on: '2026-01-10',
    of_age_on: '2026-01-10',
    category: 'ADMIN_PENALTY',
    authority: '示范市公安局',
    doc_no: state,
    legal_basis: '治安管理处罚法',
    indicator_code: 'D3-03',
    severity: 'S2',
    found_on: '2026-02-10',
    notified_on: '2026-01-20',
    sealed_on: state === 'SEALED' ? '2026-03-01' : null,
    state,
    evidence: '[{"id":"E-1","docNo":"E-1"}]',
    ...RECORDED,
    ...row,
  });

const ACCUSED = ['NOTIFIED', 'PROPOSED'];
const COUNTING = ['ACTIVE', 'FOUND', 'MITIGATED'];
const OVER = ['DISMISSED', 'EXPIRED', 'LIFTED', 'REPAIRED', 'REVOKED'];
const STATES = [...ACCUSED, ...COUNTING, ...OVER, 'SEALED'];

beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  for (const state of STATES) await violation(state);
});
afterAll(() => college.stop());

test.each([
  ['STU_SELF', ['NOTIFIED', ...COUNTING, ...OVER, 'SEALED']],
  ['SCHOOL_ADMIN', [...ACCUSED, ...COUNTING]],
  ['AUDITOR', [...COUNTING, ...OVER, 'SEALED']],
  ['SEC_CLERK', [...ACCUSED, ...COUNTING]],
  ['SEC_REVIEWER', [...ACCUSED, ...COUNTING]],
  ['APPEAL_COMMITTEE', []],
] as const)(
  'of all states %s reads %o (STATE_ALLOWED, FROM_NOTIFIED, NOT_SEALED)',
  async (role, states) => {
    const query = `{ student(studentNo: "${STUDENT}") { lawViolations { state } } }`;
    const { data } = await requestAs(college, role, query);
    const student = data?.['student'] as { lawViolations: { state: string }[] };
    expect(student.lawViolations.map(({ state }) => state).toSorted()).toEqual(states.toSorted());
  },
);

test.each([
  ['a day before the 18th birthday', '2024-05-13', ['2,actOn,依法不得录入,may not enter by law']],
  ['on the 18th birthday', BIRTHDAY, []],
  ['a day after it', '2024-05-15', []],
])(
  'of an act %s, on %s, a list of security is refused %o (INV-05, T-03)',
  async (_, actOn, refused) => {
    const { rejected } = await proposeCases(college, [
      aCase({ 案件编号: `B-${actOn}`, 学号: STUDENT, 行为日期: actOn }),
    ]);
    expect(rejected).toEqual(refused);
  },
);

test('the database holds an act for whose very day the archive said yes, and no other (INV-05)', async () => {
  const on = (case_no: string, of_age_on: string | null) =>
    violation('FOUND', { case_no, act_on: BIRTHDAY, of_age_on });
  const refused = { constraint: 'law_violation_of_age' };
  await expect(on('D-1', null)).rejects.toMatchObject(refused);
  await expect(on('D-2', '2024-05-15')).rejects.toMatchObject(refused);
  await expect(on('D-3', BIRTHDAY)).resolves.toMatchObject({ case_no: 'D-3' });
});
