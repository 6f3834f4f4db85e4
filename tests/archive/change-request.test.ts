/** Administrators ask, the office that owns the fact decides (T-02, G20.1). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { changeRequestPlan } from '../change/change-request.plan.js';
import { bringReferences, CALLERS, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
} from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const ADMIN = 'T0110';
const STUDENT_AFFAIRS = 'T0001';
const FINANCE = 'T0402';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'ChangeRequest';
/** Who reads what the college has asked of finance. */
const PARTIES = ['AUDITOR', 'COLLEGE_ADMIN', 'FIN_CLERK', 'FIN_REVIEWER', 'SCHOOL_ADMIN'];

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await bringReferences(college);
});
afterAll(() => college.stop());

let bills = 0;
const wanted = () => ({
  studentNo: STUDENT,
  targetKind: new EnumValue('BILL'),
  targetId: `B-${bills++}`,
  requested: '学费金额应为 5000 元 The fee should be 5000 yuan',
  docNo: 'D-2026-1',
});
const ask = (args: object, person = ADMIN) =>
  request(college, person, { name: 'requestChange', noun, args: { ...wanted(), ...args } }, REVIEW);
const decide = (person: string, row: ChangedRow, args: object = {}) =>
  request(college, person, {
    name: 'decideChange',
    noun,
    args: {
      ...on(row),
      decision: new EnumValue('ACCEPTED'),
      decisionText: '已核对 Checked',
      ...args,
    },
    fields: 'id state version decisionText decidedAt',
  });
const idsFor = async (person: string | null, headers: Record<string, string>) => {
  const query = `{ student(studentNo: "${STUDENT}") { changeRequests { id } } }`;
  const { data } = await college.request(person, query, { headers });
  const { changeRequests } = (data?.['student'] ?? {}) as { changeRequests?: { id: string }[] };
  return (changeRequests ?? []).map(({ id }) => id);
};
const readersOf = async (id: string) => {
  const readers: string[] = [];
  for (const [role, person, headers] of CALLERS)
    if ((await idsFor(person, headers)).includes(id)) readers.push(role);
  return readers.toSorted();
};
const waiting = async (person: string) => {
  const { data } = await college.request(person, '{ myTasks { kind count } }');
  const tasks = (data?.['myTasks'] ?? []) as { kind: string; count: number }[];
  return tasks.find(({ kind }) => kind === 'DECIDE_CHANGES')?.count;
};

test('the college asks, finance decides, and nobody else knows of it', async () => {
  const asked = await ask({});
  expect([asked.came, asked.row.state]).toEqual(['OK', 'REQUESTED']);
  expect(await readersOf(asked.row.id)).toEqual(PARTIES);
  expect([await waiting(FINANCE), await waiting('T0302')]).toEqual([1, undefined]);
  expect((await decide('T0302', asked.row)).came).toBe('NOT_FOUND');

  const decided = await decide(FINANCE, asked.row);
  expect([decided.came, decided.row]).toEqual([
    'OK',
    {
      id: asked.row.id,
      state: 'ACCEPTED',
      version: 2,
      decisionText: '已核对 Checked',
      decidedAt: college.clock.now().toISOString(),
    },
  ]);
  expect(await waiting(FINANCE)).toBeUndefined();
  expect((await decide(FINANCE, decided.row)).came).toBe('STATE_CONFLICT');
  const lines = `select action, target from operation_log where target_id = $1 order by id`;
  expect(await asOwner(college, 'archive', lines, [asked.row.id])).toEqual([
    { action: 'change.request', target: `ChangeRequest ${asked.row.id} ${STUDENT}` },
    { action: 'change.decide', target: `ChangeRequest ${asked.row.id} ${STUDENT}` },
  ]);
});

test('what Student Affairs wrote the college does not read: it may say more than it may know', async () => {
  const { row } = await ask({}, STUDENT_AFFAIRS);
  expect(await readersOf(row.id)).toEqual(PARTIES.filter((role) => role !== 'COLLEGE_ADMIN'));
  expect((await decide(FINANCE, row, { decision: new EnumValue('REFUSED') })).row.state).toBe(
    'REFUSED',
  );
});

