/** Roles that are held from–to: requested, approved by another, delegated, ended in time (G5.2, G18, SC-07). */
import { office } from '@chengxin/archive/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk, type Desk } from '../academics/office-files.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { runJob } from '../support/jobs.js';
import { mutate as request, on, type ChangedRow } from '../support/mutate.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const STUDENT = '2024010317';
const FIRST = 'T0001';
const SECOND = 'T0002';
const PERSONNEL = 'T1001';
const ADMIN = 'T0110';
const OTHER_ADMIN = 'T0120';
/** Of another college, and a counsellor there. */
const COUNSELLOR = 'T0201';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'AdminGrant';
const START = '2026-03-10T09:00:00+08:00';

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege({ at: START });
  desk = await openDesk(college, office);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const CLERK = importer(FIRST, 'SCHOOL_ADMIN', ['SCHOOL']);
const REVIEWER = importer(SECOND, 'SCHOOL_ADMIN', ['SCHOOL']);
/** A line of a file of grants. */
const line = (工号: string, 角色: string, 机构代码: string, more: Record<string, string> = {}) => ({
  工号,
  角色,
  机构代码,
  生效时间: '2026-03-01 00:00:00',
  失效时间: '',
  培训编号: '',
  ...more,
});
/** Lines that a file is refused for, with the column. */
async function refusedOf(rows: readonly ReturnType<typeof line>[]): Promise<string[]> {
  const report = await desk.propose('grants', rows, CLERK);
  if (!report.rejected) return [];
  const refused = await desk.rejected(report);
  return refused.map(([number, column]) => `${number} ${column}`).toSorted();
}
/** A grant as it stands; of those without an end, unless said. */
const putGrant = (more: Record<string, string | null>) =>
  put(college, 'archive', 'admin_grant', {
    role: 'COUNSELLOR',
    org_code: '20240103',
    valid_from: '2026-02-01T00:00:00Z',
    state: 'ACTIVE',
    ...RECORDED,
    staff_no: OTHER_ADMIN,
    ...more,
  });
const grantOf = async (id: unknown) =>
  (
    await asOwner(
      college,
      'archive',
      'select state, valid_to as until, training_id as training from admin_grant where id = $1',
      [id],
    )
  )[0];

const mutate = (person: string, name: string, args: object, headers: object = REVIEW) =>
  request(
    college,
    person,
    { name, noun, args: { reason: 'a reason', ...args }, fields: 'id state version validTo' },
    { ...headers },
  );
/** As whoever has just logged in with a second factor. */
const approve = (person: string, row: ChangedRow) =>
  request(
    college,
    person,
    { name: 'grantAdmin', noun, args: { reason: 'checked', ...on(row) } },
    { ...REVIEW },
    college.clock.now(),
  );
const train = (staffNo: string, passedOn: string, person = FIRST) =>
  request(
    college,
    person,
    {
      name: 'recordTraining',
      noun: 'TrainingSession',
      args: { staffNo, title: '专职管理员培训', passedOn },
      fields: 'id staffNo passedOn',
    },
    { ...REVIEW },
  );
const AS_ADMIN = { ...REVIEW, 'x-role': 'COLLEGE_ADMIN' };
const nameFor = async (person: string, headers: Record<string, string> = REVIEW) => {
  const query = `{ student(studentNo: "${STUDENT}") { name } }`;
  const { data, errors } = await college.request(person, query, { headers });
  return errors ? errors[0]?.extensions['code'] : data;
};
const SEEN = { student: { name: expect.any(String) } };
const message = async (came: Promise<{ answer: { data?: object | null } }>, name: string) => {
  const { data } = (await came).answer;
  const payload = (data as Record<string, { errors: { message: string }[] }> | null)?.[name];
  return payload?.errors[0]?.message;
};

/** What somebody may be is looked up anew after five seconds (INV-21). */
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());

