/** The operations of docs/rights.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { walk } from '../support/operation-page.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['student', STUDENT],
  ['Student Affairs', 'T0001'],
]);

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

test('a request is filed and answered by the operations of the page', async () => {
  await archiveInState(college, STUDENT, 'ACTIVE');
  const came = await walk(college, 'rights.md', PEOPLE, { student: STUDENT });
  expect(came.flatMap(([name, errors]) => (errors ? [[name, errors]] : []))).toEqual([]);
  expect(came.map(([name]) => name)).toEqual([
    'FileRequest',
    'RequestsThatWait',
    'RefuseRequest',
    'OwnRequests',
  ]);
  expect(came.at(-1)?.[2]).toEqual({
    mySubjectRequests: [
      {
        type: 'DELETE',
        state: 'REFUSED',
        dueOn: '2026-05-01',
        outcome: null,
        refusalReason: '该号码仍用于紧急联系',
        complaint: expect.stringContaining('人民法院'),
        decidedOn: '2026-04-12',
      },
    ],
  });
});
