/** Names that a student had before, with day and reason: for himself and Student Affairs (F-07). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { EnumValue, mutate } from '../support/mutate.js';
import { put } from '../support/put.js';
import { studentRows } from '../support/student-rows.js';

const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const PLACE = { college: 'C01', classCode: '20240103', major: 'M0101' };
const [ROW = {}] = studentRows(1, PLACE);
const STUDENT = ROW['学号'] ?? '';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await college.bring('archive', 'students', [ROW]);
});
afterAll(() => college.stop());

const formerNames = async (person: string, headers: Record<string, string> = REVIEW) => {
  const query = `{ student(studentNo: "${STUDENT}") { name formerNames { name untilOn reason } } }`;
  const { data } = await college.request(person, query, { headers });
  return (data as { student: { name: string; formerNames: object[] | null } }).student;
};

test('a name that the roll changes is kept with the day', async () => {
  await college.bring('archive', 'students', [{ ...ROW, 姓名: '张四' }]);
  expect(await formerNames('T0001')).toEqual({
    name: '张四',
    formerNames: [{ name: '张三', untilOn: '2026-04-12', reason: 'ROLL' }],
  });
});

test('a file that says the same, or changes something else, keeps none', async () => {
  await college.bring('archive', 'students', [{ ...ROW, 姓名: '张四', 家庭住址: '示范市新路2号' }]);
  expect((await formerNames('T0001')).formerNames).toHaveLength(1);
});

test('a name that an appeal corrects is kept with its day, whatever else the roll did', async () => {
  college.clock.set('2026-04-20T01:00:00+08:00');
  const { id = '' } = await put(college, 'archive', 'appeal', {
    student_no: STUDENT,
    kind: 'PROFILE',
    target_subgraph: 'archive',
    target_typename: 'Student',
    target_id: 'name',
    target_office: 'SAO',
    target_groups: ['IDENTITY'],
    grounds: 'wrong',
    requested_outcome: 'MODIFY',
    filed_at: '2026-04-15T00:00:00Z',
    handler_office: 'COL',
    handler_no: 'T0110',
    due_on: '2026-05-05',
    state: 'INVESTIGATING',
    recorded_by: STUDENT,
    recorded_at: '2026-04-15T00:00:00Z',
  });
  const decided = await mutate(
    college,
    'T0110',
    {
      name: 'decideAppeal',
      noun: 'Appeal',
      args: {
        id,
        expectedVersion: 1,
        outcome: new EnumValue('MODIFY'),
        decisionText: 'as on the paper',
        corrected: '张五',
      },
    },
    { 'x-purpose': 'APPEAL', 'x-reference': id },
  );
  expect(decided.came).toBe('OK');
  expect(await formerNames('T0001')).toEqual({
    name: '张五',
    formerNames: [
      { name: '张四', untilOn: '2026-04-20', reason: 'APPEAL' },
      { name: '张三', untilOn: '2026-04-12', reason: 'ROLL' },
    ],
  });
});

test('the student reads them too, and nobody else who sees him', async () => {
  expect((await formerNames(STUDENT, {})).formerNames).toHaveLength(2);
  for (const person of ['T0101', 'T0110', 'T0301', 'T0401'])
    expect([
      person,
      (await formerNames(person, person < 'T0300' ? REVIEW : {})).formerNames,
    ]).toEqual([person, null]);
});