test('a role is requested by one and approved by another, and only then it is held (G18.1)', async () => {
  const asCounsellor = { ...REVIEW, 'x-role': 'COUNSELLOR' };
  const requested = await mutate(FIRST, 'requestGrant', {
    staffNo: OTHER_ADMIN,
    role: 'COUNSELLOR',
    orgCode: '20240103',
  });
  expect([requested.came, requested.row.state]).toEqual(['OK', 'REQUESTED']);
  expect(await nameFor(OTHER_ADMIN, asCounsellor)).toBe('FORBIDDEN_ACTION');

  expect((await approve(FIRST, requested.row)).came).toBe('SOD_VIOLATION');
  const without = await mutate(SECOND, 'grantAdmin', on(requested.row));
  expect(without.came).toBe('FORBIDDEN_ACTION');
  const approved = await approve(SECOND, requested.row);
  expect([approved.came, approved.row.state]).toEqual(['OK', 'ACTIVE']);
  soon();
  expect(await nameFor(OTHER_ADMIN, asCounsellor)).toEqual(SEEN);

  const ended = await mutate(FIRST, 'endGrant', on(approved.row));
  expect(ended.row).toMatchObject({ state: 'ENDED', validTo: college.clock.now().toISOString() });
  soon();
  expect(await nameFor(OTHER_ADMIN, asCounsellor)).toBe('FORBIDDEN_ACTION');
});

test('nobody requests or approves a role of his own (2.4)', async () => {
  const wanted = { role: 'SCHOOL_ADMIN', orgCode: 'SCHOOL' };
  expect((await mutate(FIRST, 'requestGrant', { ...wanted, staffNo: FIRST })).came).toBe(
    'SOD_VIOLATION',
  );
  const forSecond = await mutate(PERSONNEL, 'requestGrant', { ...wanted, staffNo: SECOND }, {});
  expect(forSecond.came).toBe('OK');
  expect((await approve(SECOND, forSecond.row)).came).toBe('SOD_VIOLATION');
});

test('an administrator has passed the training within 24 months (G5.2)', async () => {
  const wanted = { staffNo: COUNSELLOR, role: 'COLLEGE_ADMIN', orgCode: 'C02' };
  const { row } = await mutate(FIRST, 'requestGrant', wanted);
  expect(await message(approve(SECOND, row), 'grantAdmin')).toMatch(/培训/);

  expect((await train(COUNSELLOR, '2024-03-09')).came).toBe('OK');
  expect((await approve(SECOND, row)).came).toBe('VALIDATION');
  expect((await train(FIRST, '2026-03-01')).came).toBe('SOD_VIOLATION');
  expect((await train(COUNSELLOR, '2026-03-11')).came).toBe('VALIDATION');
  const pass = await train(COUNSELLOR, '2024-03-10');
  expect(pass.came).toBe('OK');

  expect((await approve(SECOND, row)).came).toBe('OK');
  const [stored] = await asOwner(
    college,
    'archive',
    'select training_id, approved_by from admin_grant where id = $1',
    [row.id],
  );
  expect(stored).toEqual({ training_id: pass.row.id, approved_by: SECOND });
});

test('who inspects and who keeps the discipline are two persons (2.4)', async () => {
  const wanted = { staffNo: 'T0801', role: 'AUDITOR', orgCode: 'SCHOOL' };
  const { row } = await mutate(FIRST, 'requestGrant', wanted);
  expect(await message(approve(SECOND, row), 'grantAdmin')).toMatch(/不得兼任/);
});

