/** Aid, hardship and the rounds in which hardship is read (G8.3, F-04, notes 1, 9, 14). */
import { office } from '@chengxin/archive/office';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, refusedBy, type Desk } from '../academics/office-files.js';
import { masked, refused } from '../academics/refusals.js';
import { maskedAt } from '../support/masked-at.js';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { callOffice, entities, errorOf } from '../support/straight.js';
import { aid, hardship, loan, OWN_STUDENT, round } from './own-rows.js';

const OTHER = '2024010305';
const NOW = '2026-04-12T10:00:00+08:00';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const inRound = (roundId: string): RequestOptions => ({
  headers: { 'x-purpose': 'AID_REVIEW', 'x-reference': roundId },
});
const inCase = { headers: { 'x-case': 'EC-AID' } };
const CLERK = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege({ at: NOW });
  desk = await openDesk(college, office);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-AID',
      用途: '资助',
      名称: '助学金',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: OWN_STUDENT,
      评审人工号: 'T0703',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('archive', 'aid-rounds', [
    round(),
    round({ 轮次编号: 'AR-C02', 机构代码: 'C02' }),
    round({ 轮次编号: 'AR-CLASS', 机构代码: '20240103' }),
    round({ 轮次编号: 'AR-OLD', 学年: '2024-2025' }),
    round({ 轮次编号: 'AR-CLOSED', 轮次状态: '已结束' }),
  ]);
  await college.bring('archive', 'aid', [
    aid(),
    hardship(),
    hardship({
      资助编号: 'AID-H0',
      学年: '2024-2025',
      困难等级: '一般困难',
      困难因素: '单亲',
      认定日期: '2024-10-20',
    }),
  ]);
  await college.bring('archive', 'loans', [
    loan(),
    loan({ 贷款编号: 'LN-0', 贷款年度: '2024', 贷款状态: '已结清' }),
  ]);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const select = (person: string, selection: string, options?: RequestOptions) =>
  college.request(person, `{ student(studentNo: "${OWN_STUDENT}") { ${selection} } }`, options);
const answered = (student: object) => ({ data: { student } });

const HARDSHIP = 'hardship { academicYear level factors decidedOn }';
const LATEST = {
  academicYear: '2025-2026',
  level: 'SPECIAL',
  factors: ['家庭受灾', '残疾'],
  decidedOn: '2025-10-20',
};
const EARLIER = {
  academicYear: '2024-2025',
  level: 'GENERAL',
  factors: ['单亲'],
  decidedOn: '2024-10-20',
};
const NO_HARDSHIP = (role: string) => ({
  data: { student: { hardship: null } },
  errors: [refused(['student', 'hardship'], role, 'HARDSHIP', 'FG03')],
});

