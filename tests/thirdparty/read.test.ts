import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { countStatements } from '../support/statements.js';
import {
  BANK,
  BANKER,
  bill,
  bringAs,
  consent,
  giveConsents,
  inDatabase,
  LENDER,
  LOAN_BANK,
  OPERATOR,
  REGISTER,
  repayment,
  SCHOOL,
  statement,
  TELECOM,
  TO_LENDER,
  TO_TELECOM,
} from './provider-files.js';

const STUDENT = '2024020111';
const ANOTHER = '2024020130';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await giveConsents(college, [
    consent({}),
    consent(TO_TELECOM),
    consent(TO_LENDER),
    consent({ 授权编号: 'CS-BANK-2', 学号: ANOTHER }),
    consent({ 授权编号: 'CS-BANK-GONE', 撤回时间: '2026-04-01 00:00:00' }),
  ]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await bringAs(college, BANKER, 'cardOverdrafts', [
    statement({}),
    statement({ 授权编号: 'CS-BANK-2', 卡号后四位: '0042', 逾期金额: '3000', 逾期天数: '95' }),
  ]);
  await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
  await bringAs(college, LENDER, 'loanPerformance', [repayment({})]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A1',
      用途: '评优',
      名称: '2026 年评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
});
afterAll(() => college.stop());

const CLAUSES = {
  CARD_OVERDRAFTS: 'FG19',
  PHONE_BILLS: 'FG20',
  LOAN_PERFORMANCE: 'FG42',
  CONSENTS: 'FG29',
};
const refusal = (
  role: string,
  group: keyof typeof CLAUSES,
  path: readonly (string | number)[],
  more: { code?: string; masked?: true } = {},
) => ({
  message: expect.any(String),
  path,
  extensions: {
    code: 'FORBIDDEN_FIELD',
    group,
    clause: CLAUSES[group],
    rule: `${role}.${CLAUSES[group]}`,
    ...more,
  },
});
const NOT_FOUND = (path: string) => ({
  message: expect.any(String),
  path: [path],
  extensions: { code: 'NOT_FOUND' },
});

const CARD = {
  provider: BANK,
  cardTail4: '4321',
  statementOn: '2026-03-05',
  overdueFen: 128_050,
  overdueDays: 12,
  settledOn: null,
};
const PHONE = {
  provider: TELECOM,
  msisdnTail4: '1003',
  month: '2026-02',
  amountFen: 5800,
  paidOn: '2026-04-01',
  overdueDays: 45,
  confirmed: true,
};
const LOAN = {
  provider: LOAN_BANK,
  contractNoMasked: 'DK****0031',
  month: '2026-03',
  state: 'CURRENT',
  settled: false,
};
const ALL = `cardOverdrafts { ${Object.keys(CARD).join(' ')} }
  phoneBills { ${Object.keys(PHONE).join(' ')} }
  loanPerformance { ${Object.keys(LOAN).join(' ')} }`;
const of = (fields: string, studentNo = STUDENT) =>
  `{ student(studentNo: "${studentNo}") { ${fields} } }`;

test('the student himself reads all that third parties reported of him (L-11)', async () => {
  expect(await college.request(STUDENT, of(ALL))).toEqual({
    data: { student: { cardOverdrafts: [CARD], phoneBills: [PHONE], loanPerformance: [LOAN] } },
  });
});

const DUTY: RequestOptions = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
test.each([
  ['T0001', 'SCHOOL_ADMIN', DUTY],
  ['T0210', 'COLLEGE_ADMIN', DUTY],
  ['T0401', 'FIN_CLERK', {}],
  ['T0701', 'EV_AWARD', { headers: { 'x-case': 'EC-2026-A1' } }],
] as const)(
  '%s, %s, reads nothing of it, and loans need consent whether there are any or not (T-04, note 33)',
  async (person, role, options) => {
    const { result, statements } = await countStatements(() =>
      college.request(person, of(ALL), options),
    );
    expect(result.data).toEqual({
      student: { cardOverdrafts: null, phoneBills: null, loanPerformance: null },
    });
    expect(result.errors?.toSorted((a, b) => String(a.path).localeCompare(String(b.path)))).toEqual(
      [
        refusal(role, 'CARD_OVERDRAFTS', ['student', 'cardOverdrafts']),
        refusal(role, 'LOAN_PERFORMANCE', ['student', 'loanPerformance'], {
          code: 'CONSENT_REQUIRED',
        }),
        refusal(role, 'PHONE_BILLS', ['student', 'phoneBills']),
      ],
    );
    // No row is read, and the archive has written down what was requested.
    expect(statements.filter(({ database }) => database.endsWith('_thirdparty'))).toEqual([]);
  },
);

