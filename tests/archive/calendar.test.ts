/** Credit that changes with the calendar alone (DOMAIN 4.5, 4.8). */
import { followCalendar } from '@chengxin/archive/conduct/calendar';
import { followRecords } from '@chengxin/archive/conduct/follow';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { until } from '../support/until.js';
import { consent } from '../thirdparty/provider-files.js';
import { accept, creditOf } from './accepted.js';

const STUDENT = '2024010317';
const MINOR = {
  studentNo: STUDENT,
  indicatorCode: 'D3-06',
  originGroup: 'BAD_CONDUCT',
  severity: 'S1',
  on: '2026-01-01',
};

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-01-02T00:10:00+08:00' });
  await accept(college, MINOR);
});
afterAll(() => college.stop());

const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running.orm;
};
/** The daily job on a day at 00:10. */
async function on(day: string): Promise<void> {
  college.clock.set(`${day}T00:10:00+08:00`);
  await followCalendar(archive(), college.clock.now());
}
const snapshots = async () =>
  (
    await asOwner<{ on: string; score: number }>(
      college,
      'archive',
      `select on_day::text as on, (school_view->>'score')::int as score from credit_snapshot
       where student_no = $1 order by seq`,
      [STUDENT],
    )
  ).map(({ on: day, score }) => `${day} ${score}`);

const FIRST = ['2023-09-01 10000', '2026-01-02 9850'];

test('on a day that changes nothing nothing is written (4.8)', async () => {
  await on('2026-01-03');
  await on('2026-04-01');
  expect(await snapshots()).toEqual(FIRST);
});

test('a line halves and expires by the day alone, and the new score is read (4.5)', async () => {
  await on('2026-04-02');
  expect(await creditOf(college, STUDENT)).toMatchObject({ score: 9925 });
  await on('2026-06-30');
  await on('2026-07-01');
  expect(await creditOf(college, STUDENT)).toEqual({ score: 10000, grade: 'A', ledger: [] });
  expect(await snapshots()).toEqual([...FIRST, '2026-04-02 9925', '2026-07-01 10000']);
});

test('days on which nobody ran it are made up for by the next run', async () => {
  await accept(college, { ...MINOR, on: '2026-07-01' });
  await on('2027-03-01');
  expect((await snapshots()).slice(4)).toEqual(['2026-07-01 9850', '2027-03-01 10000']);
});

test('two replicas that run it at once write one snapshot', async () => {
  await accept(college, { ...MINOR, on: '2027-03-01' });
  college.clock.set('2027-06-01T00:10:00+08:00');
  const now = college.clock.now();
  await Promise.all([followCalendar(archive(), now), followCalendar(archive(), now)]);
  expect((await snapshots()).slice(6)).toEqual(['2027-03-01 9850', '2027-06-01 9925']);
});

test('what stands under a consent goes with its last day (INV-10)', async () => {
  await college.bring('archive', 'consents', [
    consent({ 学号: STUDENT, 到期时间: '2027-07-01 00:00:00', 授权时间: '2027-06-01 00:00:00' }),
  ]);
  await asOwner(
    college,
    'archive',
    `insert into good_record (student_no, indicator_code, origin_group, source_office, occurred_on,
       state, consent_id, source_subgraph, source_typename, source_id, source_version, recorded_at)
     values ($1, 'P-10', 'PHONE_BILLS', 'TPC', '2027-06-01', 'APPROVED', 'CS-BANK', 'thirdparty',
       'PhoneBill', 'G-1', 1, now())`,
    [STUDENT],
  );
  await on('2027-06-30');
  expect(await creditOf(college, STUDENT)).toMatchObject({ score: 10025 });
  await on('2027-07-01');
  expect(await creditOf(college, STUDENT)).toMatchObject({ score: 9925 });
  expect(await asOwner(college, 'archive', 'select 1 from good_record')).toEqual([]);
});

const isWaiting = async (): Promise<boolean> => {
  const held = await asOwner(
    college,
    'archive',
    `select 1 from pg_locks join pg_stat_activity using (pid)
     where datname = current_database() and not granted`,
  );
  return held.length > 0;
};

test('of two changes of one student side by side the last snapshot sees both', async () => {
  const other = '2024010305';
  const [first, second] = [forkOf(archive()), forkOf(archive())];
  const change = `insert into good_record (student_no, indicator_code, origin_group, source_office,
      occurred_on, state, source_subgraph, source_typename, source_id, source_version, recorded_at)
    values (?, 'P-06', 'GOOD_CONDUCT', 'CYL', '2027-06-20', 'APPROVED', 'youthleague',
      'PracticeRecord', ?, 1, now())`;
  const now = college.clock.now();
  let late: Promise<void> | undefined;
  await first.transactional(async (em) => {
    await execute(em as EntityManager, change, [other, 'S-1']);
    await followRecords(em as EntityManager, now, [other]);
    late = second.transactional(async (inner) => {
      await execute(inner as EntityManager, change, [other, 'S-2']);
      await followRecords(inner as EntityManager, now, [other]);
    });
    // The other one has put its record down, and waits for this one.
    await until(isWaiting);
  });
  await late;
  expect(await creditOf(college, other)).toMatchObject({ score: 10100 });
});