describe('Hardship (FG03)', () => {
  test.each([
    ['the student', OWN_STUDENT, {}],
    ['an aid evaluator in his case', 'T0703', inCase],
    ['a counsellor in the round', 'T0101', inRound('AR-1')],
    ['the college in the round', 'T0110', inRound('AR-1')],
    ['Student Affairs in the round', 'T0001', inRound('AR-1')],
    ['a counsellor in a round of his class', 'T0101', inRound('AR-CLASS')],
  ])('%s reads what was last found', async (_, person, options) => {
    expect(await select(person, HARDSHIP, options)).toEqual(answered({ hardship: LATEST }));
  });

  test('in the round of another year it is the facts of that year (IN_AID_ROUND)', async () => {
    expect(await select('T0110', HARDSHIP, inRound('AR-OLD'))).toEqual(
      answered({ hardship: EARLIER }),
    );
  });

  test.each([
    ['a counsellor', 'T0101', 'COUNSELLOR'],
    ['the college', 'T0110', 'COLLEGE_ADMIN'],
    ['Student Affairs', 'T0001', 'SCHOOL_ADMIN'],
  ])('%s reads nothing of it outside a round (note 9)', async (_, person, role) => {
    expect(await select(person, HARDSHIP, REVIEW)).toEqual(NO_HARDSHIP(role));
  });

  test('in a round that is not for the org of the student he is nobody: it does not name him (3.1b)', async () => {
    const nobody = { data: { student: null }, errors: [errorOf('NOT_FOUND', ['student'])] };
    expect(await select('T0110', HARDSHIP, inRound('AR-C02'))).toEqual(nobody);
    expect(await select('T0001', 'name', inRound('AR-C02'))).toEqual(nobody);
  });

  test('lists and queues find those whom the round names, and no other', async () => {
    const query = `{ students(first: 100) { nodes { classCode } }
      reviewQueue(first: 100) { nodes { studentNo } } }`;
    const found = async (roundId: string) => {
      const { data } = await college.request('T0110', query, inRound(roundId));
      const { students, reviewQueue } = data as Record<string, { nodes: { classCode: string }[] }>;
      const classes = new Set(students?.nodes.map(({ classCode }) => classCode));
      return { classes: [...classes], waiting: reviewQueue?.nodes.length };
    };
    expect(await found('AR-CLASS')).toEqual({ classes: ['20240103'], waiting: 0 });
    expect(await found('AR-C02')).toEqual({ classes: [], waiting: 0 });
  });

  test.each([
    ['finance', 'T0401', 'FIN_CLERK'],
    ['academic affairs', 'T0301', 'AAO_CLERK'],
  ])('%s never', async (_, person, role) => {
    expect(await select(person, HARDSHIP)).toEqual(NO_HARDSHIP(role));
  });

  test('a student out of scope stays out of scope in a round', async () => {
    const answer = await college.request(
      'T0210',
      `{ student(studentNo: "${OWN_STUDENT}") { hardship { level } } }`,
      inRound('AR-1'),
    );
    expect(answer).toEqual({
      data: { student: null },
      errors: [errorOf('NOT_FOUND', ['student'])],
    });
  });
});

const PURPOSE_REQUIRED = {
  errors: [{ message: expect.any(String), extensions: { code: 'PURPOSE_REQUIRED' } }],
};

describe('The window of a round (note 9, F-04)', () => {
  test.each([
    ['a second before it opens', '2026-04-10T07:59:59+08:00', PURPOSE_REQUIRED],
    [
      'at the instant at which it opens',
      '2026-04-10T08:00:00+08:00',
      answered({ hardship: LATEST }),
    ],
    [
      'a millisecond before it closes',
      '2026-04-20T17:59:59.999+08:00',
      answered({ hardship: LATEST }),
    ],
    ['at the instant at which it closes', '2026-04-20T18:00:00+08:00', PURPOSE_REQUIRED],
  ])('%s', async (_, at, expected) => {
    college.clock.set(at);
    const answer = await select('T0101', HARDSHIP, inRound('AR-1'));
    college.clock.set(NOW);
    expect(answer).toEqual(expected);
  });

  test.each([
    ['that is closed before its time', 'AR-CLOSED'],
    ['that there is not', 'AR-NONE'],
  ])('a round %s is no reference', async (_, roundId) => {
    expect(await select('T0110', HARDSHIP, inRound(roundId))).toEqual(PURPOSE_REQUIRED);
  });

  test.each([
    ['2026-04-10T07:59:59+08:00', null],
    ['2026-04-10T08:00:00+08:00', { level: 'SPECIAL' }],
    ['2026-04-20T17:59:59.999+08:00', { level: 'SPECIAL' }],
    ['2026-04-20T18:00:00+08:00', null],
  ])(
    'the archive decides it by itself, whatever the gateway lets through: %s',
    async (at, seen) => {
      college.clock.set(at);
      const counsellor = {
        ...importer('T0101', 'COUNSELLOR', ['20240103']),
        purpose: 'AID_REVIEW',
        reference: 'AR-1',
        groups: ['HARDSHIP'] as const,
      };
      const answer = await callOffice(
        college,
        'archive',
        counsellor,
        entities('hardship { level }', { studentNo: OWN_STUDENT }),
      );
      college.clock.set(NOW);
      expect(answer).toEqual({
        data: { _entities: [seen && { hardship: seen }] },
        ...(!seen && { errors: [errorOf('NOT_FOUND', ['_entities', 0])] }),
      });
    },
  );
});

const AID = 'aidRecords { kind academicYear amountFen decidedOn hardshipLevel factors }';

