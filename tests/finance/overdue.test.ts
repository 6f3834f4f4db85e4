/** The flag beside an overdue bill says what its category says, and no more (note 14, T-01). */
import { signCall } from '@chengxin/kit/call/call';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hardship, loan, OWN_STUDENT } from '../archive/own-rows.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { maskedAt } from '../support/masked-at.js';
import { post } from '../support/post.js';
import { countStatements } from '../support/statements.js';

const COUNSELLOR = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const bill = (billNo: string, academicYear: string, dueOn: string) => ({
  账单编号: billNo,
  学号: OWN_STUDENT,
  学年: academicYear,
  收费项目: '学费',
  应缴金额: '9800.00',
  缴费截止日期: dueOn,
});

interface Shown {
  readonly arrears: readonly { readonly category: string }[];
  readonly loanRecords: readonly { readonly state: string }[];
}

/** What finance reads of the student: categories of overdue bills, and the flag. */
async function shown(person = 'T0401') {
  const query = `{ student(studentNo: "${OWN_STUDENT}") { arrears { category } loanRecords { state } } }`;
  const { data, errors } = await college.request(person, query);
  expect(errors).toBeUndefined();
  const student = data?.['student'] as Shown | undefined;
  const { arrears = [], loanRecords = [] } = student ?? {};
  return [arrears.map(({ category }) => category), loanRecords.map(({ state }) => state)];
}

test('a loan and a hardship without an overdue bill make no flag (note 14)', async () => {
  await college.bring('archive', 'loans', [loan({ 贷款状态: '已申请' })]);
  await college.bring('archive', 'aid', [hardship()]);
  expect(await shown()).toEqual([[], []]);
  await college.bring('finance', 'bills', [bill('B-26', '2025-2026', '2026-05-31')]);
  expect(await shown()).toEqual([[], []]);
});

test('a loan and a hardship of one year make no flag beside a bill of another (note 14)', async () => {
  await college.bring('finance', 'bills', [bill('B-24', '2024-2025', '2024-10-31')]);
  expect(await shown()).toEqual([['UNEXPLAINED'], ['NOT_EXCUSED']]);
  expect(await shown('T0402')).toEqual([['UNEXPLAINED'], ['NOT_EXCUSED']]);
});

test('the flag follows the category of the bill, be it excused, deferred or paid (note 14)', async () => {
  await college.bring('finance', 'bills', [bill('B-25', '2025-2026', '2025-10-31')]);
  expect(await shown()).toEqual([['UNEXPLAINED', 'EXCUSED'], ['EXCUSED']]);

  await college.bring('finance', 'deferrals', [
    {
      账单编号: 'B-25',
      学号: OWN_STUDENT,
      缓交原因: '助学贷款',
      缓交至: '2026-04-30',
    },
  ]);
  expect(await shown()).toEqual([['UNEXPLAINED', 'DEFERRED'], ['NOT_EXCUSED']]);

  const paid = (billNo: string) => ({
    缴费流水号: `P-${billNo}`,
    账单编号: billNo,
    学号: OWN_STUDENT,
    实缴金额: '9800.00',
    缴费日期: '2026-04-01',
  });
  await college.bring('finance', 'payments', [paid('B-24'), paid('B-25')]);
  expect(await shown()).toEqual([['CLEARED', 'CLEARED'], []]);
});

test('a counsellor reads an excused bill as he reads a deferred one, and no deferrals beside (note 1)', async () => {
  await college.bring('finance', 'bills', [bill('B-25B', '2025-2026', '2025-11-30')]);
  expect(await shown()).toEqual([['CLEARED', 'CLEARED', 'EXCUSED'], ['EXCUSED']]);
  const query = (fields: string) => `{ student(studentNo: "${OWN_STUDENT}") { ${fields} } }`;
  expect(
    await college.request('T0101', query('arrears { category } deferrals { id }'), COUNSELLOR),
  ).toEqual({
    data: {
      student: {
        arrears: [{ category: 'NONE' }, { category: 'NONE' }, { category: 'DEFERRED' }],
        deferrals: null,
      },
    },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'deferrals'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'TUITION',
          clause: 'FG16',
          rule: 'COUNSELLOR.FG16',
          masked: true,
        },
      },
    ],
    ...maskedAt({ shown: 'CATEGORY', group: 'TUITION', rule: 'COUNSELLOR.FG16' }, [
      'student',
      'arrears',
      '@',
      'category',
    ]),
  });
});

test('flags of many students are one statement of finance (2.7)', async () => {
  const of = [OWN_STUDENT, '2024010305', '2024010322', '2025020415'];
  const one = (studentNo: string, at: number) =>
    `s${at}: student(studentNo: "${studentNo}") { loanRecords { state } }`;
  const list = `{ ${of.map(one).join(' ')} }`;
  const { byOffice } = await countStatements(() => college.request('T0401', list));
  expect(byOffice['finance']).toBe(1);
});

/** One call to finance, signed by a party. */
async function call(party: string, identity?: Identity) {
  const path = '/overdue';
  const body = JSON.stringify({ studentNos: [OWN_STUDENT] });
  const finance = college.started.offices.get('finance');
  const keyring = await readKeyring(college.keys, party);
  const signed = await signCall(keyring, college.clock, { to: 'finance', path, body }, identity);
  return post(new URL(path, finance?.url), body, { 'x-call-context': signed });
}

test('the archive alone may call, for people of finance alone (note 14)', async () => {
  const clerk = importer('T0401', 'FIN_CLERK');
  for (const party of ['gateway', 'academics', 'finance'])
    expect(await call(party, clerk)).toMatchObject({ status: 401 });
  expect(await call('archive')).toMatchObject({ status: 403 });
  expect(await call('archive', importer('T0001', 'SCHOOL_ADMIN'))).toMatchObject({ status: 403 });
  expect(await call('archive', clerk)).toEqual({
    status: 200,
    body: { flags: { [OWN_STUDENT]: 'EXCUSED' } },
  });
});

test('while finance does not answer there is an error and no flag (3.7(13))', async () => {
  await college.started.offices.get('finance')?.stop();
  const query = `{ student(studentNo: "${OWN_STUDENT}") { name loanRecords { state } } }`;
  expect(await college.request('T0401', query)).toMatchObject({
    data: { student: { name: expect.any(String), loanRecords: null } },
    errors: [{ path: ['student', 'loanRecords'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
  });
});
