/** What a decision on a student hangs on beside role and relation: notes 8, 10, 12, 13, 33 (3.4). */
import { openGroups } from '@chengxin/archive/row-groups/row-groups.predicates';
import { matterOfficeOf, officeOf } from '@chengxin/archive/org/own-office';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { predicatesOf } from '@chengxin/kit/privacy/predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { callOffice } from '../support/straight.js';
import { answered, selectFrom, refused, REVIEW } from './select.js';
import { StudentRows } from './procedure-rows.js';

const STUDENT = '2024010305';
const OTHER = '2024010317';

let college: TestCollege;
const select = selectFrom(() => college, STUDENT);
const rows = new StudentRows(() => college, STUDENT);
const others = new StudentRows(() => college, OTHER);
const sql = (text: string, parameters: readonly unknown[] = []) =>
  asOwner(college, 'archive', text, parameters);

const NOT_FOUND = {
  data: { student: null },
  errors: [{ message: expect.any(String), path: ['student'], extensions: { code: 'NOT_FOUND' } }],
};

beforeAll(async () => {
  college = await startCollege();
  await put(college, 'archive', 'commitment_template', {
    matter: 'ADMISSION',
    template_version: '2026.1',
    owner_office: 'AEO',
    subject_types: '["STUDENT"]',
    clauses: '[]',
    consequences: '[]',
    valid_from: '2026-01-01',
    state: 'PUBLISHED',
    ...RECORDED,
  });
});
afterAll(() => college.stop());
afterEach(() =>
  sql(`delete from submission; delete from appeal; delete from repair_application;
    delete from commitment; delete from conduct_record; delete from consent`),
);

const STUDENTS = '{ students { nodes { studentNo } pageInfo { hasNextPage } } }';
const recordOf = async (of: StudentRows): Promise<string> => {
  await of.record('FIGHT', 'D3-03', 'LAW_VIOLATIONS', 'SEC', 'ACTIVE');
  return 'FIGHT';
};