describe('Aid records (FG17)', () => {
  const GRANT = {
    kind: 'NATIONAL_GRANT',
    academicYear: '2025-2026',
    amountFen: 330_000,
    decidedOn: '2025-11-05',
    hardshipLevel: null,
    factors: [],
  };
  const FOUND = {
    kind: 'HARDSHIP',
    academicYear: '2025-2026',
    amountFen: null,
    decidedOn: '2025-10-20',
    hardshipLevel: 'SPECIAL',
    factors: ['家庭受灾', '残疾'],
  };
  const FOUND_EARLIER = {
    ...FOUND,
    academicYear: '2024-2025',
    decidedOn: '2024-10-20',
    hardshipLevel: 'GENERAL',
    factors: ['单亲'],
  };
  const rowsOf = async (person: string, options?: RequestOptions) => {
    const { data, errors } = await select(person, AID, options);
    const student = data?.['student'] as { aidRecords: { kind: string; academicYear: string }[] };
    const byName = (a: { kind: string; academicYear: string }) => `${a.academicYear} ${a.kind}`;
    const rows = student.aidRecords.toSorted((a, b) => byName(a).localeCompare(byName(b)));
    return { rows, errors };
  };

  test.each([
    ['the student', OWN_STUDENT, {}],
    ['an aid evaluator in his case', 'T0703', inCase],
  ])('%s reads all of them, in whole', async (_, person, options) => {
    expect(await rowsOf(person, options)).toEqual({
      rows: [FOUND_EARLIER, FOUND, GRANT],
      errors: undefined,
    });
  });

  test('the college reads amounts, and level and factors of the year of the round alone', async () => {
    expect(await rowsOf('T0110', inRound('AR-1'))).toEqual({
      rows: [FOUND, GRANT],
      errors: undefined,
    });
  });

  test('outside a round there is no finding of hardship, and of a grant no level, factor or document (note 9)', async () => {
    const path = ['student', 'aidRecords'];
    const fields = 'aidRecords { amountFen hardshipLevel factors evidence { docNo } }';
    expect(await select('T0110', fields, REVIEW)).toEqual({
      data: {
        student: {
          aidRecords: [{ amountFen: 330_000, hardshipLevel: null, factors: null, evidence: null }],
        },
      },
      errors: ['hardshipLevel', 'factors', 'evidence'].map((field) =>
        refused([...path, 0, field], 'COLLEGE_ADMIN', 'HARDSHIP', 'FG03'),
      ),
    });
  });

  test.each([
    ['a counsellor outside a round', 'T0101', REVIEW],
    ['the college outside a round', 'T0110', REVIEW],
    ['Student Affairs outside a round', 'T0001', REVIEW],
    ['an auditor, to whom hardship is shut', 'T0901', { headers: { 'x-reference': 'AU-1' } }],
  ])('its kind does not disclose to %s that one was found (FG03)', async (_, person, options) => {
    expect(await select(person, 'aidRecords { kind }', options)).toEqual(
      answered({ aidRecords: [{ kind: 'NATIONAL_GRANT' }] }),
    );
  });

  test('a counsellor reads kinds and years without amounts, in a round too (note 1)', async () => {
    const answer = await select('T0101', AID, inRound('AR-1'));
    const student = answer.data?.['student'] as { aidRecords: { kind: string }[] };
    const row = (kind: string, academicYear: string) => ({
      kind,
      academicYear,
      amountFen: null,
      decidedOn: null,
      hardshipLevel: null,
      factors: null,
    });
    expect(student.aidRecords.toSorted((a, b) => b.kind.localeCompare(a.kind))).toEqual([
      row('NATIONAL_GRANT', '2025-2026'),
      row('HARDSHIP', '2025-2026'),
    ]);
    expect(answer.errors).toEqual(
      ['amountFen', 'decidedOn', 'hardshipLevel', 'factors'].flatMap((field) =>
        [0, 1].map((i) =>
          masked(['student', 'aidRecords', i, field], 'COUNSELLOR', 'LOANS_AND_AID', 'FG17'),
        ),
      ),
    );
  });

  test('finance does not see that there are any (note 14)', async () => {
    expect(await select('T0401', 'aidRecords { kind }')).toEqual({
      data: { student: { aidRecords: null } },
      errors: [masked(['student', 'aidRecords'], 'FIN_CLERK', 'LOANS_AND_AID', 'FG17')],
    });
  });

  test('academic affairs read none', async () => {
    expect(await select('T0301', 'aidRecords { kind }')).toEqual({
      data: { student: { aidRecords: null } },
      errors: [refused(['student', 'aidRecords'], 'AAO_CLERK', 'LOANS_AND_AID', 'FG17')],
    });
  });
});

