/**
 * What finance consumes from the archive of bills: excused, not why; malice found, and no more
 * (T-01).
 */
import { applyExcuse } from '@chengxin/finance/excuse.consume';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept, follow, maliciousArrears } from '../archive/accepted.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { published } from '../support/published.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2025020415';
const COUNSELLOR = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-01-10T10:00:00+08:00' });
  await college.bring('finance', 'bills', [bill('B-1', '2025-2026')]);
});
afterAll(() => college.stop());

const bill = (billNo: string, academicYear: string) => ({
  账单编号: billNo,
  学号: STUDENT,
  学年: academicYear,
  收费项目: '学费',
  应缴金额: '9800.00',
  缴费截止日期: '2025-10-31',
});
/** A page of events, as finance reads them from the archive. */
async function consume(...events: FeedEvent[]): Promise<void> {
  const finance = college.started.offices.get('finance');
  if (!finance) throw new Error('There is no finance.');
  await forkOf(finance.orm).transactional((em) =>
    applyExcuse(em as EntityManager, events, college.clock.now()),
  );
}
const excuse = (academicYear: string, version: number, excused: boolean): FeedEvent => ({
  topic: 'excuse',
  key: `${STUDENT}:${academicYear}`,
  version,
  payload: { studentNo: STUDENT, academicYear, excused },
});

/** Category of each bill that a person is shown. */
async function categories(person: string, options = {}): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") { arrears { billNo category } } }`;
  const answer = await college.request(person, query, options);
  const student = answer.data?.['student'] as { arrears: { category: string }[] } | undefined;
  return student?.arrears.map(({ category }) => category);
}

test('bills of an excused year are EXCUSED, those of another year are not, and nobody reads why', async () => {
  await consume(excuse('2025-2026', 1, true));
  await college.bring('finance', 'bills', [bill('B-2', '2024-2025')]);
  expect(await categories('T0401')).toEqual(['EXCUSED', 'UNEXPLAINED']);
  expect(await categories('T0201', COUNSELLOR)).toEqual(['DEFERRED', 'UNEXPLAINED']);
});

test('a bill that comes after the excuse is excused too (T-01)', async () => {
  await consume(excuse('2024-2025', 1, true));
  await college.bring('finance', 'bills', [bill('B-3', '2024-2025')]);
  expect(await categories('T0401')).toEqual(['EXCUSED', 'EXCUSED', 'EXCUSED']);
});

test('an excuse ends by a newer version, and an older one changes nothing (0.2)', async () => {
  await consume(excuse('2025-2026', 3, false));
  await consume(excuse('2025-2026', 2, true), excuse('2024-2025', 2, false));
  expect(await categories('T0401')).toEqual(['UNEXPLAINED', 'UNEXPLAINED', 'UNEXPLAINED']);
});

test('finance learns that malice was found, the counsellor does not (T-01, note 1)', async () => {
  await accept(college, maliciousArrears(STUDENT, 'B-1'));
  expect(await categories('T0401')).toEqual(['MALICIOUS', 'UNEXPLAINED', 'UNEXPLAINED']);
  expect(await categories('T0201', COUNSELLOR)).toEqual([
    'UNEXPLAINED',
    'UNEXPLAINED',
    'UNEXPLAINED',
  ]);
});

test('of the finding finance consumes the bill and the outcome, once each', async () => {
  await follow(college, STUDENT);
  await asOwner(college, 'archive', `update conduct_record set state = 'REVOKED'`);
  await follow(college, STUDENT);
  await college.settle();
  expect(await categories('T0401')).toEqual(['UNEXPLAINED', 'UNEXPLAINED', 'UNEXPLAINED']);
  const event = {
    topic: 'malice',
    key: 'B-1',
    payload: { billNo: 'B-1', found: false, refusals: 0 },
  };
  expect(await published(college, 'archive', 'malice')).toEqual([
    { ...event, version: 1 },
    { ...event, version: 2 },
  ]);
});