test('a file makes nobody an administrator without the training, and names his pass (G5.2)', async () => {
  const [mine, other] = ['T0302', 'T0402'].map((staffNo) =>
    put(college, 'archive', 'training_session', {
      staff_no: staffNo,
      title: '专职管理员培训',
      passed_on: '2026-03-02',
      recorded_by: FIRST,
      recorded_at: START,
    }),
  );
  const [{ id: pass }, { id: foreign = '' }] = [await mine!, await other!];
  expect(
    await refusedOf([
      line('T0704', 'SCHOOL_ADMIN', 'SCHOOL', { 培训编号: 'TR-NONE' }),
      line('T0704', 'COLLEGE_ADMIN', 'C02'),
      line('T0302', 'COLLEGE_ADMIN', 'C02', { 培训编号: foreign }),
      line('T0704', 'SCHOOL_ADMIN', 'SAO'),
    ]),
  ).toEqual(['2 staffNo', '3 staffNo', '4 trainingId', '5 orgCode']);

  const report = await desk.propose('grants', [line('T0302', 'COLLEGE_ADMIN', 'C02')], CLERK);
  expect(report).toMatchObject({ rows: 1, rejected: 0 });
  const kept = `update training_session set passed_on = $2 where id = $1`;
  await asOwner(college, 'archive', kept, [pass, '2024-03-09']);
  await expect(desk.approve(report.batchId, REVIEWER)).rejects.toThrow('within 24 months');
  await asOwner(college, 'archive', kept, [pass, '2024-03-10']);
  expect(await desk.approve(report.batchId, REVIEWER)).toMatchObject({ changed: 1 });
  const [made] = await asOwner<{ id: string }>(
    college,
    'archive',
    `select id from admin_grant where staff_no = 'T0302' and role = 'COLLEGE_ADMIN'`,
  );
  expect(await grantOf(made?.id)).toEqual({ state: 'ACTIVE', until: null, training: pass });
  // The pass is too old the day after; what is in force is brought in again, and not prolonged.
  college.clock.set('2026-03-11T09:00:00+08:00');
  const again = line('T0302', 'COLLEGE_ADMIN', 'C02');
  expect(await refusedOf([again])).toEqual([]);
  const ending = { ...again, 失效时间: '2026-04-01 00:00:00' };
  await desk.approve((await desk.propose('grants', [ending], CLERK)).batchId, REVIEWER);
  expect(await refusedOf([{ ...again, 失效时间: '2026-05-01 00:00:00' }])).toEqual(['2 staffNo']);
  college.clock.set(START);
});

test('a file does not make one person inspect and keep the discipline, nor end before it begins (2.4)', async () => {
  expect(
    await refusedOf([
      line('T0801', 'AUDITOR', 'SCHOOL'),
      line('T0501', 'AUDITOR', 'SCHOOL'),
      line('T0501', 'DIS_OFFICER', 'DIS'),
      line('T0502', 'DIS_OFFICER', 'DIS', { 失效时间: '2026-02-01 00:00:00' }),
    ]),
  ).toEqual(['2 role', '4 role', '5 validTo']);

  const report = await desk.propose('grants', [line('T0502', 'AUDITOR', 'SCHOOL')], CLERK);
  const officer = await putGrant({ staff_no: 'T0502', role: 'DIS_OFFICER', org_code: 'DIS' });
  await expect(desk.approve(report.batchId, REVIEWER)).rejects.toThrow('never auditor');
  await asOwner(college, 'archive', 'delete from admin_grant where id = $1', [officer['id']]);
  expect(await desk.approve(report.batchId, REVIEWER)).toMatchObject({ changed: 1 });
});

test('a file changes no grant that is over, that waits or that is a delegation (G18.2)', async () => {
  const since = '2026-01-31T16:00:00Z';
  const at = { valid_from: since, staff_no: 'T0601' };
  const over = await putGrant({ ...at, state: 'ENDED', valid_to: '2026-02-10T00:00:00Z' });
  await putGrant({ ...at, org_code: '20230102', valid_to: '2026-02-20T00:00:00Z' });
  await putGrant({ ...at, org_code: '20250204', state: 'SUSPENDED' });
  const waiting = { approved_by: null, approved_at: null };
  await putGrant({ ...at, org_code: '20260103', state: 'REQUESTED', ...waiting });
  await putGrant({ ...at, org_code: 'C01', delegated_by: ADMIN, valid_to: '2026-03-20T00:00:00Z' });
  const declined = { ...at, org_code: 'C02', state: 'DECLINED', ...waiting };
  await putGrant(declined);
  const orgs = ['20240103', '20230102', '20250204', '20260103', 'C01', 'C02'];
  const rows = orgs.map((org) =>
    line('T0601', 'COUNSELLOR', org, {
      生效时间: '2026-02-01 00:00:00',
      失效时间: '2027-02-01 00:00:00',
    }),
  );

  const report = await desk.propose('grants', rows, CLERK);

  const refused = (await desk.rejected(report)).map(([number, column]) => `${number} ${column}`);
  expect(refused.toSorted()).toEqual([2, 3, 4, 5, 6].map((number) => `${number} validFrom`));
  // What was declined was no grant, and is granted now.
  expect(await desk.approve(report.batchId, REVIEWER)).toMatchObject({ changed: 1 });
  expect(await grantOf(over['id'])).toMatchObject({
    state: 'ENDED',
    until: new Date('2026-02-10T00:00:00Z'),
  });
  const states = await asOwner(
    college,
    'archive',
    `select state from admin_grant where staff_no = 'T0601' and org_code = 'C02' order by state`,
  );
  expect(states).toEqual([{ state: 'ACTIVE' }, { state: 'DECLINED' }]);
});