test('a sealed security fact takes its requests along (T-03)', async () => {
  const fact = { targetKind: new EnumValue('LAW_VIOLATION'), targetId: 'LV-1' };
  expect(refusalsOf(await ask(fact), 'requestChange')).toEqual(['VALIDATION targetId']);
  const record = await newRecord(college, STUDENT, {
    origin_group: 'LAW_VIOLATIONS',
    source_office: 'SEC',
    source_subgraph: 'security',
    source_id: 'LV-1',
  });
  const { came, row } = await ask(fact);
  expect(came).toBe('OK');
  const readers = ['AUDITOR', 'COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'SEC_CLERK', 'SEC_REVIEWER'];
  expect(await readersOf(row.id)).toEqual(readers);
  await asOwner(college, 'archive', `update conduct_record set state = 'SEALED' where id = $1`, [
    record,
  ]);
  expect((await readersOf(row.id)).filter((role) => role !== 'AUDITOR')).toEqual([]);
  expect(refusalsOf(await ask(fact), 'requestChange')).toEqual(['VALIDATION targetId']);
});

test.each<[string, Record<string, unknown>, string]>([
  ['about a number that is none', { targetId: 'a b' }, 'targetId'],
  ['that says nothing', { requested: ' ' }, 'requested'],
  ['that rests on nothing', { docNo: '' }, 'docNo'],
  ['without a reason', { reason: ' ' }, 'reason'],
])('a request %s is refused, and the argument is named', async (_, more, path) => {
  const rows = 'select count(*) from change_request';
  const before = await asOwner(college, 'archive', rows);
  expect(refusalsOf(await ask(more), 'requestChange')).toEqual([`VALIDATION ${path}`]);
  expect(await asOwner(college, 'archive', rows)).toEqual(before);
});

test('of another college’s student, and of nobody, nothing is asked', async () => {
  expect((await ask({ studentNo: '2099999999' })).came).toBe('NOT_FOUND');
  expect((await ask({}, 'T0210')).came).toBe('NOT_FOUND');
});

test('about one fact one request waits; of two who decide at the same time one is too late', async () => {
  const { row } = await ask({ targetId: 'B-ONCE' });
  expect((await ask({ targetId: 'B-ONCE' })).came).toBe('STATE_CONFLICT');
  // Whether Student Affairs has asked, the college does not learn, nor the other way round.
  expect((await ask({ targetId: 'B-ONCE' }, STUDENT_AFFAIRS)).came).toBe('OK');
  const came = await Promise.all([decide(FINANCE, row), decide(FINANCE, row)]);
  expect(came.map((each) => each.came).toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
  expect((await ask({ targetId: 'B-ONCE' })).came).toBe('OK');
});

test('who asked does not decide, nor who is related; a decision says why', async () => {
  const { row } = await ask({});
  await asOwner(college, 'archive', 'update change_request set recorded_by = $1 where id = $2', [
    FINANCE,
    row.id,
  ]);
  expect((await decide(FINANCE, row)).came).toBe('SOD_VIOLATION');
  const other = await ask({});
  expect(
    refusalsOf(await decide(FINANCE, other.row, { decisionText: '' }), 'decideChange'),
  ).toEqual(['VALIDATION decisionText']);
  expect(
    refusalsOf(
      await decide(FINANCE, other.row, { decision: new EnumValue('REQUESTED') }),
      'decideChange',
    ),
  ).toEqual(['VALIDATION decision']);
  await asOwner(
    college,
    'archive',
    `insert into relation_declaration (staff_no, student_no, kind, declared_on)
     values ($1, $2, 'RELATIVE', '2026-04-01')`,
    [FINANCE, STUDENT],
  );
  expect((await decide(FINANCE, other.row)).came).toBe('SOD_VIOLATION');
  expect(await waiting(FINANCE)).toBeUndefined();
});

test('statements do not grow with the requests of a student', async () => {
  const query = `{ student(studentNo: "${STUDENT}") { changeRequests { id state availableActions } } }`;
  const count = () =>
    countStatements(() => college.request(STUDENT_AFFAIRS, query, { headers: REVIEW }));
  await count();
  const before = await count();
  const actor = { role: 'COLLEGE_ADMIN', person: ADMIN } as const;
  for (let row = 0; row < 5; row++)
    await changeRequestPlan.seed(college, STUDENT, 'REQUESTED', actor, 'change.decide');
  const after = await count();
  expect(after.statements.length).toBe(before.statements.length);
});
