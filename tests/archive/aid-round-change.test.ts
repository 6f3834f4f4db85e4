/** Rounds of aid are opened and closed by Student Affairs: hardship is read inside one alone (F-04, note 9). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { mutate as request, on, refusalsOf } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const FIRST = 'T0001';
const COUNSELLOR = 'T0101';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

const ROUND = {
  roundId: 'AR-1',
  academicYear: '2025-2026',
  orgCodes: ['C01'],
  closesAt: '2026-04-20T00:00:00Z',
};
const mutate = (name: string, args: object) =>
  request(
    college,
    FIRST,
    { name, noun: 'AidRound', args: { ...args }, fields: 'roundId state version closesAt' },
    REVIEW,
  );
const readIn = async (roundId: string) => {
  const query = `{ student(studentNo: "${STUDENT}") { hardship { level } } }`;
  const headers = { 'x-purpose': 'AID_REVIEW', 'x-reference': roundId };
  const { errors } = await college.request(COUNSELLOR, query, { headers });
  return errors?.[0]?.extensions['code'] ?? 'OK';
};
/** What a reference names, and what is decided, is looked up anew after five seconds. */
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());

test('hardship is open from its opening until it is closed', async () => {
  expect(await readIn('AR-1')).toBe('PURPOSE_REQUIRED');
  const opened = await mutate('openAidRound', ROUND);
  expect([opened.came, opened.row.state]).toEqual(['OK', 'OPEN']);
  soon();
  expect(await readIn('AR-1')).toBe('OK');

  const id = 'AR-1';
  const closed = await mutate('closeAidRound', on({ ...opened.row, id }));
  expect(closed.row).toMatchObject({
    state: 'CLOSED',
    closesAt: college.clock.now().toISOString(),
  });
  soon();
  expect(await readIn('AR-1')).toBe('PURPOSE_REQUIRED');
  expect((await mutate('closeAidRound', on({ ...closed.row, id }))).came).toBe('STATE_CONFLICT');
});

test('one that has not begun is closed without ever having been open', async () => {
  const id = 'AR-LATER';
  const later = { ...ROUND, roundId: id, opensAt: '2026-04-15T00:00:00Z' };
  const { row } = await mutate('openAidRound', later);
  expect(await readIn(id)).toBe('PURPOSE_REQUIRED');
  const closed = await mutate('closeAidRound', on({ ...row, id }));
  expect(closed.row).toMatchObject({ state: 'CLOSED', closesAt: '2026-04-20T00:00:00.000Z' });
  college.clock.set('2026-04-16T00:00:00Z');
  expect(await readIn(id)).toBe('PURPOSE_REQUIRED');
});

test.each<[string, Record<string, unknown>, string]>([
  ['of a number that there is', { roundId: 'AR-1' }, 'roundId'],
  ['of a number that is none', { roundId: 'a b' }, 'roundId'],
  ['of a year that is none', { academicYear: '2025-2027' }, 'academicYear'],
  ['for nobody', { orgCodes: [] }, 'orgCodes'],
  ['for an org that there is not', { orgCodes: ['C01', 'C99'] }, 'orgCodes'],
  ['that begins before now', { opensAt: '2026-04-01T00:00:00Z' }, 'opensAt'],
  ['that ends before it begins', { closesAt: '2026-04-01T00:00:00Z' }, 'closesAt'],
  ['without an end in sight', { closesAt: '2026-12-01T00:00:00Z' }, 'closesAt'],
])('a round %s is not opened, and the argument is named', async (_, more, path) => {
  const rows = 'select round_id from aid_round order by round_id';
  const before = await asOwner(college, 'archive', rows);
  const later = { ...ROUND, roundId: 'AR-WRONG', closesAt: '2026-05-20T00:00:00Z', ...more };
  const came = await mutate('openAidRound', later);
  expect(refusalsOf(came, 'openAidRound')).toEqual([`VALIDATION ${path}`]);
  expect(await asOwner(college, 'archive', rows)).toEqual(before);
});
