/** An evaluator finds his open cases without naming one (G21). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bulkExportPlan } from '../change/bulk-export.plan.js';
import { reportOfferPlan } from '../change/report-offer.plan.js';
import { submittedBatchPlan } from '../change/submitted-batch.plan.js';
import { CALLERS } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { aRun } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const EVALUATOR = 'T0701';
const OWN = { headers: { 'x-role': 'STAFF_SELF' } };
const QUERY = '{ me { assignments { caseId purpose opensAt closesAt } } }';

let college: TestCollege;
const evaluation = (caseId: string, from: string, to: string, evaluator = EVALUATOR) => ({
  评审编号: caseId,
  用途: '评优',
  名称: '年度评优',
  主办部门: 'SAO',
  开始时间: `${from} 00:00:00`,
  结束时间: `${to} 00:00:00`,
  学生学号: '2024010317',
  评审人工号: evaluator,
});

beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await college.bring('archive', 'cases', [
    evaluation('EC-OPEN', '2026-04-10', '2026-04-24'),
    evaluation('EC-LATER', '2026-04-13', '2026-04-24'),
    evaluation('EC-OTHER', '2026-04-10', '2026-04-24', 'T0703'),
    evaluation('EC-RELATED', '2026-04-10', '2026-04-24'),
    evaluation('EC-REVOKED', '2026-04-10', '2026-04-24'),
  ]);
  await asOwner(
    college,
    'archive',
    `update case_assignment set conflict_of_interest = case_id = 'EC-RELATED',
       revoked_at = case when case_id = 'EC-REVOKED' then timestamptz '2026-04-12T01:00:00Z' end`,
  );
});
afterAll(() => college.stop());

const found = (assignments: readonly object[]) => ({ data: { me: { assignments } } });
const OPEN = {
  caseId: 'EC-OPEN',
  purpose: 'AWARD',
  opensAt: '2026-04-09T16:00:00.000Z',
  closesAt: '2026-04-23T16:00:00.000Z',
};

test('the caller reads the cases that are open to him now, and nobody else’s', async () => {
  expect(await college.request(EVALUATOR, QUERY, OWN)).toEqual(found([OPEN]));
  expect(await college.request('T0401', QUERY)).toEqual(found([]));
  expect(await college.request('2024010317', QUERY)).toEqual(found([]));
});

test('inside a case he reads the same', async () => {
  const headers = { 'x-case': 'EC-OPEN' };
  expect(await college.request(EVALUATOR, QUERY, { headers })).toEqual(found([OPEN]));
});

const ACTOR = { role: 'SCHOOL_ADMIN', person: 'T0001' } as const;
type Headers = Record<string, string>;
interface Task {
  readonly kind: string;
  readonly count: number;
  readonly dueOn: string | null;
}
async function tasksOf(person: string, headers: Headers): Promise<Task[]> {
  const query = '{ myTasks { kind count dueOn } }';
  const { data } = await college.request(person, query, { headers });
  return data?.['myTasks'] as Task[];
}

test('his work list says how many cases wait for him, outside a case and inside (myTasks)', async () => {
  const one = { kind: 'EVALUATE_CASES', count: 1, dueOn: '2026-04-24' };
  expect(await tasksOf(EVALUATOR, OWN.headers)).toEqual([one]);
  expect(await tasksOf(EVALUATOR, { 'x-case': 'EC-OPEN' })).toEqual([one]);
  expect(await tasksOf('T0401', { 'x-role': 'STAFF_SELF' })).toEqual([]);
});

test('what one person made waits for a second one, for nobody else, in one statement (myTasks, INV-02)', async () => {
  const KINDS: Readonly<Record<string, readonly Task[]>> = {
    SCHOOL_ADMIN: [
      { kind: 'APPROVE_EXPORTS', count: 1, dueOn: '2026-04-12' },
      { kind: 'VERIFY_BATCHES', count: 1, dueOn: null },
      { kind: 'RELEASE_STATISTICS', count: 1, dueOn: null },
      { kind: 'SEND_REPORT_OFFERS', count: 1, dueOn: null },
      { kind: 'ACTIVATE_RULE_SETS', count: 1, dueOn: null },
    ],
    LEADING_GROUP: [{ kind: 'APPROVE_RULE_SETS', count: 1, dueOn: null }],
  };
  const names = new Set(Object.values(KINDS).flatMap((tasks) => tasks.map(({ kind }) => kind)));
  const waitsFor = async (person: string, headers: Headers) =>
    (await tasksOf(person, headers)).filter(({ kind }) => names.has(kind));
  const review = { 'x-purpose': 'ADMIN_REVIEW' };
  const statements = async () =>
    (await countStatements(() => tasksOf('T0001', review))).byOffice['archive'];
  await statements();
  const before = await statements();

  await bulkExportPlan.seed(college, '', 'REQUESTED', ACTOR, '');
  await submittedBatchPlan.seed(college, '', 'SUBMITTED', ACTOR, '');
  await reportOfferPlan.seed(college, '', 'PREPARED', ACTOR, '');
  await aRun(college, { runId: '2025H2', cutOffAt: '2026-01-31T23:59:59+08:00' });
  const made = { recorded_by: 'T9999', recorded_at: '2026-04-01T00:00:00Z' };
  await put(college, 'archive', 'statistic_release', {
    run_id: '2025H2',
    state: 'PREPARED',
    ...made,
  });
  for (const [version, state, until] of [
    ['CR-2027.1', 'REVIEW', '2026-04-11'],
    ['CR-2027.2', 'APPROVED', '2026-04-01'],
    // Comments are taken to the end of the day.
    ['CR-2027.3', 'REVIEW', '2026-04-12'],
  ] as const)
    await put(college, 'archive', 'rule_set', {
      version,
      state,
      comment_from: '2026-03-01',
      comment_until: until,
      ...made,
    });
  for (const [role, person, headers] of CALLERS) {
    // Evaluators name a case, and have a test of their own.
    if (!person || 'x-case' in headers || 'x-reference' in headers) continue;
    expect([role, await waitsFor(person, headers)]).toEqual([role, KINDS[role] ?? []]);
  }
  expect(await statements()).toBe(before);
  for (const table of ['bulk_export', 'submitted_batch', 'report_offer', 'statistic_release'])
    await asOwner(college, 'archive', `update ${table} set recorded_by = 'T0001'`);
  expect(await waitsFor('T0001', review)).toMatchObject([{ kind: 'ACTIVATE_RULE_SETS' }]);
  expect(await waitsFor('T0002', review)).toEqual(KINDS['SCHOOL_ADMIN']);
});

test('a case ends with its window, to the second', async () => {
  college.clock.set('2026-04-24T00:00:00+08:00');
  expect(await college.request(EVALUATOR, QUERY, OWN)).toEqual(found([]));
});
