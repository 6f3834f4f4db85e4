/** Who may read the access log, and how much of it (DOMAIN 3.3 FG27, notes 19 and 26, 3.7(16)). */
import { OFFICES } from '@chengxin/gateway/offices';
import { office as archive } from '@chengxin/archive/office';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readIn, disclosedTo } from '../support/access-log.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { errorOf } from '../support/straight.js';

const AT = '2026-04-12T10:00:00+08:00';
const STUDENT = '2024010317';
const CLASSMATE = '2024010305';
const OTHER = '2024020111';
const PAGED = '2023010208';

const ADMIN = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const AUDIT = { headers: { 'x-reference': 'AU-1' } };
const AUDITOR = { person: 'T0901', ...AUDIT };
const SCHOOL = { person: 'T0001', ...ADMIN };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
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
beforeEach(() => college.clock.set(AT));
afterAll(() => college.stop());

const named = (operation: string, fields: string, studentNo = STUDENT) =>
  `query ${operation} { student(studentNo: "${studentNo}") { ${fields} } }`;
const groupsOf = (events: readonly { groups: unknown }[]) => events.map(({ groups }) => groups);

test('a reader sees the groups that are open to himself, and of no other', async () => {
  await college.request(
    'T0101',
    named('Open', 'name phoneBills { month } credit { score }'),
    ADMIN,
  );
  await college.settle();

  const all = { IDENTITY: 'ALLOW', PHONE_BILLS: 'DENY', CREDIT_SCORE: 'DENY' };
  const { PHONE_BILLS: _, ...school } = all;
  expect(groupsOf(await disclosedTo(college, STUDENT, 'Open'))).toEqual([all]);
  expect(groupsOf(await readIn(college, AUDITOR, 'Open', STUDENT))).toEqual([all]);
  expect(groupsOf(await readIn(college, SCHOOL, 'Open', STUDENT))).toEqual([school]);
});

test('an event that names no group open to the reader is none for him, in pages neither', async () => {
  const list =
    '{ students(filter: { classCode: "20240103" }) { nodes { studentNo phoneBills { month } } } }';
  await college.request('T0101', `query Shut ${list}`, ADMIN);
  await college.settle();

  expect(groupsOf(await disclosedTo(college, STUDENT, 'Shut'))).toEqual([{ PHONE_BILLS: 'DENY' }]);
  expect(await readIn(college, SCHOOL, 'Shut', STUDENT)).toEqual([]);
});

test('student affairs reads nothing of providers, employers and auditors (note 26)', async () => {
  await college.request('T0901', named('Audited', 'name'), AUDIT);
  await college.request('T0401', named('Clerk', 'name'));
  await college.settle();

  expect(await readIn(college, SCHOOL, 'Audited', STUDENT)).toEqual([]);
  expect(groupsOf(await readIn(college, SCHOOL, 'Clerk', STUDENT))).toEqual([
    { IDENTITY: 'ALLOW' },
  ]);
  college.clock.set('2026-05-02T10:00:00+08:00');
  expect(await readIn(college, SCHOOL, 'Audited', STUDENT)).toEqual([]);
  expect(groupsOf(await disclosedTo(college, STUDENT, 'Audited'))).toEqual([{ IDENTITY: 'ALLOW' }]);
});

test('who reads the log of another leaves an event in it; his own name the student sees in part (note 19)', async () => {
  const log = `{ accessLog(filter: { studentNo: "${STUDENT}" }) { nodes { actorDisplay } } }`;
  await college.request('T0001', `query Reader ${log}`, ADMIN);
  await college.settle();

  const [event, ...more] = await disclosedTo(college, STUDENT, 'Reader');
  expect([event?.actorDisplay, event?.groups, more]).toEqual([
    '学生处 学*',
    { IDENTITY: 'ALLOW', ACCESS_LOG: 'ALLOW' },
    [],
  ]);
  const [whole] = await readIn(college, AUDITOR, 'Reader', STUDENT);
  expect(whole?.actorDisplay).toBe('学生处 学生处管理员甲');
});

test('a student who selects another is shown as a student, without a name', async () => {
  await college.request(CLASSMATE, named('Curious', 'name'));
  await college.settle();

  const [event] = await disclosedTo(college, STUDENT, 'Curious');
  expect([event?.actorRole, event?.actorDisplay, event?.groups]).toEqual([
    'STU_SELF',
    '学生 Student',
    { IDENTITY: 'DENY' },
  ]);
});

test('the entrance at the student shows the last thirty days', async () => {
  await college.request('T0401', named('Late', 'name', OTHER));
  await college.settle();
  const recent = (person: string, headers: object) =>
    college.request(
      person,
      `{ student(studentNo: "${OTHER}") { accessEvents { actorRole operationName } } }`,
      headers,
    );

  const events = [{ actorRole: 'FIN_CLERK', operationName: 'Late' }];
  expect(await recent(OTHER, {})).toEqual({ data: { student: { accessEvents: events } } });
  college.clock.set('2026-05-13T00:00:00+08:00');
  expect(await recent(OTHER, {})).toEqual({ data: { student: { accessEvents: [] } } });
  expect(await disclosedTo(college, OTHER, 'Late')).toHaveLength(1);
});

