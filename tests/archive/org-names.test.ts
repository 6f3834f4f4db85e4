/** A code comes with its name, under the group of the code (issue 10, 1). */
import { sentence } from '@chengxin/kit/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';

const STUDENT = '2024010317';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const NAMES = `collegeOrg { orgCode name } classOrg { orgCode name } majorOrg { orgCode name }`;
const named = {
  collegeOrg: { orgCode: 'C01', name: '信息工程学院' },
  classOrg: { orgCode: '20240103', name: '2024级3班' },
  majorOrg: { orgCode: 'M0101', name: '软件技术' },
};

test('of one student', async () => {
  const query = `{ student(studentNo: "${STUDENT}") { college classCode majorCode ${NAMES} } }`;

  expect(await college.request('T0101', query, REVIEW)).toEqual({
    data: {
      student: { college: 'C01', classCode: '20240103', majorCode: 'M0101', ...named },
    },
  });
});

test('of all students of a list, by one statement', async () => {
  const page = (of: string) =>
    `{ students(first: 100, filter: { classCode: "20240103" }) { nodes { studentNo ${of} } } }`;
  await college.request('T0110', page(''), REVIEW);
  const without = await countStatements(() => college.request('T0110', page(''), REVIEW));
  const { result, byOffice } = await countStatements(() =>
    college.request('T0110', page(NAMES), REVIEW),
  );

  const { nodes } = (result.data as { students: { nodes: { studentNo: string }[] } }).students;
  expect(nodes.length).toBeGreaterThan(1);
  expect(nodes.find(({ studentNo }) => studentNo === STUDENT)).toEqual({
    studentNo: STUDENT,
    ...named,
  });
  expect(byOffice['archive']).toBe((without.byOffice['archive'] ?? 0) + 1);
});

test('is refused with its code, in the same words', async () => {
  const query = (of: string) => `{ student(studentNo: "${STUDENT}") { ${of} } }`;
  const options = { headers: { 'x-role': 'SYS_OPERATOR' } };

  const refused = await college.request('T0903', query('college'), options);

  expect(refused).toEqual({
    data: { student: null },
    errors: [
      {
        message: sentence('NOT_FOUND'),
        path: ['student'],
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  });
  expect(await college.request('T0903', query(NAMES), options)).toEqual(refused);
});
