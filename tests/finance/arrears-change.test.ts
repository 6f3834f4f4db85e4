/** The list of arrears and proposals of malice: what is refused, and what follows (G6.3, T-01). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices } from '../support/jobs.js';
import { mutate, on, type ChangedRow, type Outcome } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2025020415';
const OTHER = '2024010305';
const PAID = 'B-PAID';
const DUE = 'B-DUE';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
const bill = (billNo: string, dueOn: string, studentNo = STUDENT) => ({
  账单编号: billNo,
  学号: studentNo,
  学年: '2025-2026',
  收费项目: '学费',
  应缴金额: '9800.00',
  缴费截止日期: dueOn,
});
beforeAll(async () => {
  college = await startCollege({ at: '2025-12-01T10:00:00+08:00' });
});
afterAll(() => college.stop());

const publish = () =>
  mutate(college, 'T0401', {
    name: 'publishArrearsList',
    noun: 'ArrearsList',
    args: {},
    fields: 'id version state billCount',
  });
const approve = (row: ChangedRow) =>
  mutate(college, 'T0402', { name: 'approveArrearsList', noun: 'ArrearsList', args: on(row) });
const propose = (billNo: string, args: object = {}) =>
  mutate(college, 'T0401', {
    name: 'proposeMalice',
    noun: 'MaliceProposal',
    args: { billNo, severity: 'S2', abilityDocNo: 'CW-1', reasonDocNo: 'CW-2', ...args },
  });
const pay = (billNo: string, studentNo = STUDENT) =>
  college.bring('finance', 'payments', [
    {
      流水号: `P-${billNo}`,
      账单编号: billNo,
      学号: studentNo,
      实缴金额: '9800.00',
      缴费日期: '2025-11-30',
    },
  ]);
const told = () =>
  asOwner(
    college,
    'archive',
    `select student_no as "studentNo", subject_id as "billNo" from notice
     where kind = 'ARREARS' order by subject_id`,
  );
const records = () =>
  asOwner<ChangedRow & { billNo: string }>(
    college,
    'archive',
    `select id, version, state, bill_no as "billNo", indicator_code as code, severity,
       recorded_by as by, evidence from conduct_record order by recorded_at`,
  );
const refusalOf = ({ came, answer }: Outcome, name: string): string => {
  const payload = (answer.data ?? {})[name] as { errors: { path: string[] }[] } | null;
  return [came, ...(payload?.errors[0]?.path ?? [])].join(' ');
};

test('without a bill that nothing explains there is no list', async () => {
  expect((await publish()).came).toBe('STATE_CONFLICT');
});

test('whoever has paid since the list was drawn up is not told; who is told, is told once', async () => {
  await college.bring('finance', 'bills', [
    bill('B-1', '2025-10-31'),
    bill(PAID, '2025-10-31', OTHER),
    bill(DUE, '2026-03-31'),
  ]);
  const drawn = await publish();
  expect(drawn.row).toMatchObject({ state: 'PROPOSED', billCount: 2 });
  await pay(PAID, OTHER);
  expect((await approve(drawn.row)).came).toBe('OK');
  await deliverNotices(college);
  expect(await told()).toEqual([{ studentNo: STUDENT, billNo: 'B-1' }]);
  expect((await approve(drawn.row)).came).toBe('VERSION_CONFLICT');
  await approve((await publish()).row);
  await deliverNotices(college);
  expect(await told()).toEqual([{ studentNo: STUDENT, billNo: 'B-1' }]);
  // A name on the list is no misconduct.
  expect(await records()).toEqual([]);
});

test.each([
  ['a bill that is paid', PAID, {}, 'STATE_CONFLICT'],
  ['a bill that is not due', DUE, {}, 'STATE_CONFLICT'],
  ['a bill that is not there', 'B-NONE', {}, 'NOT_FOUND'],
  ['a severity of another indicator', 'B-1', { severity: 'S4' }, 'VALIDATION severity'],
  ['no proof that he can pay', 'B-1', { abilityDocNo: ' ' }, 'VALIDATION abilityDocNo'],
  ['no proof of the reason', 'B-1', { reasonDocNo: '' }, 'VALIDATION reasonDocNo'],
  ['no reason of the clerk', 'B-1', { reason: ' ' }, 'VALIDATION reason'],
])('no malice is proposed with %s', async (_, billNo, args, refusal) => {
  expect(refusalOf(await propose(billNo, args), 'proposeMalice')).toBe(refusal);
  await college.settle();
  expect(await records()).toEqual([]);
});

test('a proposal is a proposed record of the archive; refused, it may be proposed anew', async () => {
  expect((await propose('B-1')).came).toBe('OK');
  await college.settle();
  const [record] = await records();
  expect(record).toMatchObject({
    state: 'PROPOSED',
    billNo: 'B-1',
    code: 'D2-01',
    severity: 'S2',
    by: 'T0401',
    evidence: [
      { id: 'CW-1', docNo: 'CW-1' },
      { id: 'CW-2', docNo: 'CW-2' },
    ],
  });
  expect((await propose('B-1')).came).toBe('STATE_CONFLICT');
  const refused = await mutate(
    college,
    'T0002',
    { name: 'refuseMalice', noun: 'ConductRecord', args: on(record!) },
    REVIEW,
  );
  expect(refused.came).toBe('OK');
  await college.settle();
  expect((await propose('B-1')).came).toBe('OK');
  await college.settle();
  expect((await records()).map(({ state }) => state)).toEqual(['DISMISSED', 'PROPOSED']);
  const states = 'select state from malice_proposal order by state';
  expect(await asOwner(college, 'finance', states)).toEqual([
    { state: 'DISMISSED' },
    { state: 'PROPOSED' },
  ]);
});
