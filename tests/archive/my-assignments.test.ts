/** An evaluator finds his open cases without naming one (G21). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

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

test('a case ends with its window, to the second', async () => {
  college.clock.set('2026-04-24T00:00:00+08:00');
  expect(await college.request(EVALUATOR, QUERY, OWN)).toEqual(found([]));
});
