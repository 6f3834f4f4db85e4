/**
 * Whether somebody was of age is requested act by act, and whoever requests it is written down
 * (INV-05, T-03).
 */
import { signCall } from '@chengxin/kit/call/call';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring } from '@chengxin/kit/call/keyring';
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { post } from '../support/post.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { aCase, approveCases, inDatabase, proposeCases } from './cases.js';

const AT = '2026-04-12T10:00:00+08:00';
/** Born on 14 May 2006. */
const STUDENT = '2024010317';
const OTHER = '2024010305';
const MINOR_AT = '2024-05-13';
const LAW = '依法不得录入,may not enter by law';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
});
beforeEach(() => college.clock.set(AT));
afterAll(() => college.stop());

/** A clerk in a request of his own. */
const clerk = (staffNo = 'T0501') => importer(staffNo, 'SEC_CLERK', ['SEC']);
const act = (caseNo: string, actOn: string, studentNo = STUDENT) =>
  aCase({ 案件编号: caseNo, 学号: studentNo, 行为日期: actOn });

const eventsOf = (studentNo: string) =>
  asOwner(
    college,
    'archive',
    `select e.actor, e.actor_role as role, e.purpose, e.operation_name as operation, p.allowed, p.masked,
       p.denied from access_event e join access_event_part p on p.event_id = e.id
     where e.student_no = $1 order by e.actor, e.id`,
    [studentNo],
  );
const READING = {
  actor: 'T0501',
  role: 'SEC_CLERK',
  purpose: 'OFFICE_DUTY',
  operation: null,
  allowed: [],
  masked: ['SENSITIVE_IDENTITY'],
  denied: [],
};
const reviews = () =>
  asOwner(
    college,
    'archive',
    `select actor, actor_role as role, student_no as "studentNo", on_day::text as day, state
     from access_review order by actor, student_no`,
  );
const batches = () =>
  inDatabase<{ state: string }>(college, `select state from import_batch order by state`);
const staged = () => inDatabase(college, `select value from import_row`);
const runs = (batchId: string) =>
  inDatabase(
    college,
    `select actor, action, reason from operation_log where target = ? order by id`,
    [`lawViolations ${batchId}`],
  );

test('no office consumes a day of coming of age, and security keeps none (INV-05, 0.2)', async () => {
  expect(await asOwner(college, 'archive', `select distinct topic from outbox order by 1`)).toEqual(
    [{ topic: 'roster' }],
  );
  expect(
    await asOwner(
      college,
      'security',
      `select table_name || '.' || column_name as day from information_schema.columns
       where table_schema = 'public' and data_type = 'date' order by 1`,
    ),
  ).toEqual([
    ...['act_on', 'found_on', 'notified_on', 'of_age_on', 'sealed_on'].map((column) => ({
      day: `law_violation.${column}`,
    })),
    // Until when the office waits for a statement (F-01).
    { day: 'notice_standing.waits_until' },
  ]);
});

test('a dry run discloses nothing of age and leaves its line in the operation log (INV-05, G19.2)', async () => {
  const { report, rejected } = await proposeCases(college, [act('D-1', MINOR_AT)], clerk(), {
    dryRun: true,
  });

  expect(rejected).toEqual([]);
  expect(report).toMatchObject({ rows: 1, rejected: 0, state: 'CHECKED' });
  expect(await eventsOf(STUDENT)).toEqual([]);
  expect(await runs(report.batchId)).toEqual([
    { actor: 'T0501', action: 'security.import', reason: 'dry run' },
  ]);
});

test('a proposal requests one act, yes or no, and the access log names the person (INV-05, INV-12)', async () => {
  const { report, rejected } = await proposeCases(
    college,
    [act('P-1', MINOR_AT), act('P-2', '2024-05-14')],
    clerk(),
  );

  expect(rejected).toEqual([`2,actOn,${LAW}`]);
  expect(await eventsOf(STUDENT)).toEqual([READING]);
  expect(await runs(report.batchId)).toEqual([
    { actor: 'T0501', action: 'security.import', reason: null },
  ]);
  const reviewer = importer('T0502', 'SEC_REVIEWER', ['SEC']);
  expect(await approveCases(college, report.batchId, reviewer)).toMatchObject({ changed: 1 });
  expect(await eventsOf(STUDENT)).toEqual([
    READING,
    { ...READING, actor: 'T0502', role: 'SEC_REVIEWER' },
  ]);
});

test('whoever was born on 29 February comes of age on 1 March (INV-05)', async () => {
  await asOwner(
    college,
    'archive',
    `update student set birth_date = '2008-02-29' where student_no = '2024020130'`,
  );
  const { rejected } = await proposeCases(
    college,
    [act('L-1', '2026-02-28', '2024020130'), act('L-2', '2026-03-01', '2024020130')],
    clerk(),
  );
  expect(rejected).toEqual([`2,actOn,${LAW}`]);
});

