/** Two archives of one person become one (F-07): by two people, by one document, with nothing lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { disclosedTo } from '../support/access-log.js';
import { mutate as request, on, refusalsOf } from '../support/mutate.js';
import { duplicateOf, newStudent } from '../support/new-student.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const AT = '2026-04-12T10:00:00+08:00';
const STAYS = '2024010317';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'StudentMerge';
const FIELDS =
  'id version state studentNo duplicateNo duplicateClass recordedBy approvedBy availableActions';

let college: TestCollege;
let twin: string;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  twin = await duplicateOf(college, STAYS);
});
afterAll(() => college.stop());

const act = (person: string, name: string, args: object) =>
  request(college, person, { name, noun, args: { ...args }, fields: FIELDS }, REVIEW);
const propose = (args: object = {}, person = FIRST) =>
  act(person, 'mergeStudents', { studentNo: STAYS, duplicateNo: twin, ...args });
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());
const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  asOwner<Row>(college, 'archive', text, values);
const one = (no: string, fields = 'studentNo name') =>
  `{ student(studentNo: "${no}") { ${fields} } }`;
const asAdmin = (query: string, person = FIRST): Promise<Answer> =>
  college.request(person, query, { headers: REVIEW });
const SINCE = {
  recorded_by: 'T9001',
  recorded_at: '2026-03-01T00:00:00Z',
  approved_by: 'T9002',
  approved_at: '2026-03-02T00:00:00Z',
};
const archiveOf = (studentNo: string, state: string) =>
  put(college, 'archive', 'archive', {
    id: crypto.randomUUID(),
    student_no: studentNo,
    state,
    opened_on: '2025-09-01',
    evidence: '[]',
    ...SINCE,
  });

test('two numbers that nothing says are one person’s are not merged', async () => {
  const stranger = await newStudent(college);
  const refusals: [object, string][] = [
    [{ duplicateNo: STAYS }, 'VALIDATION duplicateNo'],
    [{ duplicateNo: stranger }, 'VALIDATION duplicateNo'],
    [{ reason: '' }, 'VALIDATION reason'],
  ];
  for (const [args, refusal] of refusals)
    expect(refusalsOf(await propose(args), 'mergeStudents')).toEqual([refusal]);
  expect((await propose({ duplicateNo: '2024018888' })).came).toBe('NOT_FOUND');
  await sql(`update student set name = '李思原', sex = '2' where student_no = $1`, [twin]);
  const { result } = await propose();
  expect(JSON.stringify(result)).toContain('they differ in the name, the sex'.slice(5));
  expect(await sql('select from student_merge')).toEqual([]);
  await sql(
    `update student t set name = s.name, sex = s.sex from student s
     where s.student_no = $1 and t.student_no = $2`,
    [STAYS, twin],
  );
});
