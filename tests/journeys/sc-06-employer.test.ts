/** SC-06: an employer reads a released report with a token; the token, the consent and the views end. */
import { randomUUID } from 'node:crypto';
import { digest } from '@chengxin/kit/call/crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { readIn, disclosedTo } from '../support/access-log.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';

const STUDENT = '2023010208';
const OTHER = '2024010317';
const EMPLOYER = '91990000MA0000002E';
const REPORT = `{ employerReport {
  watermark issuedOn validUntil newerReportExists
  student { name academicSummary { gpa } practices { activity } credit { grade } }
} }`;
const NAME = '{ employerReport { student { name } } }';

let college: TestCollege;
const fieldRefused = (path: string[], group: string, clause: string) =>
  errorOf('FORBIDDEN_FIELD', path, { group, clause, rule: `EMPLOYER_TOKEN.${clause}` });

/** A consent of a student for the employer, and a token under it. */
async function release(studentNo: string, consentId: string, template: string, maxViews: number) {
  await college.bring('archive', 'consents', [
    {
      授权编号: consentId,
      学号: studentNo,
      授权用途: '用人单位报告',
      信息类别: 'IDENTITY;ACADEMIC_SUMMARY;GOOD_CONDUCT;CREDIT_GRADE',
      接收方: '示范科技公司',
      接收方统一社会信用代码: EMPLOYER,
      告知书版本: 'N-2026.1',
      授权时间: '2026-05-10 09:00:00',
      到期时间: '2026-05-31 18:00:00',
      撤回时间: '',
    },
  ]);
  const token = randomUUID();
  await asOwner(
    college,
    'archive',
    `insert into report_token (token_hash, student_no, consent_id, recipient_uscc, report_template, max_views,
       issued_at, expires_at, watermark, state)
     values ($1, $6, $2, $3, $4, $5, '2026-05-10T02:00:00Z', '2026-05-31T10:00:00Z', 'E-2026-0001', 'ISSUED')`,
    [digest(token), consentId, EMPLOYER, template, maxViews, studentNo],
  );
  return token;
}
const views = (consentId: string) =>
  asOwner(
    college,
    'archive',
    `select used_views as used, state,
       (select count(*)::int from report_view v where v.token_id = t.id) as noted
     from report_token t where consent_id = $1`,
    [consentId],
  );
const show = (token: string, query = REPORT): Promise<Answer> =>
  college.request(null, query, { headers: { 'x-report-token': token } });

beforeAll(async () => {
  college = await startCollege({ at: '2026-05-20T10:00:00+08:00' });
  await college.bring('academics', 'summaries', [
    {
      学号: STUDENT,
      平均绩点: '3.62',
      已获学分: '60',
      排名区间: '前10%',
      学业预警: '无',
      毕业资格: '合格',
    },
  ]);
});
afterAll(() => college.stop());

const REPORT_SHOWN = {
  watermark: 'E-2026-0001',
  issuedOn: '2026-05-10',
  validUntil: '2026-05-31T10:00:00.000Z',
  newerReportExists: false,
  student: {
    name: '刘子涵',
    academicSummary: { gpa: '3.62' },
    practices: [],
    credit: { grade: null },
  },
};

test('SC-06 (3, 4): the groups of the template, the watermark, and nothing beyond', async () => {
  const token = await release(STUDENT, 'CS-E1', 'CONDUCT', 5);
  expect(await show(token)).toEqual({ data: { employerReport: REPORT_SHOWN } });
  expect(
    await show(
      token,
      '{ employerReport { student { name credit { score } grades { courseName } } } }',
    ),
  ).toEqual({
    data: {
      employerReport: { student: { name: '刘子涵', credit: { score: null }, grades: null } },
    },
    errors: [
      fieldRefused(['employerReport', 'student', 'credit', 'score'], 'CREDIT_SCORE', 'FG21'),
      fieldRefused(['employerReport', 'student', 'grades'], 'GRADES', 'FG08'),
    ],
  });
  expect(await show(token, `{ student(studentNo: "${OTHER}") { name } }`)).toEqual({
    data: { student: null },
    errors: [errorOf('NOT_FOUND', ['student'])],
  });
  expect(await show(token, '{ students { nodes { name } } }')).toEqual({
    data: { students: { nodes: [] } },
  });
});

test('an employer sees his own consent and token, and of none that others were given (note 7)', async () => {
  await release(STUDENT, 'CS-E6', 'FULL', 5);
  const token = await release(STUDENT, 'CS-E7', 'STUDY', 5);
  const query = `{ employerReport { student { consents { consentId } reportTokens { consentId } } } }`;
  expect(await show(token, query)).toEqual({
    data: {
      employerReport: {
        student: { consents: [{ consentId: 'CS-E7' }], reportTokens: [{ consentId: 'CS-E7' }] },
      },
    },
  });
});

