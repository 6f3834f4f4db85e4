/**
 * What the archive revokes of an office's fact ends at its office too: exactly once, also when the office
 * was down meanwhile (G14.2, T-06, DOMAIN 2.4).
 */
import { randomUUID } from 'node:crypto';
import { loadOffices } from '@chengxin/college/office-list';
import { startOffice, type RunningOffice } from '@chengxin/kit/server/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { examViolationPlan } from '../change/exam-violation.plan.js';
import { lawViolationPlan } from '../change/law-violation.plan.js';
import { misconductCasePlan } from '../change/misconduct-case.plan.js';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { EnumValue, mutate, on, type ChangedRow } from '../support/mutate.js';
import { published } from '../support/published.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const OTHER = '2024010305';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEWER = 'T0302';
const SECOND_REVIEWER = 'T1201';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const DOWN = ['academics', 'security', 'finance', 'youthleague'];

let college: TestCollege;
const again: RunningOffice[] = [];

/** A fact at its office, what it is called there, and the record that it became in the archive. */
interface Fact {
  readonly office: string;
  readonly type: string;
  readonly table: string;
  readonly action: string;
  readonly stateIn?: string;
  /** What it is before, and once it has ended. */
  readonly stands: string;
  readonly ended: string;
  readonly id: string;
  readonly recordId: string;
  readonly isGood?: boolean;
}
const facts: Fact[] = [];

const OF_NOBODY = { role: 'SCHOOL_ADMIN', person: FIRST } as const;
const seeded = async (plan: typeof examViolationPlan, state: string): Promise<string> =>
  (await plan.seed(college, STUDENT, state, OF_NOBODY, '')).id;

async function addBad(fact: Omit<Fact, 'recordId'>, more: object = {}): Promise<void> {
  const recordId = await newRecord(college, STUDENT, {
    source_subgraph: fact.office,
    source_typename: fact.type,
    source_id: fact.id,
    ...more,
  });
  facts.push({ ...fact, recordId });
}

const newGood = (fact: Pick<Fact, 'office' | 'type' | 'id'>, code: string, more: object = {}) =>
  put(college, 'archive', 'good_record', {
    student_no: STUDENT,
    indicator_code: code,
    origin_group: 'GOOD_CONDUCT',
    source_office: 'CYL',
    level: 'SCHOOL',
    occurred_on: '2026-01-10',
    state: 'APPROVED',
    source_subgraph: fact.office,
    source_typename: fact.type,
    source_id: fact.id,
    source_version: 1,
    recorded_at: '2026-01-20T00:00:00Z',
    ...more,
  });

async function addGood(fact: Omit<Fact, 'recordId' | 'id'>, code: string, row: object) {
  const of = { ...RECORDED, student_no: STUDENT, state: 'APPROVED', ...row };
  const { id = '' } = await put(college, fact.office, fact.table, of);
  const record = await newGood({ ...fact, id }, code);
  facts.push({ ...fact, isGood: true, id, recordId: record['id'] ?? '' });
}

const POST = { org: '校学生会', post: '部长', level: 'SCHOOL', from_on: '2025-03-01' };

