/** Every read about another person leaves an access event (INV-12, DOMAIN 3.7(11), (16)). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { summary } from '../academics/rows.js';
import { StudentRows } from '../archive/procedure-rows.js';
import { bill } from '../support/bill.js';
import { readIn, disclosedTo } from '../support/access-log.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { keepLog } from '../support/log-lines.js';
import { asOwner, ownerOf } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { callOffice, entities, errorOf } from '../support/straight.js';
import { until } from '../support/until.js';
import {
  BANKER,
  bringAs,
  consent,
  giveConsents,
  REGISTER,
  SCHOOL,
  statement,
} from '../thirdparty/provider-files.js';

const AT = '2026-04-12T10:00:00+08:00';
/** In class 20240103 with two others, and in the case; with a summary and a bill. */
const STUDENT = '2024010317';
/** Beside him in class and case, without either. */
const CLASSMATE = '2024010305';
/** Of another college; gave a bank his consent. */
const OTHER = '2024020111';
const NOBODY = '2099999999';

const ADMIN = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const CASE = { headers: { 'x-case': 'EC-2026-A1' } };
const AUDIT = { headers: { 'x-reference': 'AU-1' } };
const AUDITOR = { person: 'T0901', ...AUDIT };

const { log, lines } = keepLog('info');
let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT, log });
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A1',
      用途: '评优',
      名称: '2026 年评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: `${STUDENT};${CLASSMATE}`,
      评审人工号: 'T0701',
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
  await college.bring('academics', 'summaries', [summary({ 学号: STUDENT })]);
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
  await giveConsents(college, [consent({})]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await bringAs(college, BANKER, 'cardOverdrafts', [statement({})]);
});
beforeEach(() => college.clock.set(AT));
afterAll(() => college.stop());

/** How many events and parts there are. */
const written = () =>
  asOwner(
    college,
    'archive',
    'select (select count(*)::int from access_event) events, (select count(*)::int from access_call) calls',
  );
/** What the offices still have to publish. */
const outbox = (office: string) =>
  asOwner(college, office, `select key from outbox where topic = 'access' order by id`);

test('the student reads who requested what, when, for which purpose and groups; what the gateway denied is DENY (SC-04)', async () => {
  await college.request(
    'T0701',
    `query Dossier { student(studentNo: "${STUDENT}") {
      credit { grade dimensions { code } } academicSummary { gpa } goodRecords { recordId }
      phoneBills { amountFen } } }`,
    CASE,
  );
  await college.settle();

  expect(await disclosedTo(college, STUDENT, 'Dossier')).toEqual([
    {
      at: '2026-04-12T02:00:00.000Z',
      actorRole: 'EV_AWARD',
      actorDisplay: '学生处 评*',
      studentNo: STUDENT,
      purpose: 'EVAL_AWARD',
      reference: 'EC-2026-A1',
      operationName: 'Dossier',
      studentCount: null,
      groups: {
        IDENTITY: 'ALLOW',
        ACADEMIC_SUMMARY: 'ALLOW',
        GOOD_CONDUCT: 'ALLOW',
        CREDIT_GRADE: 'ALLOW',
        CREDIT_LEDGER: 'DENY',
        PHONE_BILLS: 'DENY',
      },
    },
  ]);
  expect(await disclosedTo(college, CLASSMATE, 'Dossier')).toEqual([]);
});

test('a masked group is reported as MASK, even where one field of it was refused', async () => {
  await college.request(
    'T0101',
    `query Masked { student(studentNo: "${STUDENT}") { name phone phoneMasked arrears { category } } }`,
    ADMIN,
  );
  await college.settle();

  const [event, ...more] = await disclosedTo(college, STUDENT, 'Masked');
  expect([event?.groups, more]).toEqual([
    { IDENTITY: 'ALLOW', SENSITIVE_IDENTITY: 'MASK', TUITION: 'MASK' },
    [],
  ]);
});

test('nothing is disclosed of rows: whoever has none reads the same as who has some (3.7(16))', async () => {
  for (const studentNo of [STUDENT, CLASSMATE])
    await college.request(
      'T0501',
      `query Rows { student(studentNo: "${studentNo}") {
        lawViolations { category } pendingConduct { recordId } bills { billNo } } }`,
    );
  await college.settle();

  const [one] = await disclosedTo(college, STUDENT, 'Rows');
  const [another] = await disclosedTo(college, CLASSMATE, 'Rows');
  expect(one).toEqual({ ...another, studentNo: STUDENT });
  expect(one?.groups).toEqual({
    IDENTITY: 'ALLOW',
    BAD_CONDUCT: 'ALLOW',
    LAW_VIOLATIONS: 'ALLOW',
    PENDING_CONDUCT: 'ALLOW',
    TUITION: 'DENY',
  });
});

