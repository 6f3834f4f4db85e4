/** SC-09: damage that was paid, volunteer hours, and a record that is repaired (G15, L-17). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { EnumValue, mutate, on, type ChangedRow } from '../support/mutate.js';
import { damage, volunteered } from '../support/repair-rows.js';
import { aRun, snapshotsOf } from '../support/runs.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010322';
const COLLEGE_ADMIN = 'T0120';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const AWARD = { headers: { 'x-case': 'EC-2026-A9' } };
const AUDIT = { headers: { 'x-reference': 'AU-9' } };
const noun = 'RepairApplication';

let college: TestCollege;
let record: string;
let row: ChangedRow;

beforeAll(async () => {
  college = await startCollege({ at: '2026-05-31T23:00:00+08:00' });
  record = await damage(college, STUDENT);
  await volunteered(college, STUDENT);
  await runJob(college, 'archive', 'computeSnapshots');
  await aRun(college, { runId: '2026H1', cutOffAt: '2026-05-31T23:00:00+08:00' });
  await snapshotsOf(college, '2026H1', [{ studentNo: STUDENT, grade: 'B' }]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A9',
      用途: '评优',
      名称: '评优',
      主办部门: 'SAO',
      开始时间: '2026-06-01 00:00:00',
      结束时间: '2026-07-01 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-9',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-06-01 00:00:00',
      结束时间: '2026-07-01 00:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const change = (person: string, name: string, args: object, headers = {}) =>
  mutate(college, person, { name, noun, args: { ...args } }, headers);
async function read(person: string, fields: string, options: RequestOptions = {}) {
  const query = `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
  const { data, errors } = await college.request(person, query, options);
  expect([person, errors]).toEqual([person, undefined]);
  return data?.['student'];
}
const CONDUCT = 'conductRecords { indicatorCode state }';
const DOSSIER = 'credit { grade } conductRecords { severity }';
const ACTIVE = { conductRecords: [{ indicatorCode: 'D3-01', state: 'ACTIVE' }] };
const NOTHING = { conductRecords: [] };

test('1: on 1 May the wait still runs, to 8 June', async () => {
  college.clock.set('2026-05-01T10:00:00+08:00');
  const drafted = await change(STUDENT, 'saveRepairDraft', {
    recordIds: [record],
    statement: '已赔偿损失',
    remedyProofDocNos: ['收据-0312'],
  });
  row = drafted.row;
  const early = await change(STUDENT, 'applyRepair', on(row));
  expect(early.came).toBe('STATE_CONFLICT');
  expect(JSON.stringify(early.answer.data)).toContain('2026-06-08');
});

test('2: applied for on 10 June; the college gives its opinion and decides nothing', async () => {
  college.clock.set('2026-06-10T10:00:00+08:00');
  row = (await change(STUDENT, 'applyRepair', on(row))).row;
  expect(row.state).toBe('SUBMITTED');
  row = (await change(COLLEGE_ADMIN, 'claimRepair', on(row), REVIEW.headers)).row;
  const reference = { 'x-purpose': 'REPAIR', 'x-reference': row.id };
  const opinion = { ...on(row), opinion: '建议同意' };
  row = (await change(COLLEGE_ADMIN, 'reviewRepair', opinion, reference)).row;
  expect(row.state).toBe('SAO_REVIEW');
  const decision = { ...on(row), decision: new EnumValue('FULL') };
  const refused = await change(COLLEGE_ADMIN, 'decideRepair', decision, REVIEW.headers);
  expect(refused.came).toBe('FORBIDDEN_ACTION');

  expect(await read(STUDENT, 'credit { score grade }')).toEqual({
    credit: { score: 9350, grade: 'B' },
  });
  expect(await read('T0701', DOSSIER, AWARD)).toEqual({
    credit: { grade: 'B' },
    conductRecords: [{ severity: 'S2' }],
  });
  expect(await read(COLLEGE_ADMIN, CONDUCT, REVIEW)).toEqual(ACTIVE);
});

test('3: Student Affairs repairs it on 20 June; the score follows at once', async () => {
  college.clock.set('2026-06-20T10:00:00+08:00');
  const decision = { ...on(row), decision: new EnumValue('FULL') };
  expect((await change('T0001', 'decideRepair', decision, REVIEW.headers)).came).toBe('OK');
  expect(await read(STUDENT, 'credit { score grade }')).toEqual({
    credit: { score: 10_150, grade: 'A' },
  });
  const levels = `select level from credit_snapshot
    where student_no = $1 and kind = 'PROVISIONAL' order by seq desc limit 2`;
  expect(await asOwner(college, 'archive', levels, [STUDENT])).toEqual([
    { level: 'L0' },
    { level: 'L1' },
  ]);
});

test('expect: an evaluator reads the derived grade, and no trace of why', async () => {
  expect(await read('T0701', DOSSIER, AWARD)).toEqual({
    credit: { grade: 'A' },
    conductRecords: [],
  });
  const filtered = `{ student(studentNo: "${STUDENT}") {
    conductRecords(filter: { state: REPAIRED }) { id } } }`;
  const { errors } = await college.request('T0701', filtered, AWARD);
  expect(errors?.[0]?.extensions['code']).toBe('VALIDATION');
});

test('expect: the college and Student Affairs see neither record, application nor old snapshot', async () => {
  for (const person of [COLLEGE_ADMIN, 'T0001'])
    expect(
      await read(person, `${CONDUCT} repairs { state } credit { score grade }`, REVIEW),
    ).toEqual({ ...NOTHING, repairs: [], credit: { score: 10_150, grade: 'A' } });
});

test('expect: the student sees the record as repaired, and an audit its history', async () => {
  const closed = 'closedConductRecords { state } repairs { state decision }';
  const whole = {
    closedConductRecords: [{ state: 'REPAIRED' }],
    repairs: [{ state: 'APPROVED_FULL', decision: 'FULL' }],
  };
  expect(await read(STUDENT, closed)).toEqual(whole);
  expect(await read('T0901', closed, AUDIT)).toEqual(whole);
});