test('a request is declined by another, taken back by who made it, or lapses (G18.1)', async () => {
  const wanted = {
    staffNo: 'T0602',
    role: 'COUNSELLOR',
    orgCode: '20240103',
    validFrom: '2026-03-20T00:00:00Z',
  };
  const ask = async () => (await mutate(FIRST, 'requestGrant', wanted)).row;
  const first = await ask();
  expect((await mutate(FIRST, 'declineGrant', on(first))).came).toBe('SOD_VIOLATION');
  const declined = await mutate(SECOND, 'declineGrant', on(first));
  expect([declined.came, declined.row.state]).toEqual(['OK', 'DECLINED']);
  expect((await approve(SECOND, declined.row)).came).toBe('STATE_CONFLICT');

  const second = await ask();
  expect((await mutate(SECOND, 'withdrawGrant', on(second))).came).toBe('FORBIDDEN_ACTION');
  const withdrawn = await mutate(FIRST, 'withdrawGrant', on(second));
  expect([withdrawn.came, withdrawn.row.state]).toEqual(['OK', 'WITHDRAWN']);

  const third = await ask();
  college.clock.set('2026-04-09T08:59:00+08:00');
  await runJob(college, 'archive', 'lapseGrantRequests');
  expect(await grantOf(third.id)).toMatchObject({ state: 'REQUESTED' });
  college.clock.set('2026-04-09T09:00:00+08:00');
  await runJob(college, 'archive', 'lapseGrantRequests');
  expect(await grantOf(third.id)).toMatchObject({ state: 'LAPSED' });
  college.clock.set(START);
});

test.each<[string, Record<string, unknown>, string]>([
  ['to nobody of the staff', { staffNo: 'T9876' }, 'staffNo'],
  ['in no org', { orgCode: 'C99' }, 'orgCode'],
  ['of a role that nobody is granted', { role: 'STU_SELF' }, 'role'],
  ['of another office in its org', { role: 'FIN_CLERK', orgCode: 'AAO' }, 'orgCode'],
  ['of an office in a college', { role: 'SEC_REVIEWER', orgCode: 'C01' }, 'orgCode'],
  ['of the school in an office', { role: 'SCHOOL_ADMIN', orgCode: 'NET' }, 'orgCode'],
  ['of the school in Student Affairs', { role: 'SCHOOL_ADMIN', orgCode: 'SAO' }, 'orgCode'],
  ['of a college in the whole school', { role: 'COLLEGE_ADMIN', orgCode: 'SCHOOL' }, 'orgCode'],
  ['that ends before it begins', { validTo: '2026-03-09T00:00:00Z' }, 'validTo'],
])('a role %s is not requested, and the argument is named', async (_, more, path) => {
  const before = await asOwner(college, 'archive', 'select count(*) from admin_grant');
  const args = { staffNo: OTHER_ADMIN, role: 'COUNSELLOR', orgCode: '20240103', ...more };
  const { answer } = await mutate(FIRST, 'requestGrant', args);
  expect(answer.data).toMatchObject({
    requestGrant: { ok: false, errors: [{ code: 'VALIDATION', path: [path] }] },
  });
  expect(await asOwner(college, 'archive', 'select count(*) from admin_grant')).toEqual(before);
});