beforeAll(async () => {
  college = await startCollege();
  await put(college, 'archive', 'admin_grant', {
    staff_no: SECOND_REVIEWER,
    role: 'AAO_REVIEWER',
    org_code: 'AAO',
    valid_from: '2023-09-01T00:00:00Z',
    state: 'ACTIVE',
    ...RECORDED,
  });
  await college.bring('finance', 'bills', [bill('B-1', STUDENT)]);
  await addBad(
    {
      office: 'academics',
      type: 'ExamViolation',
      table: 'exam_violation',
      action: 'examViolation.revoke',
      stands: 'FOUND',
      ended: 'REVOKED',
      id: await seeded(examViolationPlan, 'FOUND'),
    },
    {
      source_office: 'AAO',
      indicator_code: 'D1-05',
      origin_group: 'ACADEMIC_MISCONDUCT',
      severity: 'S3',
    },
  );
  await addBad({
    office: 'academics',
    type: 'MisconductCase',
    table: 'misconduct_case',
    action: 'misconduct.revoke',
    stateIn: 'stage',
    stands: 'FINAL',
    ended: 'NOT_FOUND',
    id: await seeded(misconductCasePlan, 'FINAL'),
  });
  await addBad({
    office: 'security',
    type: 'LawViolation',
    table: 'law_violation',
    action: 'lawViolation.revoke',
    stands: 'FOUND',
    ended: 'REVOKED',
    id: await seeded(lawViolationPlan, 'FOUND'),
  });
  const proposal = await put(college, 'finance', 'malice_proposal', {
    id: randomUUID(),
    student_no: STUDENT,
    bill_no: 'B-1',
    due_on: '2025-10-31',
    ability_doc_no: 'A-1',
    reason_doc_no: 'R-1',
    severity: 'S2',
    state: 'FOUND',
    recorded_by: 'T0401',
    recorded_at: '2026-04-01T00:00:00Z',
  });
  await addBad({
    office: 'finance',
    type: 'MaliceProposal',
    table: 'malice_proposal',
    action: 'malice.revoke',
    stands: 'FOUND',
    ended: 'DISMISSED',
    id: proposal['id'] ?? '',
  });
  const youth = { office: 'youthleague', stands: 'APPROVED', ended: 'REVOKED' };
  await addGood(
    { ...youth, type: 'CadrePost', table: 'cadre_post', action: 'cadrePost.revoke' },
    'P-05',
    POST,
  );
  await addGood(
    { ...youth, type: 'PracticeRecord', table: 'practice_record', action: 'practice.revoke' },
    'P-06',
    { activity: '三下乡', hours: 32, verified_by: 'T0602', practised_on: '2025-07-15' },
  );
  await addGood(
    { ...youth, type: 'VolunteerHours', table: 'volunteer_hours', action: 'volunteerHours.revoke' },
    'P-07',
    { term_code: '2024-2', hours: 40 },
  );
});
afterAll(async () => {
  for (const office of again) await office.stop();
  await college.stop();
});

const done = async (
  person: string,
  name: string,
  noun: string,
  args: object,
  headers: Readonly<Record<string, string>> = REVIEW,
): Promise<ChangedRow> => {
  const { came, row } = await mutate(college, person, { name, noun, args: { ...args } }, headers);
  expect([name, came]).toEqual([name, 'OK']);
  return row;
};

/** By an appeal that two people of the office decide. */
async function revokeByAppeal(recordId: string): Promise<void> {
  const filed = await done(
    STUDENT,
    'fileAppeal',
    'Appeal',
    {
      kind: new EnumValue('RECORD'),
      target: recordId,
      grounds: 'it was not me',
      requestedOutcome: new EnumValue('REVOKE'),
    },
    {},
  );
  const accepted = await done(COLLEGE_ADMIN, 'acceptAppeal', 'Appeal', on(filed));
  const inAppeal = { 'x-purpose': 'APPEAL', 'x-reference': filed.id };
  const routed = await done(COLLEGE_ADMIN, 'routeAppeal', 'Appeal', on(accepted), inAppeal);
  const verdict = { outcome: new EnumValue('REVOKE'), decisionText: 'the reasons' };
  const proposed = await done(
    REVIEWER,
    'decideAppeal',
    'Appeal',
    { ...on(routed), ...verdict },
    {},
  );
  await done(SECOND_REVIEWER, 'confirmRevocation', 'Appeal', on(proposed), {
    'x-role': 'AAO_REVIEWER',
  });
}

/** By the decision of a higher body, which another person recorded. */
async function revokeByUpperDecision(recordId: string): Promise<void> {
  const decision = {
    recordId,
    body: '省教育厅',
    docNo: '教复〔2026〕9号',
    decidedOn: '2026-04-10',
  };
  await done(FIRST, 'recordUpperDecision', 'UpperDecision', decision);
  const args = { id: recordId, expectedVersion: 1 };
  await done(SECOND, 'revokeConductRecord', 'ConductRecord', args);
}

const recordsOf = async (): Promise<unknown[]> => [
  ...(await asOwner(
    college,
    'archive',
    `select id, state, version from conduct_record where id = any($1) union all
     select id, state, version from good_record where id = any($1) order by id`,
    [facts.map(({ recordId }) => recordId)],
  )),
];