const LOANS =
  'loanRecords { kind contractNoMasked bankUscc principalFen year state infoTruthCheck }';

describe('Student loans (FG17)', () => {
  const LATE = {
    kind: 'ORIGIN',
    contractNoMasked: '************1234',
    bankUscc: '91990000MA0000001B',
    principalFen: 800_000,
    year: 2025,
    state: 'DISBURSED',
    infoTruthCheck: 'PASS',
  };
  test.each([
    ['the student', OWN_STUDENT, {}],
    ['the college', 'T0110', REVIEW],
    ['an aid evaluator in his case', 'T0703', inCase],
  ])('%s reads them in whole, but for the contract', async (_, person, options) => {
    expect(await select(person, LOANS, options)).toEqual(
      answered({ loanRecords: [LATE, { ...LATE, year: 2024, state: 'CLOSED' }] }),
    );
  });

  test('a counsellor reads kind and year (note 1)', async () => {
    const hidden = ['contractNoMasked', 'bankUscc', 'principalFen', 'state', 'infoTruthCheck'];
    const row = (year: number) => ({
      ...Object.fromEntries(hidden.map((field) => [field, null])),
      kind: 'ORIGIN',
      year,
    });
    expect(await select('T0101', LOANS, REVIEW)).toEqual({
      data: { student: { loanRecords: [row(2025), row(2024)] } },
      errors: hidden.flatMap((field) =>
        [0, 1].map((i) =>
          masked(['student', 'loanRecords', i, field], 'COUNSELLOR', 'LOANS_AND_AID', 'FG17'),
        ),
      ),
    });
  });

  const asFlag = (role: string) =>
    maskedAt({ shown: 'FLAG', group: 'LOANS_AND_AID', rule: `${role}.FG17` }, [
      'student',
      'loanRecords',
      '@',
      'state',
    ]);
  const excused = (role: string, state: string) => ({
    ...answered({ loanRecords: [{ state }] }),
    ...asFlag(role),
  });

  test('finance reads no flag of a student without an overdue bill (note 14)', async () => {
    expect(await select('T0401', 'loanRecords { state }')).toEqual({
      ...answered({ loanRecords: [] }),
      ...asFlag('FIN_CLERK'),
    });
  });

  test('finance reads one flag: a hardship excuses, and nothing says that it was one (note 14)', async () => {
    const bill = (studentNo: string) => ({
      账单编号: `B-${studentNo}`,
      学号: studentNo,
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    });
    await college.bring('finance', 'bills', [bill(OWN_STUDENT), bill(OTHER)]);
    expect(await select('T0401', 'loanRecords { state }')).toEqual(excused('FIN_CLERK', 'EXCUSED'));
    const other = `{ student(studentNo: "${OTHER}") { loanRecords { state } } }`;
    expect(await college.request('T0402', other)).toEqual(excused('FIN_REVIEWER', 'NOT_EXCUSED'));
    await college.bring('archive', 'loans', [
      loan({ 贷款编号: 'LN-2', 学号: OTHER, 贷款状态: '已申请' }),
    ]);
    expect(await college.request('T0402', other)).toEqual(excused('FIN_REVIEWER', 'EXCUSED'));
    await college.bring('archive', 'loans', [
      loan({ 贷款编号: 'LN-2', 学号: OTHER, 贷款状态: '已放款' }),
    ]);
    expect(await college.request('T0402', other)).toEqual(excused('FIN_REVIEWER', 'NOT_EXCUSED'));
  });

  test('finance reads nothing else of it', async () => {
    expect(await select('T0401', 'loanRecords { kind state }')).toEqual({
      data: { student: { loanRecords: [{ kind: null, state: 'EXCUSED' }] } },
      errors: [masked(['student', 'loanRecords', 0, 'kind'], 'FIN_CLERK', 'LOANS_AND_AID', 'FG17')],
      ...asFlag('FIN_CLERK'),
    });
  });

  test('security reads none', async () => {
    expect(await select('T0501', 'loanRecords { kind }')).toEqual({
      data: { student: { loanRecords: null } },
      errors: [refused(['student', 'loanRecords'], 'SEC_CLERK', 'LOANS_AND_AID', 'FG17')],
    });
  });

  test('the whole number of a contract stands in no table', async () => {
    const rows = await asOwner(
      college,
      'archive',
      `select contract_no_masked from loan_record where loan_no = 'LN-1'`,
    );
    expect(rows).toEqual([{ contract_no_masked: '************1234' }]);
  });
});

