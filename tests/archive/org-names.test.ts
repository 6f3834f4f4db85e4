/** Orgs of students: a code comes with its name, and stays where its students are (issue 10, 1; G19.1). */
import { office } from '@chengxin/archive/office';
import { sentence } from '@chengxin/kit/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk } from '../academics/office-files.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
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

test('a class and a major with students of a college do not move to another by a file (G17, G19.1)', async () => {
  const desk = await openDesk(college, office);
  const clerk = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
  const reviewer = importer('T0002', 'SCHOOL_ADMIN', ['SCHOOL']);
  const org = (机构代码: string, 类别: string, 上级机构代码: string) => ({
    机构代码,
    机构名称: `机构${机构代码}`,
    类别,
    上级机构代码,
  });
  const moved = [
    org('20240103', 'CLASS', 'C02'),
    org('M0101', 'MAJOR', 'C02'),
    // By way of an org that is new, and of one that has nobody below it.
    org('DEPT-1', 'DEPARTMENT', 'C01'),
    org('20230102', 'CLASS', 'DEPT-1'),
    org('20240109', 'CLASS', 'C02'),
  ];

  const report = await desk.propose('orgs', moved, clerk);

  const refused = (await desk.rejected(report)).map(([line, ...said]) => [line, ...said].join(' '));
  const why =
    'parentCode 该机构的学生属于其他学院，不能移动；请先逐人转学院（transferStudent） it has students of another college: transfer the students first (transferStudent)';
  expect(refused.toSorted()).toEqual([`2 ${why}`, `3 ${why}`]);
  expect(await desk.approve(report.batchId, reviewer)).toMatchObject({ changed: 3 });

  // What stands above a class moves it as well, and its college with all that is below it moves.
  const above = await desk.propose('orgs', [org('DEPT-1', 'DEPARTMENT', 'C02')], clerk);
  expect((await desk.rejected(above)).map(([line]) => line)).toEqual(['2']);
  const whole = await desk.propose('orgs', [org('C01', 'COLLEGE', '')], clerk, {
    emptyClears: ['parentCode'],
  });
  expect(whole.rejected).toBe(0);

  // Who was transferred into it since keeps it where it is.
  const late = await desk.propose('orgs', [org('20240109', 'CLASS', 'C01')], clerk);
  await asOwner(
    college,
    'archive',
    `update student set college = 'C02', class_code = '20240109' where student_no = $1`,
    [STUDENT],
  );
  await expect(desk.approve(late.batchId, reviewer)).rejects.toThrow('transfer the students first');
  await desk.close();
});