test('nor of what a student is not notified of yet: the groups of a row are those that were selected (3.7(15), note 29)', async () => {
  const rows = new StudentRows(() => college, STUDENT);
  await rows.record('PROPOSED', 'D3-01', 'BAD_CONDUCT', 'SAO', 'PROPOSED');
  const counted: number[] = [];
  for (const studentNo of [STUDENT, CLASSMATE]) {
    const { data } = await college.request(
      'T0110',
      `query Unnotified($not: Boolean = false) { student(studentNo: "${studentNo}") {
        pendingConduct { recordId legalBasis ...Proof grades: sanctionId @include(if: $not) }
        selfEntries { title detail { ... on BasicDetail { phoneMasked } } }
        grades @skip(if: true) { courseName } } }
      fragment Proof on ConductRecord { evidence { docNo } }`,
      ADMIN,
    );
    const student = data?.['student'] as { pendingConduct: unknown[] };
    counted.push(student.pendingConduct.length);
  }
  await college.settle();

  const [one] = await disclosedTo(college, STUDENT, 'Unnotified');
  const [another] = await disclosedTo(college, CLASSMATE, 'Unnotified');
  expect(counted).toEqual([1, 0]);
  expect(one).toEqual({ ...another, studentNo: STUDENT });
  expect(one?.groups).toEqual({
    IDENTITY: 'ALLOW',
    SENSITIVE_IDENTITY: 'MASK',
    SELF_ENTRIES: 'ALLOW',
    BAD_CONDUCT: 'ALLOW',
    SANCTION_FILES: 'ALLOW',
    LAW_VIOLATIONS: 'DENY',
    PENDING_CONDUCT: 'ALLOW',
  });
});

test('one request over six offices is one event; an audit is visible after it closes (3.4)', async () => {
  await college.request(
    'T0901',
    `query Audited { student(studentNo: "${STUDENT}") { name
      examViolations { indicatorCode } bills { billNo } lawViolations { category }
      cadrePosts { post } cardOverdrafts { overdueDays } } }`,
    AUDIT,
  );
  await college.settle();
  const offices = await asOwner(
    college,
    'archive',
    `select office from access_event_part join access_event on id = event_id
     where operation_name = 'Audited' order by office`,
  );

  // The archive writes down, with its decision, what the five others are asked (ARCHITECTURE §4).
  expect(offices).toEqual([{ office: 'archive' }]);
  expect(await disclosedTo(college, STUDENT, 'Audited')).toEqual([]);

  college.clock.set('2026-05-01T00:00:00+08:00');
  expect(await disclosedTo(college, STUDENT, 'Audited')).toEqual([
    {
      at: '2026-04-12T02:00:00.000Z',
      actorRole: 'AUDITOR',
      actorDisplay: '纪委办 审*',
      studentNo: STUDENT,
      purpose: 'AUDIT',
      reference: 'AU-1',
      operationName: 'Audited',
      studentCount: null,
      groups: {
        IDENTITY: 'ALLOW',
        ACADEMIC_MISCONDUCT: 'ALLOW',
        TUITION: 'ALLOW',
        LAW_VIOLATIONS: 'ALLOW',
        GOOD_CONDUCT: 'ALLOW',
        CARD_OVERDRAFTS: 'ALLOW',
      },
    },
  ]);
});

const page = (operation: string, fields: string) =>
  `query ${operation} { students(filter: { classCode: "20240103" }) { nodes { ${fields} } } }`;

test('IDENTITY in the rows of a list is one event with a count, about nobody', async () => {
  await college.request('T0001', page('Names', 'studentNo name'), ADMIN);
  await college.settle();

  expect(await readIn(college, AUDITOR, 'Names')).toEqual([
    {
      at: '2026-04-12T02:00:00.000Z',
      actorRole: 'SCHOOL_ADMIN',
      actorDisplay: '学生处 学生处管理员甲',
      studentNo: null,
      purpose: 'ADMIN_REVIEW',
      reference: null,
      operationName: 'Names',
      studentCount: 3,
      groups: { IDENTITY: 'ALLOW' },
    },
  ]);
  expect(await disclosedTo(college, STUDENT, 'Names')).toEqual([]);
});

test('any other group in a list is visible to each student of it, and so is what was denied at the gateway', async () => {
  await college.request(
    'T0101',
    page('Rows100', 'name arrears { category } phoneBills { month }'),
    ADMIN,
  );
  await college.settle();

  for (const studentNo of [STUDENT, CLASSMATE])
    expect((await disclosedTo(college, studentNo, 'Rows100')).map(({ groups }) => groups)).toEqual([
      { TUITION: 'MASK', PHONE_BILLS: 'DENY' },
    ]);
  expect(
    (await readIn(college, AUDITOR, 'Rows100')).map(({ studentCount }) => studentCount),
  ).toEqual([3]);
});