test('the auditor reads provider and date, no amounts (note 16)', async () => {
  const options = { headers: { 'x-reference': 'AU-2026-1' } };
  const { data, errors } = await college.request('T0901', of(ALL), options);
  const nothing = (row: object) => Object.fromEntries(Object.keys(row).map((key) => [key, null]));
  expect(data).toEqual({
    student: {
      cardOverdrafts: [{ ...nothing(CARD), provider: BANK, statementOn: '2026-03-05' }],
      phoneBills: [{ ...nothing(PHONE), provider: TELECOM, month: '2026-02' }],
      loanPerformance: [{ ...nothing(LOAN), provider: LOAN_BANK, month: '2026-03' }],
    },
  });
  const reported = errors?.map(
    ({ path, extensions }) => `${path?.join('.')} ${String(extensions['rule'])}`,
  );
  expect(reported?.toSorted()).toEqual([
    'student.cardOverdrafts.0.cardTail4 AUDITOR.FG19',
    'student.cardOverdrafts.0.overdueDays AUDITOR.FG19',
    'student.cardOverdrafts.0.overdueFen AUDITOR.FG19',
    'student.cardOverdrafts.0.settledOn AUDITOR.FG19',
    'student.loanPerformance.0.contractNoMasked AUDITOR.FG42',
    'student.loanPerformance.0.settled AUDITOR.FG42',
    'student.loanPerformance.0.state AUDITOR.FG42',
    'student.phoneBills.0.amountFen AUDITOR.FG20',
    'student.phoneBills.0.confirmed AUDITOR.FG20',
    'student.phoneBills.0.msisdnTail4 AUDITOR.FG20',
    'student.phoneBills.0.overdueDays AUDITOR.FG20',
    'student.phoneBills.0.paidOn AUDITOR.FG20',
  ]);
});

const rowsOf = (consentId: string) => `{ consentRows(consentId: "${consentId}") { ${ALL} } }`;

test('a provider reads its own rows under a consent of its own, and no others (SC-05, note 6)', async () => {
  expect(await college.request('bank-b-02', rowsOf('CS-BANK'))).toEqual({
    data: { consentRows: { cardOverdrafts: [CARD], phoneBills: [], loanPerformance: [] } },
  });
  expect(await college.request('telecom-t-01', rowsOf('CS-TELECOM'))).toEqual({
    data: { consentRows: { cardOverdrafts: [], phoneBills: [PHONE], loanPerformance: [] } },
  });
});

test("another's, ended and unknown consents are not found, by the same statements (SC-05, 3.7(4))", async () => {
  const request = (consentId: string) => () => college.request('bank-b-01', rowsOf(consentId));
  await request('CS-NOBODY')();

  const consentIds = ['CS-NOBODY', 'CS-TELECOM', 'CS-LOAN', 'CS-BANK-GONE'];
  for (const consentId of consentIds) {
    const { result, statements } = await countStatements(request(consentId));
    expect(result).toEqual({ data: { consentRows: null }, errors: [NOT_FOUND('consentRows')] });
    // One looks, one writes down that it was refused (INV-12).
    expect(statements).toHaveLength(2);
  }
});

test('a provider never learns who a person is (T-04, note 6)', async () => {
  const query = `{ consentRows(consentId: "CS-BANK") { cardOverdrafts { consentId studentNo } } }`;
  expect(await college.request('bank-b-01', query)).toEqual({
    data: { consentRows: { cardOverdrafts: [{ consentId: 'CS-BANK', studentNo: null }] } },
    errors: [
      refusal('TPC_INST', 'CARD_OVERDRAFTS', ['consentRows', 'cardOverdrafts', 0, 'studentNo'], {
        masked: true,
      }),
    ],
  });
  expect(await college.request('bank-b-01', of(ALL))).toEqual({
    data: { student: null },
    errors: [NOT_FOUND('student')],
  });
});

const LIST = `query ($filter: CardOverdraftFilter, $order: CardOverdraftOrder, $after: String) {
  cardOverdrafts(filter: $filter, order: $order, first: 1, after: $after) {
    nodes { consentId overdueFen }
    pageInfo { hasNextPage endCursor }
  }
}`;
const FIRST = { consentId: 'CS-BANK-2', overdueFen: 300_000 };
const SECOND = { consentId: 'CS-BANK', overdueFen: 128_050 };

