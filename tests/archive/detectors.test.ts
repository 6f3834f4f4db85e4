/** Detectors open reviews of how the system is used, and an audit closes them (Z6.3c, D-01 … D-06). */
import { randomUUID } from 'node:crypto';
import { detectorSettingsOf } from '@chengxin/archive/detector/settings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { EnumValue, mutate as request, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const AUDITOR = 'T0901';
const CLERK = 'T0401';
const COUNSELLOR = 'T0101';
const AUDIT = { 'x-reference': 'AU-1' };
/** Ten in the morning at the college. */
const NOW = '2026-04-12T10:00:00+08:00';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: NOW });
  await bringReferences(college);
});
afterAll(() => college.stop());

interface Reading {
  readonly actor?: string;
  readonly role?: string;
  readonly students: readonly string[];
  /** Instant of the first; each further one is a second later. */
  readonly at: string;
  readonly allowed?: readonly string[];
  readonly reference?: string | null;
  /** Of a list: all of them in one call. */
  readonly isList?: boolean;
}

/** The events of readings, as calls write them. */
async function read({ students, at, ...more }: Reading): Promise<void> {
  const { actor = CLERK, role = 'FIN_CLERK', allowed = ['IDENTITY'], isList = false } = more;
  const first = Date.parse(at);
  const requestOf = isList ? () => shared : () => randomUUID();
  const shared = randomUUID();
  const rows = students.map((studentNo, index) => ({
    request: requestOf(),
    studentNo,
    at: new Date(first + (isList ? 0 : index * 1000)).toISOString(),
  }));
  await asOwner(
    college,
    'archive',
    `insert into access_event (id, request_id, student_no, at, actor, actor_role, purpose, reference)
     select r.request || '/' || r."studentNo", r.request, r."studentNo", r.at, $2, $3, 'OFFICE_DUTY', $4
     from jsonb_to_recordset($1::jsonb) r (request uuid, "studentNo" text, at timestamptz)`,
    [JSON.stringify(rows), actor, role, more.reference ?? null],
  );
  const calls = isList
    ? [{ request: shared, students }]
    : rows.map(({ request: of, studentNo }) => ({ request: of, students: [studentNo] }));
  for (const call of calls)
    await put(college, 'archive', 'access_call', {
      call_id: randomUUID(),
      part: 1,
      request_id: call.request,
      office: 'archive',
      student_nos: call.students,
      allowed: [...allowed],
      masked: [],
      denied: [],
      student_count: isList ? call.students.length : null,
    });
}
const numbers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => String(2_030_000_000 + from + index));

/** What the detectors find in what was read since the last call of this. */
async function found(): Promise<string[]> {
  await runJob(college, 'archive', 'runDetectors');
  await runJob(college, 'archive', 'runDetectors');
  const rows = await asOwner<{ said: string }>(
    college,
    'archive',
    `select concat_ws(' ', detector, actor, actor_role, on_day, count) as said from access_review
     order by detector, actor`,
  );
  for (const table of ['access_review', 'access_event', 'access_call', 'detector_run'])
    await asOwner(college, 'archive', `delete from ${table}`);
  return rows.map(({ said }) => said);
}

test('D-01: more than fifty students opened within an hour, and not one within two', async () => {
  await read({ students: numbers(51), at: '2026-04-12T08:00:00+08:00' });
  await read({
    students: numbers(50),
    at: '2026-04-12T08:00:00+08:00',
    actor: 'T0402',
    role: 'FIN_REVIEWER',
  });
  await read({
    students: numbers(1, 50),
    at: '2026-04-12T09:01:00+08:00',
    actor: 'T0402',
    role: 'FIN_REVIEWER',
  });
  const opened = (await found()).filter((one) => one.startsWith('OPENED'));
  expect(opened).toEqual([`OPENED_STUDENTS ${CLERK} FIN_CLERK 2026-04-12 51`]);
});

test('D-01: lists open nobody, unless they select what no list shows; a case is a task', async () => {
  const at = '2026-04-12T08:00:00+08:00';
  await read({ students: numbers(60), at, isList: true });
  await read({ students: numbers(60), at, reference: 'EC-1', actor: 'T0402', role: 'EV_AWARD' });
  await read({
    students: numbers(60),
    at,
    isList: true,
    allowed: ['GRADES'],
    actor: 'T0301',
    role: 'AAO_CLERK',
  });
  const opened = (await found()).filter((one) => one.startsWith('OPENED'));
  expect(opened).toEqual(['OPENED_STUDENTS T0301 AAO_CLERK 2026-04-12 60']);
});