test('an office’s own list is visible to each student of it', async () => {
  await college.request('T0401', 'query Bills { bills { nodes { amountFen student { name } } } }');
  await college.settle();

  expect((await disclosedTo(college, STUDENT, 'Bills')).map(({ groups }) => groups)).toEqual([
    { TUITION: 'ALLOW' },
  ]);
  expect((await readIn(college, AUDITOR, 'Bills')).map(({ studentCount }) => studentCount)).toEqual(
    [1],
  );
});

test('what one selects of himself is no event', async () => {
  const before = await written();
  const errorOf = await Promise.all(['finance', 'academics', 'thirdparty'].map(outbox));

  const { data } = await college.request(
    STUDENT,
    `query Own { me { student { name idNumber accessEvents { at } } }
      student(studentNo: "${STUDENT}") { bills { billNo } academicSummary { gpa }
      phoneBills { month } supervision: credit { score } } }`,
  );
  await college.settle();

  expect(data?.['student']).toEqual({
    bills: [{ billNo: 'B-1' }],
    academicSummary: { gpa: '3.62' },
    phoneBills: [],
    supervision: expect.anything(),
  });
  expect(await written()).toEqual(before);
  expect(await Promise.all(['finance', 'academics', 'thirdparty'].map(outbox))).toEqual(errorOf);
});

test('a provider’s reading names the consent; the student reads it, the school does not (SC-05, L-04)', async () => {
  const rows = '{ consentRows(consentId: "CS-BANK") { cardOverdrafts { overdueDays } } }';
  await college.request('bank-b-01', `query Provider ${rows}`);
  await college.settle();

  const event = {
    at: '2026-04-12T02:00:00.000Z',
    actorRole: 'TPC_INST',
    actorDisplay: '银*',
    studentNo: OTHER,
    purpose: 'PROVIDER_DUTY',
    reference: 'CS-BANK',
    operationName: 'Provider',
    studentCount: null,
    groups: { CARD_OVERDRAFTS: 'ALLOW' },
  };
  expect(await disclosedTo(college, OTHER, 'Provider')).toEqual([event]);
  expect(await readIn(college, AUDITOR, 'Provider', OTHER)).toEqual([
    { ...event, actorDisplay: '银行乙经办' },
  ]);
  expect(await readIn(college, { person: 'T0001', ...ADMIN }, 'Provider', OTHER)).toEqual([]);
});

test('a student out of scope learns that he was selected; a number of nobody leaves the same behind', async () => {
  for (const studentNo of [STUDENT, NOBODY, 'ID 990000199001010012'])
    await college.request(
      'T0210',
      `query Foreign { student(studentNo: "${studentNo}") { name grades { courseCode } phoneBills { month } } }`,
      ADMIN,
    );
  await college.settle();

  const [event, ...more] = await disclosedTo(college, STUDENT, 'Foreign');
  expect([event?.actorDisplay, event?.groups, more]).toEqual([
    '财经学院 专*',
    { IDENTITY: 'DENY', GRADES: 'DENY', PHONE_BILLS: 'DENY' },
    [],
  ]);
  const kept = await asOwner(
    college,
    'archive',
    `select student_no, allowed, masked, denied from access_event join access_event_part on event_id = id
     where operation_name = 'Foreign' order by student_no desc`,
  );
  const denied = ['IDENTITY', 'GRADES', 'PHONE_BILLS'];
  expect(kept).toEqual([
    { student_no: NOBODY, allowed: [], masked: [], denied },
    { student_no: STUDENT, allowed: [], masked: [], denied },
    // What has not the form of a number is not kept: it could be anything.
    { student_no: '', allowed: [], masked: [], denied },
  ]);
});

test('a request that the gateway refuses as a whole is written down, about nobody (3.7(11))', async () => {
  await college.request('T0902', `query Whole { student(studentNo: "${STUDENT}") { name } }`);
  await college.request('T0101', 'query Entrance { bills { nodes { billNo } } }', ADMIN);
  await college.request(
    'bank-b-01',
    'query Foreign2 { consentRows(consentId: "CS-NONE") { consentId: __typename } }',
  );
  await college.settle();

  const about = async (operation: string) =>
    (await readIn(college, AUDITOR, operation)).map(({ actorRole, groups }) => [actorRole, groups]);
  expect(await about('Whole')).toEqual([['LEADING_GROUP', { IDENTITY: 'DENY' }]]);
  expect(await about('Entrance')).toEqual([['COUNSELLOR', { TUITION: 'DENY' }]]);
  expect(await about('Foreign2')).toEqual([['TPC_INST', { CONSENTS: 'DENY' }]]);
  expect(await disclosedTo(college, STUDENT, 'Whole')).toEqual([]);
});

