/** What a role may have of a student, read from role and relation alone (DOMAIN 2.7, 3.1). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';

const OWN = '2024010317';
/** Of another class and college. */
const OTHER = '2025020415';
const NOBODY = '2099999999';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

interface Access {
  readonly group: string;
  readonly effect: string;
}

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const question = (studentNo: string, purpose = '') =>
  `{ fieldAccess(studentNo: "${studentNo}"${purpose && `, purpose: "${purpose}"`}) {
       group effect clause rule reason rows } }`;

async function accessOf(person: string, headers: Record<string, string>, purpose = '') {
  const { data, errors } = await college.request(person, question(OWN, purpose), { headers });
  expect(errors).toBeUndefined();
  return data?.['fieldAccess'] as Access[];
}

test('a counsellor reads, group by group, what role and relation open, why, and by which cell', async () => {
  const access = await accessOf('T0101', REVIEW);
  expect(access.length).toBe(44);
  const wanted = ['IDENTITY', 'TUITION', 'BAD_CONDUCT', 'PHONE_BILLS'];
  expect(access.filter(({ group }) => wanted.includes(group))).toEqual([
    {
      group: 'IDENTITY',
      effect: 'ALLOW',
      clause: 'FG01',
      rule: 'COUNSELLOR.FG01',
      reason: '可看。 All of it.',
      rows: [],
    },
    {
      group: 'BAD_CONDUCT',
      effect: 'MASK',
      clause: 'FG13',
      rule: 'COUNSELLOR.FG13',
      reason:
        '部分可看。限本班；只显示记录的类别和状态。 A masked part of it. Own classes; category and state of a record.',
      rows: [
        "记录的状态或种类所属的信息类别对查阅人开放 · the group of the row's state or kind (3.2) is open to the caller",
        '指标所属的信息类别对查阅人开放；D2-01对资助评审人开放 · the group of the indicator (2.3) is open to the caller; D2-01 passes for EV_AID',
      ],
    },
    {
      group: 'TUITION',
      effect: 'MASK',
      clause: 'FG16',
      rule: 'COUNSELLOR.FG16',
      reason:
        '部分可看。限本班或本学院；欠费只显示无、已缓交（含有正当理由）或原因不明，不显示金额。 A masked part of it. Own classes or own college; of arrears only NONE, DEFERRED (an excused bill too) or UNEXPLAINED, no amount.',
      rows: [],
    },
    {
      group: 'PHONE_BILLS',
      effect: 'DENY',
      clause: 'FG20',
      rule: 'COUNSELLOR.FG20',
      reason: '不可看。 Nothing.',
      rows: [],
    },
  ]);
});

test('what hangs on a purpose is shut under every other, and no aid round is looked for (note 9)', async () => {
  const hardship = async (purpose: string) =>
    (await accessOf('T0101', REVIEW, purpose)).filter(({ group }) => group === 'HARDSHIP');
  const cell = { group: 'HARDSHIP', clause: 'FG03', rule: 'COUNSELLOR.FG03' };
  const zh = '仅限以资助评审为用途、请求中所指的资助批次；辅导员限本班。';
  const condition =
    'Only inside the aid round named with purpose AID_REVIEW; a counsellor in his own classes.';
  expect(await hardship('ADMIN_REVIEW')).toEqual([
    { ...cell, effect: 'DENY', reason: `不可看。${zh} Nothing. ${condition}`, rows: [] },
  ]);
  expect(await hardship('AID_REVIEW')).toEqual([
    {
      ...cell,
      effect: 'ALLOW',
      reason: `可看。${zh} All of it. ${condition}`,
      rows: ['请求所指资助批次的事实 · facts of the round named in the request'],
    },
  ]);
});

test('the answer is the same for every student in scope, whatever rows there are', async () => {
  const before = await accessOf('T0401', {});
  await college.bring('finance', 'bills', [
    {
      账单编号: 'B-1',
      学号: OWN,
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    },
  ]);
  expect(await accessOf('T0401', {})).toEqual(before);
  const { data } = await college.request('T0401', question(OTHER));
  expect(data?.['fieldAccess']).toEqual(before);
});

test('a student out of scope and one who does not exist are one answer, by the same statements', async () => {
  await college.request('T0101', '{ __typename }', { headers: REVIEW });
  const requestOf = (studentNo: string) =>
    countStatements(() => college.request('T0101', question(studentNo), { headers: REVIEW }));
  const other = await requestOf(OTHER);
  const nobody = await requestOf(NOBODY);
  expect(other.result).toEqual({
    data: { fieldAccess: null },
    errors: [
      {
        message: expect.any(String),
        path: ['fieldAccess'],
        extensions: { code: 'NOT_FOUND' },
      },
    ],
  });
  expect(nobody.result).toEqual(other.result);
  const texts = (answer: typeof other) =>
    answer.statements.map(({ text }) => text.replace(OTHER, 'no').replace(NOBODY, 'no'));
  expect(texts(nobody)).toEqual(texts(other));
});

test('a purpose that the role does not have is refused, and only to whom the student exists', async () => {
  const inScope = await college.request('T0101', question(OWN, 'AUDIT'), { headers: REVIEW });
  const outside = await college.request('T0101', question(OTHER, 'AUDIT'), { headers: REVIEW });
  expect(inScope).toEqual({
    data: { fieldAccess: null },
    errors: [
      {
        message:
          '请说明用途及其依据。 Name the purpose and the reference that it needs. purpose: ADMIN_REVIEW, AID_REVIEW.',
        path: ['fieldAccess'],
        extensions: { code: 'PURPOSE_REQUIRED' },
      },
    ],
  });
  expect(outside.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'NOT_FOUND' }]);
});

test('who never reaches a student sees nothing of him', async () => {
  for (const person of ['T1101', 'T0903']) {
    const { data, errors } = await college.request(person, question(OWN));
    expect(data).toEqual({ fieldAccess: null });
    expect(errors?.map(({ extensions }) => extensions)).toEqual([
      person === 'T1101'
        ? { code: 'NOT_FOUND' }
        : {
            code: 'FORBIDDEN_FIELD',
            group: 'IDENTITY',
            clause: 'FG01',
            rule: 'SYS_OPERATOR.FG01',
          },
    ]);
  }
});
