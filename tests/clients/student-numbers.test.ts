/** The operations of docs/student-numbers.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { duplicateOf } from '../support/new-student.js';
import { walk } from '../support/operation-page.js';

const STUDENT = '2024010317';
const NUMBER = '2024019317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['Student Affairs', 'T0001'],
  ['second person of Student Affairs', 'T0002'],
]);

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

test('a number and a college change, and two archives become one, by the operations of the page', async () => {
  const variables = {
    student: STUDENT,
    number: NUMBER,
    duplicate: await duplicateOf(college, STUDENT),
  };
  const came = await walk(college, 'student-numbers.md', PEOPLE, variables);
  expect(came.flatMap(([name, errors]) => (errors ? [[name, errors]] : []))).toEqual([]);
  const done = came.map(([name, , data]) => [name, (Object.values(data)[0] as { ok?: true }).ok]);
  expect(done).toEqual([
    ['RenumberStudent', true],
    ['Waiting', undefined],
    ['ApproveRenumbering', true],
    ['ByTheOldNumber', undefined],
    ['TransferStudent', true],
    ['MergeStudents', true],
    ['WaitingMerges', undefined],
    ['ApproveMerge', true],
  ]);
  expect(came.map(([, , data]) => data).at(3)).toMatchObject({ student: { studentNo: NUMBER } });
});
