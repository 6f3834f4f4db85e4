/** What tests of the archive's nouns select and expect. */
import { expect } from 'vitest';
import type { RequestOptions, TestCollege } from '../support/college.js';

export const REVIEW: RequestOptions = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
export const AUDIT: RequestOptions = { headers: { 'x-reference': 'AU-1' } };
export const inCase = (caseId: string): RequestOptions => ({ headers: { 'x-case': caseId } });

/** Evaluation cases of one student with their evaluators, and an audit. */
export async function openTasks(college: TestCollege, studentNo: string): Promise<void> {
  const cases = [
    ['EC-AWARD', '评优', 'T0701'],
    ['EC-PARTY', '入党', 'T0702'],
    ['EC-AID', '资助', 'T0703'],
    ['EC-EMPLOY', '就业推荐', 'T0704'],
    ['EC-APPEAL', '申诉', 'T0811'],
  ];
  await college.bring(
    'archive',
    'cases',
    cases.map(([caseId = '', purpose = '', evaluator = '']) => ({
      评审编号: caseId,
      用途: purpose,
      名称: purpose,
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: studentNo,
      评审人工号: evaluator,
    })),
  );
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '档案审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
}

/** Select one entrance of a student as one person; the whole answer. */
export const selectFrom =
  (college: () => TestCollege, studentNo: string) =>
  (person: string, selection: string, options?: RequestOptions) =>
    college().request(person, `{ student(studentNo: "${studentNo}") { ${selection} } }`, options);

export const answered = (student: object) => ({ data: { student } });

/** The error of a refused field, by the cell that refuses it. */
export const refusal = (
  path: readonly (string | number)[],
  group: string,
  rule: string,
  more = {},
) => ({
  message: expect.any(String),
  path: ['student', ...path],
  extensions: { code: 'FORBIDDEN_FIELD', group, clause: rule.split('.')[1], rule, ...more },
});

/** An entrance that the role's cell shuts. */
export const refused = (entrance: string, group: string, rule: string, more = {}) => ({
  data: { student: { [entrance]: null } },
  errors: [refusal([entrance], group, rule, more)],
});