test('D-02: students who lie with the reader in nothing', async () => {
  const at = '2026-04-12T08:00:00+08:00';
  await read({ students: numbers(30), at });
  // One of thirty he has just acted for.
  await read({ students: numbers(30), at, actor: 'T0402', role: 'FIN_REVIEWER' });
  await asOwner(
    college,
    'archive',
    `insert into operation_log (at, actor, role, action, target, request_id)
     values ($1, 'T0402', 'FIN_REVIEWER', 'appeal.answer', $2, 'R-1')`,
    [at, `Appeal 1 ${numbers(1)[0]}`],
  );
  expect(await found()).toEqual([`OUTSIDE_TASKS ${CLERK} FIN_CLERK 2026-04-12 30`]);
});

test('D-03: at night, which lasts past midnight', async () => {
  await read({ students: numbers(3), at: '2026-04-11T23:30:00+08:00' });
  await read({ students: numbers(2, 3), at: '2026-04-12T05:59:00+08:00' });
  const actor = 'T0402';
  await read({
    students: numbers(9),
    at: '2026-04-12T06:00:00+08:00',
    actor,
    role: 'FIN_REVIEWER',
  });
  await read({
    students: numbers(9),
    at: '2026-04-11T21:59:00+08:00',
    actor,
    role: 'FIN_REVIEWER',
  });
  expect(await found()).toEqual([`AT_NIGHT ${CLERK} FIN_CLERK 2026-04-11 5`]);
});

test('D-04: five requests within ten minutes for what one may not see', async () => {
  const query = `{ student(studentNo: "${STUDENT}") { bills { amountFen } } }`;
  const once = (person: string, headers: Record<string, string>) =>
    college.request(person, query, { headers });
  for (let times = 0; times < 5; times++) {
    expect((await once('T0301', {})).errors?.[0]?.extensions['code']).toBe('FORBIDDEN_FIELD');
    if (times < 4) await once('T0302', {});
  }
  await college.settle();
  college.clock.set('2026-04-12T10:11:00+08:00');
  await once('T0302', {});
  await college.settle();
  expect(await found()).toEqual(['DENIED_FIELDS T0301 AAO_CLERK 2026-04-12 5']);
});

test('D-05: a change that nobody requested', async () => {
  const grant = randomUUID();
  const line = (actor: string, action: string, id: string) =>
    put(college, 'archive', 'operation_log', {
      at: NOW,
      actor,
      role: 'SCHOOL_ADMIN',
      action,
      target: `AdminGrant ${id}`,
      target_type: 'AdminGrant',
      target_id: id,
      request_id: 'R-2',
    });
  await line('T0001', 'grant.request', grant);
  await line('T0002', 'grant.approve', grant);
  expect(await found()).toEqual([]);
  await line('T0002', 'grant.approve', randomUUID());
  expect(await found()).toEqual(['WITHOUT_REQUEST T0002 SCHOOL_ADMIN 2026-04-12 1']);
});

test('D-06: an export, and a transfer within seven days', async () => {
  const exported = (actor: string, at: string) =>
    put(college, 'archive', 'operation_log', {
      at,
      actor,
      role: 'SCHOOL_ADMIN',
      action: 'export.request',
      target: 'students',
      request_id: 'R-3',
    });
  const moved = (staffNo: string) =>
    put(college, 'archive', 'transfer_notice', {
      staff_no: staffNo,
      from_org: 'SCHOOL',
      effective_at: '2026-04-20T00:00:00Z',
      recorded_by: 'T1001',
      recorded_at: '2026-04-12T02:00:00Z',
    });
  await exported('T0002', '2026-04-06T02:00:00Z');
  await exported('T0001', '2026-04-04T02:00:00Z');
  await moved('T0002');
  await moved('T0001');
  expect(await found()).toContain('EXPORT_THEN_TRANSFER T0002 SCHOOL_ADMIN 2026-04-12 1');
});