test("a provider's list holds its own rows, page by page (2.7, 3.7(1))", async () => {
  const page = (nodes: object[], hasNextPage: boolean) => ({
    data: { cardOverdrafts: { nodes, pageInfo: { hasNextPage, endCursor: expect.any(String) } } },
  });
  const variables = { order: 'OVERDUE' };
  const first = await college.request('bank-b-01', LIST, { variables });
  expect(first).toEqual(page([FIRST], true));
  const listed = first.data?.['cardOverdrafts'] as
    | { readonly pageInfo: { readonly endCursor: string } }
    | undefined;
  const next = { variables: { ...variables, after: listed?.pageInfo.endCursor } };
  expect(await college.request('bank-b-01', LIST, next)).toEqual(page([SECOND], false));
  const theirs = await college.request('bank-b-02', LIST, next);
  expect(theirs.errors?.[0]?.extensions).toEqual({ code: 'VALIDATION' });

  const narrowed = { variables: { filter: { consentId: 'CS-BANK' } } };
  expect(await college.request('bank-b-01', LIST, narrowed)).toEqual(page([SECOND], false));
});

test('an operator sees no card, a bank no bill, and neither any loan (T-04)', async () => {
  const lists = `{ cardOverdrafts { nodes { provider } } phoneBills { nodes { provider month } }
    loanPerformance { nodes { provider } } }`;
  const nodes = (rows: object[]) => ({ nodes: rows });
  expect(await college.request('telecom-t-01', lists)).toEqual({
    data: {
      cardOverdrafts: nodes([]),
      phoneBills: nodes([{ provider: TELECOM, month: '2026-02' }]),
      loanPerformance: nodes([]),
    },
  });
  expect(await college.request('bank-b-01', lists)).toEqual({
    data: {
      cardOverdrafts: nodes([{ provider: BANK }, { provider: BANK }]),
      phoneBills: nodes([]),
      loanPerformance: nodes([]),
    },
  });
});

test('students and school roles have no such lists (2.7)', async () => {
  const list =
    '{ phoneBills { nodes { month } } consentRows(consentId: "CS-BANK") { phoneBills { month } } }';
  const nothing = { phoneBills: null, consentRows: null };
  const { data, errors } = await college.request(STUDENT, list);
  expect(data).toEqual(nothing);
  expect(errors).toEqual([
    refusal('STU_SELF', 'PHONE_BILLS', ['phoneBills']),
    refusal('STU_SELF', 'CONSENTS', ['consentRows']),
  ]);
  const school = await college.request('T0001', list, DUTY);
  expect(school.data).toEqual(nothing);
  expect(school.errors).toEqual([
    refusal('SCHOOL_ADMIN', 'PHONE_BILLS', ['phoneBills']),
    refusal('SCHOOL_ADMIN', 'CONSENTS', ['consentRows'], { masked: true }),
  ]);
});

test('the register of providers is public (G3.2)', async () => {
  const query = `{ providers(filter: { kind: BANK }) {
    nodes { uscc name kind licenceNo licenceUntil state } } }`;
  const bank = {
    uscc: BANK,
    name: '乙银行',
    kind: 'BANK',
    licenceNo: 'JR-0001',
    licenceUntil: '2027-12-31',
    state: 'ACTIVE',
  };
  for (const person of [null, STUDENT, 'bank-b-01'])
    expect(await college.request(person, query)).toEqual({
      data: { providers: { nodes: [bank] } },
    });
});

test('a consent reads until its end and not at it, whatever the feed does (INV-10, INV-21)', async () => {
  const mine = of('cardOverdrafts { overdueFen }');
  await inDatabase(college, `update consent set expires_at = ? where consent_id = 'CS-BANK'`, [
    '2026-04-12T10:00:05+08:00',
  ]);
  college.clock.set('2026-04-12T10:00:04.999+08:00');
  expect(await college.request(STUDENT, mine)).toEqual({
    data: { student: { cardOverdrafts: [{ overdueFen: 128_050 }] } },
  });

  college.clock.set('2026-04-12T10:00:05+08:00');
  expect(await college.request(STUDENT, mine)).toEqual({
    data: { student: { cardOverdrafts: [] } },
  });
  expect(await college.request('bank-b-01', rowsOf('CS-BANK'))).toEqual({
    data: { consentRows: null },
    errors: [NOT_FOUND('consentRows')],
  });
  const left = { variables: { order: 'OVERDUE' } };
  expect(await college.request('bank-b-01', LIST, left)).toEqual({
    data: {
      cardOverdrafts: {
        nodes: [FIRST],
        pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
      },
    },
  });
});