test('an office called without a decision refuses, and it is written down', async () => {
  const identity = {
    subject: 'T0401',
    role: 'FIN_CLERK',
    orgs: ['FIN'],
    purpose: 'OFFICE_DUTY',
    requestId: '01900000-0000-7000-8000-000000000001',
    groups: ['TUITION'],
    deniedAtGateway: [],
    operationName: 'Straight',
  } as const;

  const answer = await callOffice(
    college,
    'finance',
    identity,
    entities('bills { billNo }', { studentNo: STUDENT, access: null }),
  );
  await college.settle();

  expect(answer).toEqual({
    data: { _entities: [null] },
    errors: [errorOf('NOT_FOUND', ['_entities', 0])],
  });
  expect((await disclosedTo(college, STUDENT, 'Straight')).map(({ groups }) => groups)).toEqual([
    { IDENTITY: 'DENY', TUITION: 'DENY' },
  ]);
});

test('more students in one operation than a call can name: all is written of each', async () => {
  const every = Array.from({ length: 60 }, (_, i) => {
    const fields = 'arrears { category } academicSummary { gpa } cadrePosts { post }';
    return `a${i}: student(studentNo: "${i % 2 ? STUDENT : OTHER}") { name ${fields} goodRecords { recordId } conductRecords { recordId } }`;
  });
  const { errors } = await college.request('T0001', `query Many { ${every.join('\n')} }`, ADMIN);
  expect(errors ?? []).toEqual([]);

  const [event] = await disclosedTo(college, STUDENT, 'Many');
  expect(event?.groups).toMatchObject({
    IDENTITY: 'ALLOW',
    TUITION: 'ALLOW',
    ACADEMIC_SUMMARY: 'ALLOW',
    GOOD_CONDUCT: 'ALLOW',
  });
});

test('the archive writes one statement, the offices none, for one student as for a page of them', async () => {
  const list = (first: number) =>
    `{ students(first: ${first}, filter: { college: "C01" }) { nodes { name arrears { category } cadrePosts { post } } } }`;
  await college.request('T0001', '{ __typename }', ADMIN);

  const one = await countStatements(() => college.request('T0001', list(1), ADMIN));
  const all = await countStatements(() => college.request('T0001', list(100), ADMIN));

  expect(one.byOffice).toEqual({ archive: 3, finance: 1, youthleague: 1 });
  expect(all.byOffice).toEqual(one.byOffice);
});

/** Whether somebody waits for a lock in an office's database. */
const isWaited = async (office: string): Promise<boolean> => {
  const rows = await asOwner(
    college,
    office,
    `select 1 from pg_locks l join pg_database d on d.oid = l.database
     where d.datname = current_database() and not l.granted`,
  );
  return rows.length > 0;
};

test.each([
  {
    office: 'archive',
    table: 'access_event',
    who: 'T0001',
    options: ADMIN,
    query: `{ student(studentNo: "${STUDENT}") { bills { billNo } } }`,
    answer: { student: { bills: [{ billNo: 'B-1' }] } },
  },
  {
    office: 'finance',
    table: 'outbox',
    who: 'T0401',
    options: {},
    query: '{ bills { nodes { billNo } } }',
    answer: { bills: { nodes: [{ billNo: 'B-1' }] } },
  },
])(
  'the answer waits until $office has written it down',
  async ({ office, table, who, options, query, answer }) => {
    const holder = await ownerOf(college, office);
    await holder.query(`begin; lock table ${table} in share mode`);
    let isAnswered = false;

    const pending = college.request(who, query, options).then((given) => {
      isAnswered = true;
      return given;
    });
    await until(() => isWaited(office));
    expect(isAnswered).toBe(false);

    await holder.query('commit');
    await holder.end();
    expect(await pending).toEqual({ data: answer });
  },
);

test('the student reads of it without anybody’s help', async () => {
  await college.request(
    'T0401',
    `query Soon { student(studentNo: "${STUDENT}") { bills { billNo } } }`,
  );
  const isHeard = async () => {
    const [event] = await disclosedTo(college, STUDENT, 'Soon');
    return event?.groups['TUITION'] === 'ALLOW';
  };

  await expect(until(isHeard)).resolves.toBeUndefined();
});

test('the log of the process says nothing of whom or what was shown', () => {
  expect(lines.length).toBeGreaterThan(0);
  const text = JSON.stringify(lines);
  for (const value of [STUDENT, CLASSMATE, OTHER, NOBODY, '李思源', '980000', 'CS-BANK'])
    expect(text).not.toContain(value);
});