test('the third refusal of one student to one person in a day opens a review, and no other (3.6)', async () => {
  const request = (person: string, day: string, studentNo = STUDENT) =>
    proposeCases(college, [act(`R-${day}`, day, studentNo)], clerk(person));
  const person = 'T0503';
  await request(person, '2023-12-01');
  await request(person, '2024-01-15');
  await request('T0504', '2024-02-10');
  // Not of the same student: born on 30 August 2005 and later of age than this act.
  await request(person, '2020-01-01', OTHER);
  college.clock.set('2026-04-13T10:00:00+08:00');
  await request(person, '2024-03-01');
  expect(await reviews()).toEqual([]);

  college.clock.set(AT);
  await request(person, '2024-04-01');
  const opened = { actor: person, role: 'SEC_CLERK', studentNo: STUDENT, day: '2026-04-12' };
  expect(await reviews()).toEqual([{ ...opened, state: 'OPEN' }]);
  await request(person, '2024-04-02');
  expect(await reviews()).toEqual([{ ...opened, state: 'OPEN' }]);
  expect(
    await asOwner(
      college,
      'archive',
      `select l.actor, l.role, l.action, l.reason, l.target = 'access_review ' || r.id as "isOfReview"
       from operation_log l cross join access_review r where l.action = 'detector.run'`,
    ),
  ).toEqual([
    {
      actor: 'archive',
      role: 'SYSTEM',
      action: 'detector.run',
      reason: 'AGE_REFUSALS',
      isOfReview: true,
    },
  ]);
});

test('three acts in one file are three refusals (3.6)', async () => {
  const days = ['2023-01-01', '2023-06-01', '2023-09-01'];
  const rows = days.map((day) => act(`F-${day}`, day));
  await proposeCases(college, [...rows, act('F-again', days[0] ?? '')], clerk('T0505'));
  expect((await reviews()).filter(({ actor }) => actor === 'T0505')).toEqual([
    { actor: 'T0505', role: 'SEC_CLERK', studentNo: STUDENT, day: '2026-04-12', state: 'OPEN' },
  ]);
});

test('a batch requests in one call, however many rows it has (2.7)', async () => {
  const rows = (count: number, name: string) =>
    Array.from({ length: count }, (_, n) =>
      act(`${name}-${n}`, `2025-01-${String(1 + (n % 28)).padStart(2, '0')}`),
    );
  const few = await countStatements(() => proposeCases(college, rows(2, 'S'), clerk()));
  const many = await countStatements(() => proposeCases(college, rows(200, 'M'), clerk()));
  expect(many.result.report).toMatchObject({ rows: 200, rejected: 0 });
  expect(many.byOffice).toEqual(few.byOffice);
});

/** One call to the archive, signed by a party. */
async function call(party: string, identity?: Identity) {
  const path = '/of-age';
  const body = JSON.stringify({ acts: [{ studentNo: STUDENT, actOn: '2025-01-01' }] });
  const archive = college.started.offices.get('archive');
  const keyring = await readKeyring(college.keys, party);
  const signed = await signCall(keyring, college.clock, { to: 'archive', path, body }, identity);
  return post(new URL(path, archive?.url), body, { 'x-call-context': signed });
}

test('security alone may call, for those who propose and approve its facts (INV-05, 3.8)', async () => {
  const before = await eventsOf(STUDENT);
  for (const party of ['gateway', 'finance', 'academics'])
    expect(await call(party, clerk())).toMatchObject({ status: 401 });
  for (const role of ['SCHOOL_ADMIN', 'FIN_CLERK', 'STU_SELF'] satisfies Role[])
    expect(await call('security', importer('T0001', role))).toMatchObject({ status: 403 });
  expect(await eventsOf(STUDENT)).toEqual(before);

  expect(await call('security', clerk())).toEqual({ status: 200, body: { ofAge: [true] } });
  expect(await eventsOf(STUDENT)).toEqual([READING, ...before]);
});

test('while the archive does not answer nothing is proposed and nothing approved (INV-05)', async () => {
  const { report } = await proposeCases(college, [act('A-1', '2025-02-01')], clerk());
  await inDatabase(college, `delete from import_row where batch_id <> ?::uuid`, [report.batchId]);
  const waiting = await batches();
  const held = await inDatabase(college, `select case_no from law_violation order by 1`);
  const rows = await staged();
  await college.started.offices.get('archive')?.stop();

  const down = {
    message: '该部门数据暂不可用。 The office does not answer at present. archive',
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  };
  await expect(proposeCases(college, [act('A-2', '2025-02-02')], clerk())).rejects.toMatchObject(
    down,
  );
  await expect(approveCases(college, report.batchId)).rejects.toMatchObject(down);

  expect(await batches()).toEqual(
    [...waiting, { state: 'FAILED' }].toSorted((a, b) => (a.state < b.state ? -1 : 1)),
  );
  expect(await staged()).toEqual(rows);
  expect(await inDatabase(college, `select case_no from law_violation order by 1`)).toEqual(held);
});