test('anybody reads the rounds, which name no student (RULES)', async () => {
  const query = `{ aidRounds(academicYear: "2024-2025") {
    roundId academicYear orgCodes opensAt closesAt state } }`;
  expect(await college.request(null, query)).toEqual({
    data: {
      aidRounds: [
        {
          roundId: 'AR-OLD',
          academicYear: '2024-2025',
          orgCodes: ['SCHOOL'],
          opensAt: '2026-04-10T00:00:00.000Z',
          closesAt: '2026-04-20T10:00:00.000Z',
          state: 'OPEN',
        },
      ],
    },
  });
});

describe('What a file may not say', () => {
  const rejected = async (kind: string, rows: Record<string, string>[]) => {
    const table = kind === 'aid' ? 'aid_record' : kind === 'loans' ? 'loan_record' : 'aid_round';
    const count = () => asOwner(college, 'archive', `select count(*)::int as n from ${table}`);
    const before = await count();
    const report = await desk.propose(kind, rows, CLERK);
    expect(await count()).toEqual(before);
    return (await desk.rejected(report)).map(([line, column]) => `${line} ${column}`);
  };

  test('aid: a hardship without a level, a day to come, a number of another student', async () => {
    expect(
      await rejected('aid', [
        hardship({ 资助编号: 'X-1', 困难等级: '' }),
        aid({ 资助编号: 'X-2', 困难因素: '残疾' }),
        aid({ 资助编号: 'X-3', 认定日期: '2026-04-13' }),
        aid({ 学号: OTHER }),
        aid({ 资助编号: 'X-5', 学号: '2099999999' }),
      ]),
    ).toEqual(['2 困难等级', '3 困难等级', '6 studentNo', '4 decidedOn', '5 studentNo']);
  });

  test('loans: a number of another student, a code that is none, a loan of nothing', async () => {
    expect(
      await rejected('loans', [
        loan({ 学号: OTHER }),
        loan({ 贷款编号: 'X-2', 银行统一社会信用代码: '91990000MA0000001C' }),
        loan({ 贷款编号: 'X-3', 贷款本金: '0' }),
      ]),
    ).toEqual(['3 银行统一社会信用代码', '4 贷款本金', '2 studentNo']);
  });

  test('rounds: a window that ends before it begins, an org that there is not', async () => {
    expect(
      await rejected('aid-rounds', [
        round({ 轮次编号: 'X-1', 结束时间: '2026-04-10 08:00:00' }),
        round({ 轮次编号: 'X-2', 机构代码: 'C01;C99' }),
      ]),
    ).toEqual(['2 结束时间', '3 orgCodes']);
  });

  test('the database holds it too (INV-02)', async () => {
    const changed = (table: string, set: string) =>
      refusedBy(college, 'archive', `update ${table} set ${set}`);
    expect(await changed('aid_record', 'approved_by = recorded_by')).toBe(
      'aid_record_second_person',
    );
    expect(await changed('aid_record', `hardship_level = null`)).toBe('aid_record_hardship');
    expect(await changed('loan_record', 'approved_by = recorded_by')).toBe(
      'loan_record_second_person',
    );
    expect(await changed('aid_round', 'closes_at = opens_at')).toBe('aid_round_window');
  });
});