interface Page {
  readonly pageInfo?: { readonly endCursor: string };
}

test('pages go on where they ended, for the one who requested them alone', async () => {
  for (const name of ['Page1', 'Page2', 'Page3']) {
    await college.request('T0601', named(name, 'name', PAGED));
    college.clock.set(`2026-04-12T10:0${name.slice(-1)}:00+08:00`);
  }
  await college.settle();
  const page = (after: string | null) =>
    `{ myAccessLog(first: 2, after: ${JSON.stringify(after)}) {
      nodes { operationName } pageInfo { hasNextPage endCursor } } }`;

  const first = await college.request(PAGED, page(null));
  expect(first.data?.['myAccessLog']).toEqual({
    nodes: [{ operationName: 'Page3' }, { operationName: 'Page2' }],
    pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
  });
  const { pageInfo } = { ...(first.data?.['myAccessLog'] as Page) };
  const endCursor = pageInfo?.endCursor ?? '';
  const next = await college.request(PAGED, page(endCursor));
  expect(next.data?.['myAccessLog']).toEqual({
    nodes: [{ operationName: 'Page1' }],
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
  });
  const foreign = await college.request(STUDENT, page(endCursor));
  expect(foreign.data).toEqual({ myAccessLog: null });
  expect(foreign.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'VALIDATION' }]);
});

test('a page of the log costs the same statements, however many events are in it', async () => {
  const log = (first: number) =>
    `{ myAccessLog(first: ${first}) { nodes { actorDisplay studentCount groups { group } } } }`;
  await college.request(CLASSMATE, '{ __typename }');

  const one = await countStatements(() => college.request(CLASSMATE, log(1)));
  const many = await countStatements(() => college.request(CLASSMATE, log(100)));

  expect(one.byOffice).toEqual({ archive: 4 });
  expect(many.byOffice).toEqual(one.byOffice);
});

test.each([
  ['COUNSELLOR', 'T0101', ADMIN],
  ['COLLEGE_ADMIN', 'T0110', ADMIN],
  ['FIN_CLERK', 'T0401', {}],
  ['SYS_OPERATOR', 'T0903', {}],
  ['LEADING_GROUP', 'T0902', {}],
  ['TPC_INST', 'bank-b-01', {}],
])('%s reads no log', async (role, person, options) => {
  const refused = (field: string) =>
    errorOf('FORBIDDEN_FIELD', [field], {
      group: 'ACCESS_LOG',
      clause: 'FG27',
      rule: `${role}.FG27`,
    });

  const answer = await college.request(
    person,
    `{ myAccessLog { nodes { at } } accessLog(filter: { studentNo: "${STUDENT}" }) { nodes { at } } }`,
    options,
  );

  expect(answer).toEqual({
    data: { myAccessLog: null, accessLog: null },
    errors: [refused('myAccessLog'), refused('accessLog')],
  });
});

test.each([
  ['a student that of another', STUDENT, {}, `filter: { studentNo: "${OTHER}" }`],
  ['a student that of nobody', STUDENT, {}, 'first: 20'],
  [
    'staff that of a student',
    'T0110',
    { headers: { 'x-role': 'STAFF_SELF' } },
    `filter: { studentNo: "${OTHER}" }`,
  ],
])('%s does not find', async (_, person, options, args) => {
  const answer = await college.request(person, `{ accessLog(${args}) { nodes { at } } }`, options);

  expect(answer).toEqual({
    data: { accessLog: null },
    errors: [errorOf('NOT_FOUND', ['accessLog'])],
  });
});

test('an auditor without an audit number reads nothing', async () => {
  const { data, errors } = await college.request(
    'T0901',
    `{ accessLog(filter: { studentNo: "${STUDENT}" }) { nodes { at } } }`,
  );

  expect(data).toBeUndefined();
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'PURPOSE_REQUIRED' }]);
});

test('staff have no log of their own: events are about students', async () => {
  const headers = { 'x-role': 'STAFF_SELF' };

  expect(await college.request('T0110', '{ myAccessLog { nodes { at } } }', { headers })).toEqual({
    data: { myAccessLog: { nodes: [] } },
  });
});

test('nobody changes or removes an event, the archive itself included', async () => {
  const archiveUrl = college.started.offices.get('archive')?.config.databaseUrl;
  const client = new pg.Client({ connectionString: archiveUrl ?? '' });
  await client.connect();
  const before = await asOwner(college, 'archive', 'select * from access_event order by id');

  for (const table of ['access_event', 'access_call'])
    for (const sql of [`update ${table} set request_id = request_id`, `delete from ${table}`])
      await expect(client.query(sql)).rejects.toThrow(`permission denied for table ${table}`);
  await client.end();

  expect(before.length).toBeGreaterThan(0);
  expect(await asOwner(college, 'archive', 'select * from access_event order by id')).toEqual(
    before,
  );
});

test('the archive consumes the disclosures of every other office', () => {
  const others = OFFICES.map(({ name }) => name).filter((name) => name !== archive.name);

  expect(others.filter((name) => !archive.consumes[name]?.['access'])).toEqual([]);
});