/** Of each fact: its state, its version, and the lines of its end. */
async function ends(): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const { office, table, stateIn = 'state', id } of facts) {
    const [row] = await asOwner(
      college,
      office,
      `select ${stateIn} as state, version from ${table} where id = $1`,
      [id],
    );
    const lines = await asOwner(
      college,
      office,
      `select actor, action from operation_log where target_id = $1 order by id`,
      [id],
    );
    all.push({ ...row, lines });
  }
  return all;
}
const STANDS = ({ stands }: Fact) => ({ state: stands, version: 1, lines: [] });
const ENDED = ({ ended, action }: Fact) => ({
  state: ended,
  version: 2,
  lines: [{ actor: 'job:endRevoked', action }],
});

/** Start the offices again where they were; each catches up with the archive's feed. */
async function startAgain(): Promise<void> {
  const definitions = await loadOffices();
  for (const name of DOWN) {
    const old = college.started.offices.get(name);
    const definition = definitions.find((office) => office.name === name);
    if (!old || !definition) throw new Error(`There is no ${name}.`);
    const port = Number(new URL(old.url).port);
    again.push(await startOffice(definition, { ...old.config, port }));
  }
}
const settle = async () => {
  for (const { feeds } of again) for (const feed of feeds) await feed.settle();
};

test('what is revoked while its office is down ends there once the office is back, and once', async () => {
  for (const name of DOWN) await college.started.offices.get(name)?.stop();
  const [byAppeal, ...others] = facts;
  await revokeByAppeal(byAppeal!.recordId);
  for (const { recordId, isGood } of others)
    if (isGood)
      await done(SECOND, 'revokeGoodRecord', 'GoodRecord', { id: recordId, expectedVersion: 1 });
    else await revokeByUpperDecision(recordId);
  const revoked = await recordsOf();
  expect(new Set(revoked.map((row) => (row as { state: string }).state))).toEqual(
    new Set(['REVOKED']),
  );
  expect(await ends()).toEqual(facts.map(STANDS));

  await startAgain();
  await settle();
  expect(await ends()).toEqual(facts.map(ENDED));

  // The same once more, as after a crash between the office's commit and the cursor.
  await asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at)
     select topic, key, version, now() from outbox where topic like 'revoked:%'`,
  );
  await settle();
  expect(await ends()).toEqual(facts.map(ENDED));
  const archive = college.started.offices.get('archive');
  for (const feed of archive?.feeds ?? []) await feed.settle();
  expect(await recordsOf()).toEqual(revoked);
});

test('each office learns of its own facts, by number and kind, and of nothing else', async () => {
  for (const office of DOWN) {
    const events = await published(college, 'archive', `revoked:${office}`);
    const own = facts.filter((fact) => fact.office === office);
    expect(new Map(events.map(({ key, payload }) => [key, payload]))).toEqual(
      new Map(own.map(({ id, type }) => [id, { type }])),
    );
  }
});

test('nobody who may not see what is closed reads the fact any more; its student does', async () => {
  const query = `{ student(studentNo: "${STUDENT}") { examViolations { state } cadrePosts { state } } }`;
  const read = async (person: string, headers = {}) =>
    (await college.request(person, query, { headers })).data?.['student'];
  expect(await read(STUDENT)).toEqual({
    examViolations: [{ state: 'REVOKED' }],
    cadrePosts: [{ state: 'REVOKED' }],
  });
  expect(await read('T0101', REVIEW)).toEqual({ examViolations: [], cadrePosts: [] });
});

test('a post that counts no more because it was appraised lower stands at the Youth League as before', async () => {
  const of = { ...RECORDED, student_no: OTHER, state: 'APPROVED', ...POST };
  const appraised = { ...of, appraisal: 'BASICALLY_COMPETENT' };
  const { id = '' } = await put(college, 'youthleague', 'cadre_post', appraised);
  const post = { office: 'youthleague', type: 'CadrePost', id };
  await newGood(post, 'P-05', { student_no: OTHER, state: 'REVOKED' });
  // As to a reader that was set back, and gets all there is once more.
  await asOwner(
    college,
    'archive',
    `insert into outbox (topic, key, version, at) values ('revoked:youthleague', $1, 1, now())`,
    [id],
  );
  await settle();
  const query = `{ student(studentNo: "${OTHER}") { cadrePosts { state } } }`;
  const { data } = await college.request('T0101', query, { headers: REVIEW });
  expect(data?.['student']).toEqual({ cadrePosts: [{ state: 'APPROVED' }] });
});