test('the own role is delegated for a leave, within its org and 90 days (G18.2)', async () => {
  const leave = { staffNo: 'T0102', orgCode: 'C01', validTo: '2026-03-20T00:00:00Z' };
  expect((await mutate(ADMIN, 'delegateGrant', { ...leave, orgCode: 'C02' })).came).toBe(
    'VALIDATION',
  );
  const { validTo: _, ...endless } = leave;
  expect((await mutate(ADMIN, 'delegateGrant', endless)).came).toBe('VALIDATION');
  const long = { ...leave, validTo: '2026-06-09T01:00:00Z' };
  expect((await mutate(ADMIN, 'delegateGrant', long)).came).toBe('VALIDATION');

  const delegated = await mutate(ADMIN, 'delegateGrant', leave);
  expect([delegated.came, delegated.row.state]).toEqual(['OK', 'REQUESTED']);
  expect((await train('T0102', '2026-03-01')).came).toBe('OK');
  expect((await approve(SECOND, delegated.row)).came).toBe('OK');
  const { data } = await college.request(
    FIRST,
    '{ grants(first: 100) { nodes { staffNo role delegatedBy } } }',
    { headers: REVIEW },
  );
  expect((data as { grants: { nodes: object[] } }).grants.nodes).toContainEqual({
    staffNo: 'T0102',
    role: 'COLLEGE_ADMIN',
    delegatedBy: ADMIN,
  });

  expect(await nameFor('T0102', AS_ADMIN)).toEqual(SEEN);
  college.clock.set('2026-03-20T08:00:00+08:00');
  expect(await nameFor('T0102', AS_ADMIN)).toBe('FORBIDDEN_ACTION');
  await runJob(college, 'archive', 'expireGrants');
  const rows = await asOwner(college, 'archive', 'select state from admin_grant where id = $1', [
    delegated.row.id,
  ]);
  expect(rows).toEqual([{ state: 'ENDED' }]);
  college.clock.set(START);
});

test('a delegation ends with the grant that it comes from, and is not delegated on (G18.2)', async () => {
  const own = await putGrant({
    staff_no: COUNSELLOR,
    role: 'COLLEGE_ADMIN',
    org_code: 'C01',
    valid_to: '2026-04-01T00:00:00Z',
  });
  const delegate = (person: string, staffNo: string, validTo: string, more: object = {}) =>
    mutate(person, 'delegateGrant', { staffNo, orgCode: 'C01', validTo, ...more }, AS_ADMIN);
  soon();
  expect((await train('T0101', '2026-03-03')).came).toBe('OK');
  const long = await delegate(COUNSELLOR, 'T0101', '2026-04-01T00:00:01Z');
  expect(await message(Promise.resolve(long), 'delegateGrant')).toMatch(/不得晚于/);
  const delegated = await delegate(COUNSELLOR, 'T0101', '2026-03-30T00:00:00Z');
  const later = { validFrom: '2026-03-30T00:00:00Z' };
  const waiting = await delegate(COUNSELLOR, 'T0101', '2026-04-01T00:00:00Z', later);
  expect((await approve(SECOND, delegated.row)).came).toBe('OK');
  soon();
  expect(await nameFor('T0101', AS_ADMIN)).toEqual(SEEN);
  const on2 = await delegate('T0101', 'T0401', '2026-03-15T00:00:00Z');
  expect(await message(Promise.resolve(on2), 'delegateGrant')).toMatch(/受托/);
  const shorter = line(COUNSELLOR, 'COLLEGE_ADMIN', 'C01', {
    生效时间: '2026-02-01 08:00:00',
    失效时间: '2026-03-20 00:00:00',
  });
  expect(await refusedOf([shorter])).toEqual(['2 validTo']);

  const { id } = own;
  expect((await mutate(FIRST, 'endGrant', { id, expectedVersion: 1 })).came).toBe('OK');
  expect(await grantOf(delegated.row.id)).toMatchObject({
    state: 'ENDED',
    until: college.clock.now(),
  });
  soon();
  expect(await nameFor('T0101', AS_ADMIN)).toBe('FORBIDDEN_ACTION');
  expect(await message(approve(SECOND, waiting.row), 'grantAdmin')).toMatch(/委托人/);
  expect((await mutate(SECOND, 'declineGrant', on(waiting.row))).came).toBe('OK');
  const log =
    'select action, basis from operation_log where target_id = $1 order by id desc limit 1';
  expect(await asOwner(college, 'archive', log, [delegated.row.id])).toEqual([
    { action: 'grant.end', basis: `grant.end AdminGrant ${id}` },
  ]);
  college.clock.set(START);
});

