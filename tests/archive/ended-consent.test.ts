/** With a consent goes what stood under it, out of every score that anybody reads (INV-08, INV-10, INV-21). */
import { followCalendar } from '@chengxin/archive/conduct/calendar';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { aRun, snapshotsOf } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { BANK, consent, TELECOM } from '../thirdparty/provider-files.js';
import { follow } from './accepted.js';
import { StudentRows } from './procedure-rows.js';

const LOCKED_AT = '2026-03-31T23:00:00+08:00';
const NOW = '2026-04-12T10:00:00+08:00';
const ENDS_AT = '2026-04-20T12:00:00+08:00';
/** An overdraft takes three points at most (4.3), bills paid in time give one back. */
const [NEITHER, BILLS, OVERDRAFT, BOTH] = [10_000, 10_100, 9700, 9800];

let college: TestCollege;
let runs = 0;
const rows = new StudentRows(() => college, STUDENT);

beforeAll(async () => {
  college = await startCollege({ at: NOW });
  await bringReferences(college);
});
afterAll(() => college.stop());

const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running.orm;
};
const ofBank = (changes: Record<string, string> = {}) =>
  consent({
    授权编号: 'CS-1',
    学号: STUDENT,
    接收方统一社会信用代码: BANK,
    到期时间: '2026-12-31 00:00:00',
    ...changes,
  });
const ofTelecom = (changes: Record<string, string> = {}) =>
  consent({
    授权编号: 'CS-2',
    学号: STUDENT,
    接收方统一社会信用代码: TELECOM,
    到期时间: '2026-04-20 12:00:00',
    ...changes,
  });

/** A locked run that judged an overdraft and a year of bills paid in time. */
beforeEach(async () => {
  college.clock.set(NOW);
  await asOwner(
    college,
    'archive',
    `delete from credit_snapshot where kind = 'OFFICIAL' or on_day > '2026-04-12';
    delete from conduct_record; delete from good_record; delete from consent
    where consent_id in ('CS-1', 'CS-2'); update evaluation_run
    set state = 'SUPERSEDED', superseded_at = locked_at where state = 'LOCKED'`,
  );
  await college.bring('archive', 'consents', [ofBank(), ofTelecom()]);
  await rows.record('BANK', 'D2-02', 'CARD_OVERDRAFTS', 'TPC', 'ACTIVE', {
    severity: 'S2',
    occurred_on: '2026-02-25',
    found_on: '2026-03-02',
    finding_on: '2026-03-02',
    consent_id: 'CS-1',
  });
  await rows.put('BILLS', 'good_record', {
    indicator_code: 'P-10',
    origin_group: 'PHONE_BILLS',
    source_office: 'TPC',
    occurred_on: '2026-03-01',
    state: 'APPROVED',
    source_subgraph: 'thirdparty',
    source_typename: 'PhoneBill',
    source_id: 'PUNCTUAL',
    source_version: 1,
    recorded_at: '2026-03-02T00:00:00Z',
    consent_id: 'CS-2',
  });
  await follow(college, STUDENT);
  const runId = `${2020 + (runs += 1)}H1`;
  await aRun(college, { runId, cutOffAt: LOCKED_AT });
  await snapshotsOf(college, runId, [{ studentNo: STUDENT, grade: 'A' }]);
});

const scoreOf = async (role: 'EMPLOYER_TOKEN' | 'STU_SELF') => {
  const query = `{ student(studentNo: "${STUDENT}") { credit { score grade } } }`;
  const { data } = await requestAs(college, role, query);
  return (data?.['student'] as { credit: unknown } | null)?.credit;
};
const readers = async () => [await scoreOf('EMPLOYER_TOKEN'), await scoreOf('STU_SELF')];
const both = (score: number) => [
  { score, grade: 'A' },
  { score, grade: 'A' },
];
const derived = () =>
  asOwner(
    college,
    'archive',
    `select (d.full_view->>'score')::int as score, d.on_day = s.on_day as "sameDay"
     from credit_snapshot d join credit_snapshot s on s.snapshot_id = d.supersedes order by d.seq`,
  );

test('while both consents are in force the report holds both lines (4.2)', async () => {
  expect(await readers()).toEqual(both(BOTH));
  expect(await derived()).toEqual([]);
});

test('a withdrawn consent takes its overdraft out of the report of a locked run (L-04)', async () => {
  await college.bring('archive', 'consents', [ofBank({ 撤回时间: '2026-04-12 09:59:00' })]);
  expect(await readers()).toEqual(both(BILLS));
  expect(await derived()).toEqual([{ score: BILLS, sameDay: true }]);
});

test('so it does with P-10, though the score falls with it (INV-10)', async () => {
  await college.bring('archive', 'consents', [ofTelecom({ 撤回时间: '2026-04-12 09:59:00' })]);
  expect(await readers()).toEqual(both(OVERDRAFT));
  expect(await derived()).toEqual([{ score: OVERDRAFT, sameDay: true }]);
});

test('with both withdrawn the report is the school view', async () => {
  await college.bring('archive', 'consents', [
    ofBank({ 撤回时间: '2026-04-12 09:59:00' }),
    ofTelecom({ 撤回时间: '2026-04-12 09:59:00' }),
  ]);
  expect(await readers()).toEqual(both(NEITHER));
  expect(await derived()).toEqual([{ score: NEITHER, sameDay: true }]);
});

test('from the instant at which a consent ends no line of it is read, before any job has run (INV-21)', async () => {
  college.clock.set('2026-04-20T11:59:59+08:00');
  expect(await readers()).toEqual(both(BOTH));
  college.clock.set(ENDS_AT);
  expect(await readers()).toEqual(both(NEITHER));
  await followCalendar(archive(), college.clock.now());
  expect(await readers()).toEqual(both(OVERDRAFT));
  expect(await derived()).toEqual([{ score: OVERDRAFT, sameDay: true }]);
});

test('a pinned line whose record is gone without a trace is read by nobody (INV-10)', async () => {
  await asOwner(college, 'archive', `delete from conduct_record where consent_id = 'CS-1'`);
  expect(await readers()).toEqual(both(NEITHER));
  await follow(college, STUDENT);
  expect(await readers()).toEqual(both(BILLS));
});