describe('An appeal or repair in hand (note 13, 3.1b)', () => {
  const CLOSED = 'closedConductRecords { indicatorCode }';
  const seen = answered({ closedConductRecords: [{ indicatorCode: 'D3-06' }] });
  const shut = refused('closedConductRecords', 'CLOSED_CONDUCT', 'SCHOOL_ADMIN.FG14');
  const unnamed = {
    errors: [{ message: expect.any(String), extensions: { code: 'PURPOSE_REQUIRED' } }],
  };
  const naming = (purpose: string, reference: string): RequestOptions => ({
    headers: { 'x-purpose': purpose, 'x-reference': reference },
  });

  test.each([
    ['his own and open', 'FILED', 'T0001', null, seen],
    ['his own as the second of two', 'ACCEPTED', 'T0002', 'T0001', seen],
    ['his own after a first refusal', 'ESCALATED', 'T0001', null, seen],
    ["another's", 'INVESTIGATING', 'T0002', null, unnamed],
    ['in nobody’s hand', 'INVESTIGATING', null, null, unnamed],
    ['his own, but withdrawn', 'WITHDRAWN', 'T0001', null, unnamed],
    ['his own, but closed', 'CLOSED', 'T0001', null, unnamed],
  ])('Student Affairs naming an appeal that is %s', async (_, state, handler, second, expected) => {
    await rows.records();
    await rows.appeal('A', 1, 'SAO', ['IDENTITY'], {
      state,
      handler_no: handler,
      second_handler_no: second,
    });
    expect(await select('T0001', CLOSED, naming('APPEAL', rows.id('A')))).toEqual(expected);
  });

  test.each([
    ['his own, at the school', 'SAO_REVIEW', 'T0001', seen],
    ['his own, at the college', 'COLLEGE_REVIEW', 'T0001', seen],
    ["another's", 'SAO_REVIEW', 'T0002', unnamed],
    ['his own, but withdrawn', 'WITHDRAWN', 'T0001', unnamed],
  ])('Student Affairs naming a repair that is %s', async (_, state, handler, expected) => {
    await rows.records();
    await rows.repair('R', 1, 'FIGHT', state, { handler_no: handler });
    expect(await select('T0001', CLOSED, naming('REPAIR', rows.id('R')))).toEqual(expected);
  });

  test('it opens its own student, and nobody else', async () => {
    await rows.records();
    await others.appeal('A', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0001' });
    const foreign = naming('APPEAL', others.id('A'));
    expect(await select('T0001', CLOSED, foreign)).toEqual(NOT_FOUND);
    expect(await select('T0001', 'name', foreign)).toEqual(NOT_FOUND);
    expect(await college.request('T0001', STUDENTS, foreign)).toEqual({
      data: { students: { nodes: [{ studentNo: OTHER }], pageInfo: { hasNextPage: false } } },
    });
  });

  test('whom it does not name is not there: the same as nobody, by the same statements (3.7(4))', async () => {
    await others.repair('R', 1, await recordOf(others), 'SAO_REVIEW', { handler_no: 'T0001' });
    const foreign = naming('REPAIR', others.id('R'));
    const requestFor = (no: string) =>
      countStatements(() =>
        college.request('T0001', `{ student(studentNo: "${no}") { name } }`, foreign),
      );
    await requestFor(OTHER); // The caller is cached from now on.
    const [unnamed, nobody] = [await requestFor(STUDENT), await requestFor('2099999999')];
    expect(unnamed.result).toEqual(NOT_FOUND);
    expect(nobody.result).toEqual(NOT_FOUND);
    expect(unnamed.statements.length).toBe(nobody.statements.length);
  });

  test('what names no student is not of its matter', async () => {
    await rows.appeal('A', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0001' });
    const log = '{ accessLog { nodes { actorRole } pageInfo { hasNextPage } } }';
    expect(await college.request('T0001', log, naming('APPEAL', rows.id('A')))).toEqual({
      data: { accessLog: null },
      errors: [
        { message: expect.any(String), path: ['accessLog'], extensions: { code: 'NOT_FOUND' } },
      ],
    });
  });

  test('the archive itself opens nothing for the task of another, whoever calls it', async () => {
    await rows.records();
    await rows.appeal('A', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0002' });
    const straight = (reference: string, subject: string) =>
      callOffice(
        college,
        'archive',
        {
          ...importer(subject, 'SCHOOL_ADMIN', ['SCHOOL']),
          purpose: 'APPEAL',
          reference,
          groups: ['CLOSED_CONDUCT'],
        },
        JSON.stringify({ query: `{ student(studentNo: "${STUDENT}") { ${CLOSED} } }` }),
      );
    expect(await straight(rows.id('A'), 'T0002')).toEqual(seen);
    expect(await straight(rows.id('A'), 'T0001')).toEqual(NOT_FOUND);
    expect(await straight('none', 'T0002')).toEqual(NOT_FOUND);
  });

  test('an appeal is no repair, and a number that there is not is none', async () => {
    await rows.records();
    await rows.appeal('A', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0001' });
    for (const options of [
      naming('REPAIR', rows.id('A')),
      naming('APPEAL', '00000000-0000-0000-0000-000000000000'),
      naming('APPEAL', `' or true --`),
    ])
      expect(await select('T0001', CLOSED, options)).toEqual(unnamed);
  });

  test('without it, or for a college, what is over stays shut', async () => {
    await rows.records();
    await rows.appeal('A', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0110' });
    expect(await select('T0001', CLOSED, REVIEW)).toEqual(shut);
    expect(await select('T0110', CLOSED, naming('APPEAL', rows.id('A')))).toEqual(
      refused('closedConductRecords', 'CLOSED_CONDUCT', 'COLLEGE_ADMIN.FG14'),
    );
  });
});

describe('Whoever stands in a matter of an office (notes 8, 10, 12)', () => {
  const found = answered({ studentNo: STUDENT });
  const record = (code: string, state: string, typename = 'ConductRecord') =>
    rows.record('M', code, 'BAD_CONDUCT', 'SAO', state, { source_typename: typename });
  const submission = async (state: string, recordState = 'ACTIVE') => {
    await record('D3-01', recordState);
    await rows.submission('B', 1, 'M', state);
  };

  test.each(['T1101', 'T0801', 'T1201', 'province-conn'])(
    'to %s a student in none is not there',
    async (person) => {
      await record('D3-01', 'ACTIVE');
      expect(await select(person, 'studentNo')).toEqual(NOT_FOUND);
    },
  );

  test.each([
    ['employment, D6 proposed', 'T1201', () => record('D6-01', 'PROPOSED'), found],
    ['employment, D6 counting', 'T1201', () => record('D6-06', 'MITIGATED'), found],
    ['employment, D6 over', 'T1201', () => record('D6-06', 'EXPIRED'), NOT_FOUND],
    ['employment, D5', 'T1201', () => record('D5-01', 'ACTIVE'), NOT_FOUND],
    ['research, a case found', 'T1101', () => record('D1-02', 'FOUND', 'MisconductCase'), found],
    [
      'research, an exam violation',
      'T1101',
      () => record('D1-05', 'FOUND', 'ExamViolation'),
      NOT_FOUND,
    ],
    [
      'research, a case revoked',
      'T1101',
      () => record('D1-02', 'REVOKED', 'MisconductCase'),
      NOT_FOUND,
    ],
    ['discipline, a case', 'T0801', () => record('D1-02', 'ACTIVE', 'MisconductCase'), found],
    ['discipline, a candidate (3.7(15))', 'T0801', () => submission('CANDIDATE'), NOT_FOUND],
    ['discipline, from its notice on', 'T0801', () => submission('NOTICE_TO_PERSON'), found],
    ['discipline, a withdrawn one', 'T0801', () => submission('WITHDRAWN'), NOT_FOUND],
    ['discipline, of a record over', 'T0801', () => submission('SENT', 'REVOKED'), NOT_FOUND],
    ['the connector, an approved one', 'province-conn', () => submission('APPROVED'), found],
    ['the connector, not yet approved', 'province-conn', () => submission('OBJECTION'), NOT_FOUND],
    ['the connector, one that is sent', 'province-conn', () => submission('SENT'), NOT_FOUND],
    [
      'the connector, of a record sealed',
      'province-conn',
      () => submission('APPROVED', 'SEALED'),
      NOT_FOUND,
    ],
  ])('%s', async (_, person, given, expected) => {
    await given();
    expect(await select(person, 'studentNo')).toEqual(expected);
  });

  const offer = (student: StudentRows, more = {}) =>
    student.put('P', 'commitment', {
      matter: 'ADMISSION',
      template_version: '2026.1',
      owner_office: 'AEO',
      state: 'OFFERED',
      recorded_at: '2026-03-01T00:00:00Z',
      ...more,
    });
  const promise = (student: StudentRows) =>
    offer(student, {
      state: 'SIGNED',
      signed_at: '2026-03-02T00:00:00Z',
      signature_hash: 'a'.repeat(64),
    });

  test('an admission promise brings a student before the employment office, which reads it', async () => {
    await promise(rows);
    expect(await select('T1201', 'studentNo commitments { matter state }')).toEqual(
      answered({ studentNo: STUDENT, commitments: [{ matter: 'ADMISSION', state: 'SIGNED' }] }),
    );
  });

  test('an offer that he has not signed brings him before nobody', async () => {
    await offer(rows);
    expect(await select('T1201', 'studentNo')).toEqual(NOT_FOUND);
    await sql(`update commitment set state = 'DECLINED'`);
    expect(await select('T1201', 'studentNo')).toEqual(NOT_FOUND);
  });

  test('its list holds them and no other, page by page (3.7(1))', async () => {
    const list = (first: number) =>
      college.request(
        'T1201',
        `{ students(first: ${first}) { nodes { studentNo } pageInfo { hasNextPage } } }`,
      );
    const page = (nos: string[], hasNextPage: boolean) => ({
      data: {
        students: { nodes: nos.map((studentNo) => ({ studentNo })), pageInfo: { hasNextPage } },
      },
    });
    expect(await list(1)).toEqual(page([], false));
    await promise(others);
    expect(await list(1)).toEqual(page([OTHER], false));
    await promise(rows);
    expect(await list(1)).toEqual(page([STUDENT], true));
    expect(await list(2)).toEqual(page([STUDENT, OTHER], false));
  });

  test('a student who is not there and one in no matter cost the same statements (3.7(4))', async () => {
    const request = (studentNo: string) =>
      countStatements(() =>
        college.request('T1201', `{ student(studentNo: "${studentNo}") { name } }`),
      );
    await request(STUDENT);
    const [outside, nobody] = [await request(STUDENT), await request('2099999999')];
    expect([outside.result, nobody.result]).toEqual([
      { ...NOT_FOUND, data: { student: null } },
      { ...NOT_FOUND, data: { student: null } },
    ]);
    expect(nobody.byOffice).toEqual(outside.byOffice);
  });
});

describe('A loan consent that names the school (note 33)', () => {
  const LOANS = 'loanPerformance { month }';
  const required = {
    data: { student: { loanPerformance: null } },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'loanPerformance'],
        extensions: {
          code: 'CONSENT_REQUIRED',
          group: 'LOAN_PERFORMANCE',
          clause: 'FG42',
          rule: 'SCHOOL_ADMIN.FG42',
        },
      },
    ],
  };
  const open = answered({ loanPerformance: [] });

  // The clock stands at 2026-04-12T02:00:00Z.
  test.each([
    ['in force from this instant', { granted_at: '2026-04-12T02:00:00Z' }, open],
    ['not yet given', { granted_at: '2026-04-12T02:00:01Z' }, required],
    ['in force for a second more', { expires_at: '2026-04-12T02:00:01Z' }, open],
    ['over at this instant', { expires_at: '2026-04-12T02:00:00Z' }, required],
    ['withdrawn at this instant', { withdrawn_at: '2026-04-12T02:00:00Z' }, required],
    ['that names a bank', { recipient_name: '示范银行' }, required],
    ['for something else', { purpose: 'PROVIDER_SHARE' }, required],
  ])('Student Affairs with a consent %s', async (_, row, expected) => {
    await rows.consent('CS', 'POSTGRAD_LOAN', row);
    expect(await select('T0001', LOANS, REVIEW)).toEqual(expected);
  });

  test('a college gets the error that it needs a consent, whatever there is (note 33)', async () => {
    await rows.consent('CS', 'POSTGRAD_LOAN');
    const answer = await select('T0110', LOANS, REVIEW);
    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([
      {
        code: 'CONSENT_REQUIRED',
        group: 'LOAN_PERFORMANCE',
        clause: 'FG42',
        rule: 'COLLEGE_ADMIN.FG42',
      },
    ]);
  });
});

test('two students cost the statements of one, whatever is selected of them', async () => {
  for (const student of [rows, others]) {
    await student.records();
    await student.repair('R', 1, 'FIGHT', 'SAO_REVIEW');
    await student.appeal('A', 1, 'SAO', ['BAD_CONDUCT'], { record_id: student.id('FIGHT') });
    await student.submission('B', 1, 'FIGHT', 'APPROVED');
  }
  const NOUNS = `{ archive { state verification { state } } agreement { method } account { state }
    commitments { state checks { result } } graduationRemark { text } stewards { name }
    aliases { oldNo } sanctions { type recordIds } appeals { state } repairs { state recordIds
    performance { goodRecords } } notices { kind } subjectRequests { type }
    submissions { state } modelCases { title } warnings { code } keyAttention { basisRecordIds }
    supervision { level } measures { basisRecordIds } consents { state }
    conductRecords { indicatorCode sanctionId } }`;
  const one = `{ a: student(studentNo: "${STUDENT}") ${NOUNS} }`;
  const two = `{ a: student(studentNo: "${STUDENT}") ${NOUNS} b: student(studentNo: "${OTHER}") ${NOUNS} }`;
  await college.request('T0001', one, REVIEW);
  const ofOne = await countStatements(() => college.request('T0001', one, REVIEW));
  const ofTwo = await countStatements(() => college.request('T0001', two, REVIEW));
  expect(ofTwo.result.errors).toBeUndefined();
  expect(Object.keys(ofTwo.result.data ?? {})).toEqual(['a', 'b']);
  expect(ofTwo.byOffice).toEqual(ofOne.byOffice);
});

describe('Groups whose rows a caller may see (TARGET_ALLOWED)', () => {
  /** As a decision that opens every cell which the matrix opens. */
  const accessOf = (role: Role) =>
    ({
      identity: { role },
      opens: (group) => isOpen(cell(role, group).effect),
      predicates: (group) => predicatesOf(role, group),
    }) as RowAccess;

  test('the student sees all that is his, and of a grade that waits', () => {
    const shut = ['TEACHER_ARCHIVE', 'GOVERNANCE', 'COLLECTION', 'STAFF_IDENTITY'];
    expect(openGroups(accessOf('STU_SELF'))).toEqual([
      ...GROUPS.filter((group) => !shut.includes(group)),
      'UNCONFIRMED',
    ]);
  });

  test.each([
    ['SCHOOL_ADMIN', ['HARDSHIP', 'LAW_VIOLATIONS', 'CONSENTS', 'CARD_OVERDRAFTS', 'PHONE_BILLS']],
    [
      'AUDITOR',
      ['CARD_OVERDRAFTS', 'PHONE_BILLS', 'LOAN_PERFORMANCE', 'PENDING_CONDUCT', 'GRADES'],
    ],
    ['SEC_REVIEWER', ['LAW_VIOLATIONS', 'CLOSED_CONDUCT', 'TUITION']],
  ] as const)(
    '%s does not see %o: shut, or on a condition that no row here decides',
    (role, shut) => {
      const open = openGroups(accessOf(role));
      expect(shut.filter((group) => open.includes(group))).toEqual([]);
    },
  );
});

test.each([
  ['COLLEGE_ADMIN', 'COL', 'SAO'],
  ['SCHOOL_ADMIN', 'SAO', 'SAO'],
  ['AEO_STAFF', 'AEO', 'AEO'],
  ['EV_AWARD', undefined, undefined],
] as const)('%s works for %s and has the matters of %s', (role, office, matter) => {
  expect([officeOf(role), matterOfficeOf(role)]).toEqual([office, matter]);
});