test.each([
  ['suspended', 'suspendGrant', {}, FIRST, REVIEW, { state: 'ENDED' }],
  [
    'transferred from a day on',
    'transferStaff',
    { effectiveAt: '2026-03-12T00:00:00Z' },
    PERSONNEL,
    {},
    { state: 'ACTIVE', until: new Date('2026-03-12T00:00:00Z') },
  ],
])(
  'a delegation of who is %s goes with it (G18.2)',
  async (_, name, more, person, headers, left) => {
    const start = { role: 'COLLEGE_ADMIN', org_code: 'C01', valid_from: '2026-01-05T00:00:00Z' };
    const [grant, delegation] = [
      await putGrant({ ...start, staff_no: 'T0401' }),
      await putGrant({
        ...start,
        staff_no: 'T0301',
        valid_from: name === 'suspendGrant' ? '2026-01-06T00:00:00Z' : '2026-01-07T00:00:00Z',
        valid_to: '2026-03-25T00:00:00Z',
        delegated_by: 'T0401',
      }),
    ];
    const named = { id: grant['id'], expectedVersion: 1, ...more };
    expect((await mutate(person, name, named, headers)).came).toBe('OK');
    expect(await grantOf(delegation['id'])).toMatchObject(left);
    await asOwner(college, 'archive', 'delete from admin_grant where id = any($1)', [
      [grant['id'], delegation['id']],
    ]);
  },
);

test('what is always refused is not offered, and a list asks once (2.1)', async () => {
  const offered = async (person: string, headers: Record<string, string> = REVIEW) => {
    const query = `{ grants(first: 100) { nodes { id staffNo role state availableActions } } }`;
    const { data } = await college.request(person, query, { headers });
    return (data as { grants: { nodes: (ChangedRow & { availableActions: string[] })[] } }).grants
      .nodes;
  };
  const of = async (person: string, id: unknown, headers?: Record<string, string>) =>
    (await offered(person, headers)).find((grant) => grant.id === id)?.availableActions;
  const last = (await offered(FIRST)).find(
    ({ staffNo, role }) => staffNo === SECOND && role === 'SCHOOL_ADMIN',
  );
  expect(last?.availableActions).toEqual([]);
  expect(await of(PERSONNEL, last?.id, {})).toEqual([]);
  const wanted = { staffNo: 'T0602', role: 'COLLEGE_ADMIN', orgCode: 'C02' };
  const { row } = await mutate(FIRST, 'requestGrant', wanted);
  expect(await of(FIRST, row.id)).toEqual(['grant.withdraw']);
  expect(await of(SECOND, row.id)).toEqual(['grant.decline']);
  await train('T0602', '2026-03-01');
  expect(await of(SECOND, row.id)).toEqual(['grant.approve', 'grant.decline']);

  const role = { staffNo: SECOND, role: 'LEADING_GROUP', orgCode: 'SCHOOL' };
  const own = await mutate(PERSONNEL, 'requestGrant', role, {});
  expect(await of(SECOND, own.row.id)).toEqual([]);
  expect(await of(FIRST, own.row.id)).toEqual(['grant.approve', 'grant.decline']);
  expect((await mutate(PERSONNEL, 'withdrawGrant', on(own.row), {})).came).toBe('OK');

  // The list, who took which step, and what stands in the way of approvals and of ends, each once.
  const { result, byOffice } = await countStatements(() => offered(SECOND));
  expect(result.length).toBeGreaterThan(30);
  expect(byOffice['archive']).toBe(4);
  expect((await mutate(FIRST, 'withdrawGrant', on(row))).came).toBe('OK');

  // Nor a file to whom it grants a role.
  const file = [line(SECOND, 'LEADING_GROUP', 'SCHOOL')];
  const { batchId } = await desk.propose('grants', file, CLERK);
  const query = `{ archiveImportBatch(id: "${batchId}") { availableActions } }`;
  const { data } = await college.request(SECOND, query, { headers: REVIEW });
  expect(data).toEqual({ archiveImportBatch: { availableActions: ['grant.rejectImport'] } });
  const batch = { id: batchId, expectedVersion: 1, reason: 'checked' };
  const { came } = await request(
    college,
    SECOND,
    { name: 'approveGrantImport', noun: 'ArchiveImportBatch', args: batch, fields: 'state' },
    { ...REVIEW },
  );
  expect(came).toBe('SOD_VIOLATION');
});

test('a college ends grants of its own, and finds no other', async () => {
  const idOf = async (person: string, org: string) => {
    const [row] = await asOwner<{ id: string; version: number }>(
      college,
      'archive',
      'select id, version from admin_grant where staff_no = $1 and org_code = $2',
      [person, org],
    );
    return { id: row?.id, expectedVersion: row?.version };
  };
  expect((await mutate(ADMIN, 'endGrant', await idOf('T0210', 'C02'))).came).toBe('NOT_FOUND');
  // A class of the college is below it.
  expect((await mutate(ADMIN, 'endGrant', await idOf('T0102', '20230102'))).came).toBe('OK');
  const operator = await mutate('T0903', 'suspendGrant', await idOf(COUNSELLOR, '20250204'), {});
  expect(operator.came).toBe('OK');
  expect(await nameFor(COUNSELLOR, { ...REVIEW, 'x-role': 'COUNSELLOR' })).toBe('FORBIDDEN_ACTION');
});