test('D-06: who lets an export be taken before he is gone, once for each of them', async () => {
  const MOVING = 'T0210';
  const step = (action: string, id: string, at: string) =>
    put(college, 'archive', 'operation_log', {
      at,
      actor: MOVING,
      role: 'SCHOOL_ADMIN',
      action,
      target: `BulkExport ${id}`,
      target_type: 'BulkExport',
      target_id: id,
      request_id: 'R-4',
    });
  await put(college, 'archive', 'transfer_notice', {
    staff_no: MOVING,
    from_org: 'SCHOOL',
    effective_at: '2026-04-12T01:00:00Z',
    recorded_by: 'T1001',
    recorded_at: '2026-03-20T02:00:00Z',
  });
  const [one, other] = [randomUUID(), randomUUID()];
  await step('export.approve', one, '2026-04-10T02:00:00Z');
  await step('export.request', other, '2026-04-10T03:00:00Z');
  await step('export.download', other, '2026-04-11T03:00:00Z');
  await step('export.download', randomUUID(), '2026-03-12T02:00:00Z');
  const own = (await found()).filter((finding) => finding.includes(MOVING));
  expect(own).toEqual([`EXPORT_THEN_TRANSFER ${MOVING} SCHOOL_ADMIN 2026-03-20 2`]);
});

test('an audit alone finds reviews and closes them, none of his own use', async () => {
  await read({ students: numbers(60), at: '2026-04-12T08:00:00+08:00' });
  await read({
    students: numbers(60),
    at: '2026-04-12T08:00:00+08:00',
    actor: AUDITOR,
    role: 'COUNSELLOR',
  });
  await runJob(college, 'archive', 'runDetectors');
  const fields = 'id actor detector state version conclusion closedBy availableActions';
  const query = `{ accessReviews(first: 20, state: OPEN) { nodes { ${fields} } } }`;
  const readers: string[] = [];
  for (const [role, person, headers] of CALLERS) {
    const { data } = await college.request(person, query, { headers });
    const list = data?.['accessReviews'] as { nodes: object[] } | null | undefined;
    if (list?.nodes.length) readers.push(role);
  }
  expect(readers).toEqual(['AUDITOR']);

  const open = async () => {
    const { data } = await college.request(AUDITOR, query, { headers: AUDIT });
    const list = data?.['accessReviews'] as { nodes: (ChangedRow & { actor: string })[] } | null;
    return list?.nodes ?? [];
  };
  const nodes = await open();
  const of = (actor: string) => nodes.find((node) => node.actor === actor)!;
  expect(of(CLERK)['availableActions']).toEqual(['detector.close']);
  const close = ({ id, version }: ChangedRow) =>
    request(
      college,
      AUDITOR,
      {
        name: 'closeAccessReview',
        noun: 'AccessReview',
        args: { id, expectedVersion: version, conclusion: new EnumValue('EXPLAINED') },
        fields: 'id state conclusion closedBy',
      },
      AUDIT,
    );
  expect((await close(of(AUDITOR))).came).toBe('SOD_VIOLATION');
  expect((await close(of(CLERK))).row).toMatchObject({
    state: 'CLOSED',
    conclusion: 'EXPLAINED',
    closedBy: AUDITOR,
  });
  // A closed one is not opened again for the same day.
  await runJob(college, 'archive', 'runDetectors');
  expect((await open()).map(({ id }) => id)).not.toContain(of(CLERK).id);
});

test('statements do not grow with what was read', async () => {
  const count = () => countStatements(() => runJob(college, 'archive', 'runDetectors'));
  await count();
  const before = await count();
  await read({
    students: numbers(45, 100),
    at: '2026-04-12T09:00:00+08:00',
    actor: COUNSELLOR,
    role: 'COUNSELLOR',
  });
  const after = await count();
  expect(after.byOffice).toEqual(before.byOffice);
});

test('settings name detectors, a night and who is exempt, and nothing else', () => {
  const settings = detectorSettingsOf({
    DETECTORS: 'OPENED_STUDENTS=100, AT_NIGHT=0',
    DETECTORS_NIGHT: '23-5',
    DETECTORS_EXEMPT: 'T0901,T0902',
  });
  expect(settings.from).toMatchObject({ OPENED_STUDENTS: 100, AT_NIGHT: 0, DENIED_FIELDS: 5 });
  expect([settings.night, settings.exempt]).toEqual([
    [23, 5],
    ['T0901', 'T0902'],
  ]);
  expect(() => detectorSettingsOf({ DETECTORS: 'NOTHING=1' })).toThrow('DETECTORS: NOTHING=1');
  expect(() => detectorSettingsOf({ DETECTORS_NIGHT: '22-25' })).toThrow('DETECTORS_NIGHT');
});
