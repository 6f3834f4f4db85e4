/** What the Youth League adds to a student, selected by each kind of reader (DOMAIN 3.3, 2.4). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refused } from '../academics/refusals.js';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { cadrePost, practice, volunteering } from './rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('youthleague', 'cadrePosts', [
    cadrePost({}),
    cadrePost({
      组织: '2024级3班',
      职务: '班长',
      级别: '班级',
      任职开始: '2026-02-24',
      任职结束: '',
      考核结果: '',
    }),
  ]);
  await college.bring('youthleague', 'practices', [practice({})]);
  await college.bring('youthleague', 'volunteerHours', [volunteering({})]);
  await college.bring(
    'archive',
    'cases',
    [
      ['EC-1', '评优', 'T0701'],
      ['EC-2', '资助', 'T0703'],
    ].map(([id = '', purpose = '', evaluator = '']) => ({
      评审编号: id,
      用途: purpose,
      名称: purpose,
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: '2024010305',
      评审人工号: evaluator,
    })),
  );
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const ADMIN_REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const AWARD = { headers: { 'x-case': 'EC-1' } };
const AID = { headers: { 'x-case': 'EC-2' } };

const QUERY = `{ student(studentNo: "2024010305") {
  cadrePosts { org post level from to appraisal state }
  practices { activity hours place verifiedBy student { studentNo } }
  volunteerHours { termCode hours } } }`;
const PRACTICE = {
  activity: '暑期三下乡',
  hours: '32.5',
  place: '示范县',
  verifiedBy: null,
  student: { studentNo: '2024010305' },
};
const WHOLE = {
  cadrePosts: [
    {
      org: '2024级3班',
      post: '班长',
      level: 'CLASS',
      from: '2026-02-24',
      to: null,
      appraisal: null,
      state: 'APPROVED',
    },
    {
      org: '校学生会',
      post: '学习部部长',
      level: 'SCHOOL',
      from: '2025-03-01',
      to: '2025-12-31',
      appraisal: 'COMPETENT',
      state: 'APPROVED',
    },
  ],
  practices: [PRACTICE],
  volunteerHours: [{ termCode: '2024-2', hours: '40.0' }],
};
const verifiedBy = (role: string) =>
  refused(['student', 'practices', 0, 'verifiedBy'], role, 'STAFF_IDENTITY', 'FG43');

test.each([
  ['the student himself', '2024010305', 'STU_SELF', {}],
  ['his counsellor', 'T0101', 'COUNSELLOR', ADMIN_REVIEW],
  ['the clerk of the Youth League', 'T0601', 'CYL_CLERK', {}],
  ['an awards evaluator in his case', 'T0701', 'EV_AWARD', AWARD],
  ['an aid evaluator in his case', 'T0703', 'EV_AID', AID],
])(
  '%s reads good records, and not who verified them (FG12, FG43)',
  async (_who, person, role, options) => {
    expect(await college.request(person, QUERY, options)).toEqual({
      data: { student: WHOLE },
      errors: [verifiedBy(role)],
    });
  },
);

test('student affairs reads who verified a practice (FG43)', async () => {
  expect(await college.request('T0001', QUERY, ADMIN_REVIEW)).toEqual({
    data: { student: { ...WHOLE, practices: [{ ...PRACTICE, verifiedBy: 'T0602' }] } },
  });
});

test('the administrator of his college reads good records, and staff of his college alone (note 34)', async () => {
  const { data, errors } = await college.request('T0110', QUERY, ADMIN_REVIEW);
  expect(data).toEqual({ student: WHOLE });
  expect(errors).toEqual([
    {
      ...verifiedBy('COLLEGE_ADMIN'),
      extensions: { ...verifiedBy('COLLEGE_ADMIN').extensions, masked: true },
    },
  ]);
});

test('a clerk of finance reads none of them (FG12)', async () => {
  const fields = ['cadrePosts', 'practices', 'volunteerHours'];
  expect(await college.request('T0401', QUERY)).toEqual({
    data: { student: Object.fromEntries(fields.map((field) => [field, null])) },
    errors: fields.map((field) => refused(['student', field], 'FIN_CLERK', 'GOOD_CONDUCT', 'FG12')),
  });
});

const SEEN = `{ student(studentNo: "2024010305") {
  cadrePosts { state } practices { state } volunteerHours { state } } }`;
/** States that a person sees of the three nouns, if he sees the same of each. */
const seen = async (person: string, options: RequestOptions = {}) => {
  const { data, errors } = await college.request(person, SEEN, options);
  expect(errors).toBeUndefined();
  const { student } = data as { student: Record<string, { state: string }[]> };
  const lists = Object.values(student);
  return [...new Set(lists.flat().map(({ state }) => state))];
};
const everyState = async (state: string) => {
  for (const table of ['cadre_post', 'practice_record', 'volunteer_hours'])
    await asOwner(college, 'youthleague', `update ${table} set state = '${state}'`);
};

test('a proposed record is seen by the Youth League and student affairs alone (FG37, notes 10 and 29)', async () => {
  await everyState('PROPOSED');
  expect(await seen('T0601')).toEqual(['PROPOSED']);
  expect(await seen('T0602')).toEqual(['PROPOSED']);
  expect(await seen('T0001', ADMIN_REVIEW)).toEqual(['PROPOSED']);
  expect(await seen('2024010305')).toEqual([]);
  expect(await seen('T0101', ADMIN_REVIEW)).toEqual([]);
  expect(await seen('T0110', ADMIN_REVIEW)).toEqual([]);
  expect(await seen('T0701', AWARD)).toEqual([]);
  expect(await seen('T0703', AID)).toEqual([]);
});

test('a revoked record leaves a trace for the student alone among these (FG14)', async () => {
  await everyState('REVOKED');
  expect(await seen('2024010305')).toEqual(['REVOKED']);
  expect(await seen('T0601')).toEqual([]);
  expect(await seen('T0001', ADMIN_REVIEW)).toEqual([]);
  expect(await seen('T0101', ADMIN_REVIEW)).toEqual([]);
  expect(await seen('T0110', ADMIN_REVIEW)).toEqual([]);
  expect(await seen('T0701', AWARD)).toEqual([]);
});

const AUDIT = { headers: { 'x-reference': 'AU-1' } };

test.each([
  ['2024010305', {}, { PROPOSED: false, APPROVED: true, REVOKED: true }],
  ['T0101', ADMIN_REVIEW, { PROPOSED: false, APPROVED: true, REVOKED: false }],
  ['T0110', ADMIN_REVIEW, { PROPOSED: false, APPROVED: true, REVOKED: false }],
  ['T0001', ADMIN_REVIEW, { PROPOSED: true, APPROVED: true, REVOKED: false }],
  ['T0901', AUDIT, { PROPOSED: false, APPROVED: true, REVOKED: true }],
  ['T0601', {}, { PROPOSED: true, APPROVED: true, REVOKED: false }],
  ['T0602', {}, { PROPOSED: true, APPROVED: true, REVOKED: false }],
  ['T0701', AWARD, { PROPOSED: false, APPROVED: true, REVOKED: false }],
])(
  'of a record in each state %s, with %o, reads %o (STATE_ALLOWED, FROM_NOTIFIED)',
  async (person, options, expected) => {
    const found: Record<string, boolean> = {};
    for (const state of Object.keys(expected)) {
      await everyState(state);
      found[state] = (await seen(person, options)).includes(state);
    }
    expect(found).toEqual(expected);
  },
);