test('a transfer ends all grants in the old org at its instant, and no sooner (SC-07, INV-21)', async () => {
  const grant = async () => {
    const { data } = await college.request(
      PERSONNEL,
      '{ grants(first: 100) { nodes { id staffNo orgCode state version validTo transfer { toOrg effectiveAt } } } }',
    );
    const { nodes } = (data as { grants: { nodes: ChangedRow[] } }).grants;
    return nodes.find(({ staffNo, orgCode }) => staffNo === ADMIN && orgCode === 'C01');
  };
  const before = await grant();
  if (!before) throw new Error('There is no grant.');
  const transfer = { ...on(before), toOrg: 'C02', effectiveAt: '2026-03-16T00:00:00+08:00' };
  expect((await mutate(PERSONNEL, 'transferStaff', { ...transfer, toOrg: 'C77' }, {})).came).toBe(
    'VALIDATION',
  );
  const moved = await mutate(PERSONNEL, 'transferStaff', transfer, {});
  expect([moved.came, moved.row.state]).toEqual(['OK', 'ACTIVE']);
  expect(await grant()).toMatchObject({
    validTo: '2026-03-15T16:00:00.000Z',
    transfer: { toOrg: 'C02', effectiveAt: '2026-03-15T16:00:00.000Z' },
  });

  college.clock.set('2026-03-15T23:59:00+08:00');
  expect(await nameFor(ADMIN)).toEqual(SEEN);
  college.clock.set('2026-03-16T00:00:05+08:00');
  expect(await nameFor(ADMIN, AS_ADMIN)).toBe('FORBIDDEN_ACTION');

  // In the new college he sees nobody before he was granted anew, after training.
  const wanted = { staffNo: ADMIN, role: 'COLLEGE_ADMIN', orgCode: 'C02' };
  const { row } = await mutate(FIRST, 'requestGrant', wanted);
  expect((await approve(SECOND, row)).came).toBe('VALIDATION');
  expect((await train(ADMIN, '2026-03-01')).came).toBe('OK');
  expect((await approve(SECOND, row)).came).toBe('OK');
  soon();
  expect(await nameFor(ADMIN)).toBe('NOT_FOUND');

  await runJob(college, 'archive', 'expireGrants');
  expect(await grant()).toMatchObject({ state: 'ENDED' });
  // What he did stays to be read.
  const log = await asOwner(
    college,
    'archive',
    `select action, actor from operation_log where target_id = $1 order by id`,
    [before.id],
  );
  expect(log).toEqual([
    { action: 'staff.transfer', actor: PERSONNEL },
    { action: 'grant.expire', actor: 'job:expireGrants' },
  ]);
});

test('who is transferred at once loses a class below the old org too', async () => {
  college.clock.set('2026-03-17T09:00:00+08:00');
  const rows = await asOwner<{ id: string; version: number; org_code: string }>(
    college,
    'archive',
    `select id, version, org_code from admin_grant where staff_no = 'T0101' order by org_code`,
  );
  await asOwner(college, 'archive', `update admin_grant set org_code = 'C01' where id = $1`, [
    rows[1]?.id,
  ]);
  const by = { id: rows[1]?.id, expectedVersion: rows[1]?.version };
  const at = { effectiveAt: '2026-03-17T09:00:00+08:00' };
  const moved = await mutate(PERSONNEL, 'transferStaff', { ...by, ...at }, {});
  expect([moved.came, moved.row.state]).toEqual(['OK', 'ENDED']);
  expect(
    await asOwner(
      college,
      'archive',
      `select distinct state from admin_grant where staff_no = 'T0101' order by state`,
    ),
  ).toEqual([{ state: 'DECLINED' }, { state: 'ENDED' }]);
  soon();
  expect(await nameFor('T0101', { ...REVIEW, 'x-role': 'COUNSELLOR' })).toBe('FORBIDDEN_ACTION');
});

