/** The list of courses, and grades that name one of them (G6.2, F-13). */
import { office } from '@chengxin/academics/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { openDesk, refusedBy, type Desk } from './office-files.js';
import { grade } from './rows.js';

const clerk = importer('T0301', 'AAO_CLERK');
const reviewer = importer('T0302', 'AAO_REVIEWER');

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege();
  desk = await openDesk(college, office);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const course = (row: Record<string, string> = {}) => ({
  课程代码: 'CS101',
  课程名称: '程序设计基础',
  学分: '4',
  课程类别: '必修',
  开课部门: '信息工程学院',
  ...row,
});
const courses = () =>
  asOwner(
    college,
    'academics',
    'select course_code, name, credits, kind, version from course order by course_code',
  );

test('where no course is listed, a grade may name any', async () => {
  const report = await desk.propose('grades', [grade({ 课程代码: 'XX999' })], clerk);
  expect(report).toMatchObject({ rows: 1, rejected: 0 });
});

test('two people bring courses in; a corrected line is the next version (INV-02)', async () => {
  const { batchId } = await desk.propose(
    'courses',
    [course(), course({ 课程代码: 'PE101', 课程名称: '体育', 学分: '1.0', 课程类别: '公共必修' })],
    clerk,
  );
  expect(await courses()).toEqual([]);
  await desk.approve(batchId, reviewer);
  const second = await desk.propose('courses', [course({ 学分: '4.5' })], clerk);
  await desk.approve(second.batchId, reviewer);
  expect(await courses()).toEqual([
    {
      course_code: 'CS101',
      name: '程序设计基础',
      credits: '4.5',
      kind: 'COMPULSORY',
      version: 2,
    },
    { course_code: 'PE101', name: '体育', credits: '1.0', kind: 'PUBLIC', version: 1 },
  ]);
  expect(await refusedBy(college, 'academics', 'update course set approved_by = recorded_by')).toBe(
    'course_second_person',
  );
});

test('from the first course on, a grade of one that is not listed is rejected with the reason', async () => {
  const report = await desk.propose('grades', [grade({}), grade({ 课程代码: 'XX999' })], clerk);
  expect(report).toMatchObject({ rows: 1, rejected: 1 });
  expect(await desk.rejected(report)).toEqual([
    ['3', 'courseCode', '课程库中没有此课程', 'is no course of the list of courses'],
  ]);
});
