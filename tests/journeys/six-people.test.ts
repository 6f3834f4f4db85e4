/** The README's query over six offices, requested by six people who each see what they may. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { importer } from '../support/imports.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';

const STUDENT = '2024010317';
const QUERY = `{
  student(studentNo: "${STUDENT}") {
    name
    grades { courseName score { raw } }
    arrears { category outstandingFen }
    lawViolations { category }
    cadrePosts { post level }
    phoneBills { month amountFen }
  }
}`;
const TELECOM = '91990000MA0000002E';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-S1',
      用途: '资助',
      名称: '助学金评定',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0703',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('archive', 'consents', [
    {
      授权编号: 'CS-1',
      学号: STUDENT,
      授权用途: '第三方采集',
      信息类别: 'PHONE_BILLS',
      接收方: '示范电信',
      接收方统一社会信用代码: TELECOM,
      告知书版本: 'N-2026.1',
      授权时间: '2026-02-20 00:00:00',
      到期时间: '2027-02-19 00:00:00',
      撤回时间: '',
    },
  ]);
  await college.settle();
  await college.bring('academics', 'grades', [
    {
      学号: STUDENT,
      学期: '2025-1',
      课程代码: 'GE102',
      课程名称: '大学英语',
      学分: '4.0',
      成绩: '88.5',
      成绩类型: '百分制',
      绩点: '3.80',
      修读次数: '1',
    },
  ]);
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
  await college.bring('security', 'lawViolations', [
    {
      案件编号: 'SEC-1',
      学号: STUDENT,
      行为日期: '2026-01-10',
      类别: '校内认定',
      处理机关: '保卫处',
      文书编号: '保处〔2026〕1号',
      法律依据: '学生违纪处分规定',
      指标代码: 'D3-03',
      严重程度: 'S2',
      认定日期: '2026-02-01',
      告知日期: '2026-01-20',
    },
  ]);
  await college.bring('youthleague', 'cadrePosts', [
    {
      学号: STUDENT,
      组织: '学生会',
      职务: '部长',
      级别: '校级',
      任职开始: '2025-09-15',
      任职结束: '',
      考核结果: '称职',
    },
  ]);
  const provider = importer('bank-b-01', 'SCHOOL_ADMIN');
  await college.bring(
    'thirdparty',
    'providers',
    [
      {
        统一社会信用代码: TELECOM,
        机构名称: '示范电信',
        机构类型: '电信',
        许可证号: 'TEL-0001',
        许可证有效期: '2035-12-31',
      },
    ],
    provider,
  );
  await college.bring(
    'thirdparty',
    'phoneBills',
    [
      {
        授权编号: 'CS-1',
        手机号后四位: '1001',
        账期: '2026-02',
        金额: '58.00',
        缴费日期: '2026-03-05',
        逾期天数: '0',
        是否确认: '是',
      },
    ],
    importer('telecom-t-01', 'TPC_INST', [TELECOM]),
  );
});
afterAll(() => college.stop());

const GRADES = [{ courseName: '大学英语', score: { raw: '88.50' } }];
const OWED = [{ category: 'UNEXPLAINED', outstandingFen: 980000 }];
const OWED_BAND = [{ category: 'UNEXPLAINED', outstandingFen: null }];
const POSTS = [{ post: '部长', level: 'SCHOOL' }];
const PHONE = [{ month: '2026-02', amountFen: 5800 }];

interface Expected {
  readonly person: string;
  readonly headers: Record<string, string>;
  readonly sees: Record<string, unknown>;
  /** Path behind `student` and the rule that refuses. */
  readonly refused: readonly (readonly [path: string, rule: string])[];
}