test('SC-06 (7): one request is one view, however much it selects; the view after the last is refused', async () => {
  const token = await release(STUDENT, 'CS-E2', 'CONDUCT', 2);
  const twice = await show(
    token,
    `{ a: employerReport { student { name practices { activity } } } b: employerReport { watermark } }`,
  );
  expect(twice).toEqual({
    data: {
      a: { student: { name: '刘子涵', practices: [] } },
      b: { watermark: 'E-2026-0001' },
    },
  });
  expect(await views('CS-E2')).toEqual([{ used: 1, state: 'USED', noted: 1 }]);
  expect(await show(token, NAME)).toEqual({
    data: { employerReport: { student: { name: '刘子涵' } } },
  });
  expect(await views('CS-E2')).toEqual([{ used: 2, state: 'USED', noted: 2 }]);
  const third = await show(token, NAME);
  expect(third.data ?? null).toEqual({ employerReport: null });
  expect(third.errors?.map(({ extensions }) => extensions['code'])).toEqual(['TOKEN_EXPIRED']);
  college.clock.set('2026-05-20T10:00:05+08:00');
  const later = await show(token, NAME);
  expect(later.errors?.map(({ extensions }) => extensions['code'])).toEqual(['TOKEN_EXPIRED']);
  expect(later).not.toHaveProperty('data');
  expect(await views('CS-E2')).toEqual([{ used: 2, state: 'USED', noted: 2 }]);
});

test.each([
  ['another student', `{ student(studentNo: "${OTHER}") { name } }`],
  ['groups outside the template', '{ employerReport { student { grades { courseName } } } }'],
  ['a field that no template has', '{ employerReport { student { phone bills { amountFen } } } }'],
  ['no leaf at all', '{ employerReport { __typename student { __typename } } }'],
  ['what is published', '{ indicators { code } }'],
])('a request for %s shows nothing of the report and takes no view (note 7)', async (_, query) => {
  const token = await release(STUDENT, `CS-${randomUUID()}`, 'CONDUCT', 1);
  const shown = await show(token, query);
  expect(JSON.stringify(shown)).not.toContain('刘子涵');
  expect(await show(token, '{ employerReport { student { studentNo } } }')).toEqual({
    data: { employerReport: { student: { studentNo: STUDENT } } },
  });
  const after = await show(token, NAME);
  expect(after.errors?.map(({ extensions }) => extensions['code'])).toEqual(['TOKEN_EXPIRED']);
});

test('SC-06 (7): two requests at once never share the last view', async () => {
  const token = await release(STUDENT, 'CS-E3', 'CONDUCT', 1);
  const answers = await Promise.all([1, 2, 3, 4].map(() => show(token, NAME)));
  const shown = answers.filter(({ errors }) => !errors);
  expect(shown).toEqual([{ data: { employerReport: { student: { name: '刘子涵' } } } }]);
  expect(await views('CS-E3')).toEqual([{ used: 1, state: 'USED', noted: 1 }]);
});

test('SC-06 (6): a revoked consent ends the report within five seconds, whatever the token says', async () => {
  const token = await release(OTHER, 'CS-E4', 'CONDUCT', 5);
  await show(token, NAME);
  await asOwner(
    college,
    'archive',
    `update consent set withdrawn_at = '2026-05-20T02:00:06Z' where consent_id = 'CS-E4'`,
  );
  college.clock.set('2026-05-20T10:00:11+08:00');
  const after = await show(token, NAME);
  expect(after.errors?.map(({ extensions }) => extensions['code'])).toEqual(['CONSENT_EXPIRED']);
  expect(await views('CS-E4')).toMatchObject([{ used: 1 }]);
});

test('the student reads each view with its time; Student Affairs reads none of them (note 26)', async () => {
  const named = NAME.replace('{', 'query Viewed {');
  const token = await release(OTHER, 'CS-E9', 'CONDUCT', 5);
  college.clock.set('2026-05-20T11:00:00+08:00');
  await show(token, named);
  college.clock.set('2026-05-20T12:00:00+08:00');
  await show(token, named);
  await college.settle();

  const events = await disclosedTo(college, OTHER, 'Viewed');
  expect(
    events.map(({ at, actorRole, actorDisplay, purpose, groups }) => ({
      at,
      actorRole,
      actorDisplay,
      purpose,
      groups,
    })),
  ).toEqual(
    ['2026-05-20T04:00:00.000Z', '2026-05-20T03:00:00.000Z'].map((at) => ({
      at,
      actorRole: 'EMPLOYER_TOKEN',
      actorDisplay: '用人单位 示范科技公司',
      purpose: 'EMPLOYER_REPORT',
      groups: { IDENTITY: 'ALLOW' },
    })),
  );
  const school = { person: 'T0001', headers: { 'x-purpose': 'ADMIN_REVIEW' } };
  expect(await readIn(college, school, 'Viewed', OTHER)).toEqual([]);
});

test('SC-06 (5): at the end of the token nothing is said, no name either; one second before all is', async () => {
  const token = await release(STUDENT, 'CS-E5', 'CONDUCT', 5);
  college.clock.set('2026-05-31T17:59:59+08:00');
  expect(await show(token, NAME)).toEqual({
    data: { employerReport: { student: { name: '刘子涵' } } },
  });
  college.clock.set('2026-05-31T18:00:00+08:00');
  const after = await show(token, NAME);
  expect(after.errors?.map(({ extensions }) => extensions['code'])).toEqual(['TOKEN_EXPIRED']);
  expect(JSON.stringify(after)).not.toContain('刘子涵');
});

test('an invented token, a token beside a login, and a token as an argument are refused', async () => {
  const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions['code']);
  expect(codes(await show(randomUUID(), NAME))).toEqual(['UNAUTHENTICATED']);
  const both = { headers: { 'x-report-token': randomUUID() } };
  expect(codes(await college.request('T0001', NAME, both))).toEqual(['VALIDATION']);
  expect(
    codes(await college.request(null, '{ employerReport(token: "x") { watermark } }')),
  ).toEqual(['VALIDATION']);
});