test('two people at least administer the school, whoever would end a grant of theirs (G20.1)', async () => {
  const grants = await asOwner<{ id: string; version: number; person: string }>(
    college,
    'archive',
    `select id, version, staff_no as person from admin_grant
     where role = 'SCHOOL_ADMIN' and state = 'ACTIVE' and (valid_to is null or valid_to > now())
     order by staff_no`,
  );
  const args = ({ id, version }: { id: string; version: number }) => ({
    id,
    expectedVersion: version,
  });
  const tried: string[] = [];
  for (const grant of grants) {
    const others = new Set(grants.map(({ person }) => person)).size - 1;
    expect(others).toBeLessThan(2);
    for (const [person, name, headers] of [
      [FIRST, 'suspendGrant', REVIEW],
      [SECOND, 'endGrant', REVIEW],
      ['T0903', 'suspendGrant', {}],
    ] as const)
      tried.push((await mutate(person, name, args(grant), headers)).came);
  }
  expect(new Set(tried)).toEqual(new Set(['VALIDATION']));
  expect(await nameFor(FIRST)).toEqual(SEEN);

  // A third whose grant has an end is none: its day would leave one.
  const third = async (until: string | null) =>
    asOwner(
      college,
      'archive',
      `insert into admin_grant (staff_no, role, org_code, valid_from, valid_to, state, recorded_by,
         recorded_at, approved_by, approved_at)
       values ('T0210', 'SCHOOL_ADMIN', 'SCHOOL', $3, $4, 'ACTIVE', $1, now(), $2, now())`,
      [FIRST, SECOND, until ? '2026-02-01T00:00:00Z' : '2026-03-01T00:00:00Z', until],
    );
  await third('2026-12-31T00:00:00Z');
  const last = grants.find(({ person }) => person === SECOND);
  expect((await mutate(FIRST, 'suspendGrant', args(last!))).came).toBe('VALIDATION');

  // Nor is one who holds it in an org that is not the school: he reaches no student.
  const elsewhere = await putGrant({
    staff_no: 'T0703',
    role: 'SCHOOL_ADMIN',
    org_code: 'SAO',
    valid_from: '2026-02-01T00:00:00Z',
  });
  expect((await mutate(FIRST, 'suspendGrant', args(last!))).came).toBe('VALIDATION');
  const free = { id: elsewhere['id'], expectedVersion: 1 };
  expect((await mutate(FIRST, 'endGrant', free)).came).toBe('OK');

  // Whoever is transferred by a grant of another role loses the one by which he administers as well.
  const [{ id: other } = {}] = await asOwner<{ id: string }>(
    college,
    'archive',
    `insert into admin_grant (staff_no, role, org_code, valid_from, state, recorded_by, recorded_at,
       approved_by, approved_at)
     values ($1, 'LEADING_GROUP', 'SCHOOL', '2026-03-01T00:00:00Z', 'ACTIVE', 'T9999', now(), $2, now())
     returning id`,
    [SECOND, FIRST],
  );
  const leaves = { id: other, expectedVersion: 1, effectiveAt: '2026-09-01T00:00:00Z' };
  const transferred = await mutate(PERSONNEL, 'transferStaff', leaves, {});
  expect(transferred.came).toBe('VALIDATION');

  // Nor does a file give their grants an end.
  const [{ since } = {}] = await asOwner<{ since: string }>(
    college,
    'archive',
    `select to_char(valid_from at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS') as since
     from admin_grant where id = $1`,
    [last?.id],
  );
  expect(
    await refusedOf([
      line(SECOND, 'SCHOOL_ADMIN', 'SCHOOL', {
        生效时间: since ?? '',
        失效时间: '2027-01-01 00:00:00',
      }),
      line('T0402', 'FIN_REVIEWER', 'SEC'),
    ]),
  ).toEqual(['2 validTo', '3 orgCode']);

  // With a third it is done, and the third stays.
  await third(null);
  expect((await mutate(FIRST, 'suspendGrant', args(last!))).came).toBe('OK');
});

test('nobody delegates to himself (2.4)', async () => {
  const leave = { staffNo: ADMIN, orgCode: 'C01', validTo: '2026-03-20T00:00:00Z' };
  expect((await mutate(ADMIN, 'delegateGrant', leave)).came).toBe('SOD_VIOLATION');
});