const PEOPLE: Readonly<Record<string, Expected>> = {
  'the student': {
    person: STUDENT,
    headers: {},
    sees: {
      grades: GRADES,
      arrears: OWED,
      lawViolations: [{ category: 'SCHOOL_FINDING' }],
      cadrePosts: POSTS,
      phoneBills: PHONE,
    },
    refused: [],
  },
  'the counsellor of the class': {
    person: 'T0101',
    headers: { 'x-purpose': 'ADMIN_REVIEW' },
    sees: {
      grades: GRADES,
      arrears: OWED_BAND,
      lawViolations: null,
      cadrePosts: POSTS,
      phoneBills: null,
    },
    refused: [
      ['arrears.0.outstandingFen', 'COUNSELLOR.FG16'],
      ['lawViolations', 'COUNSELLOR.FG18'],
      ['phoneBills', 'COUNSELLOR.FG20'],
    ],
  },
  'the administrator of the college': {
    person: 'T0110',
    headers: { 'x-purpose': 'ADMIN_REVIEW' },
    sees: {
      grades: GRADES,
      arrears: OWED_BAND,
      lawViolations: [{ category: 'HAS_RECORD' }],
      cadrePosts: POSTS,
      phoneBills: null,
    },
    refused: [
      ['arrears.0.outstandingFen', 'COLLEGE_ADMIN.FG16'],
      ['phoneBills', 'COLLEGE_ADMIN.FG20'],
    ],
  },
  'the finance clerk': {
    person: 'T0401',
    headers: {},
    sees: { grades: null, arrears: OWED, lawViolations: null, cadrePosts: null, phoneBills: null },
    refused: [
      ['grades', 'FIN_CLERK.FG08'],
      ['lawViolations', 'FIN_CLERK.FG18'],
      ['cadrePosts', 'FIN_CLERK.FG12'],
      ['phoneBills', 'FIN_CLERK.FG20'],
    ],
  },
  'the aid evaluator in an open case': {
    person: 'T0703',
    headers: { 'x-case': 'EC-2026-S1' },
    sees: { grades: null, arrears: null, lawViolations: null, cadrePosts: POSTS, phoneBills: null },
    refused: [
      ['grades', 'EV_AID.FG08'],
      ['arrears', 'EV_AID.FG16'],
      ['lawViolations', 'EV_AID.FG18'],
      ['phoneBills', 'EV_AID.FG20'],
    ],
  },
  'the auditor under an audit number': {
    person: 'T0901',
    headers: { 'x-reference': 'AU-2026-1' },
    sees: {
      grades: null,
      arrears: OWED,
      lawViolations: [{ category: 'SCHOOL_FINDING' }],
      cadrePosts: POSTS,
      phoneBills: [{ month: '2026-02', amountFen: null }],
    },
    refused: [
      ['grades', 'AUDITOR.FG08'],
      ['phoneBills.0.amountFen', 'AUDITOR.FG20'],
    ],
  },
};

const refusals = ({ errors = [] }: Answer) =>
  errors.map(
    ({ path = [], extensions }) => `${path.slice(1).join('.')} ${String(extensions['rule'])}`,
  );

describe.each(Object.entries(PEOPLE))('%s', (_, { person, headers, sees, refused }) => {
  test('sees of six offices what the matrix opens, and gets the rule of the rest (DOMAIN 3.3)', async () => {
    const answer = await college.request(person, QUERY, { headers });
    expect(answer.data).toEqual({ student: { name: '李思源', ...sees } });
    expect(refusals(answer).toSorted((a, b) => a.localeCompare(b))).toEqual(
      refused.map((pair) => pair.join(' ')).toSorted((a, b) => a.localeCompare(b)),
    );
  });
});

test('the case is closed at its last instant, for the next query too (SC-04 step 6)', async () => {
  college.clock.set('2026-04-24T00:00:00+08:00');
  const answer = await college.request('T0703', QUERY, { headers: { 'x-case': 'EC-2026-S1' } });
  expect(answer).toEqual({
    errors: [{ message: expect.any(String), extensions: { code: 'CASE_EXPIRED' } }],
  });
});
