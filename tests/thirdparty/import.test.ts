import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import {
  BANK,
  BANKER,
  bill,
  bringAs,
  consent,
  giveConsents,
  inDatabase,
  LENDER,
  OPERATOR,
  REGISTER,
  repayment,
  SCHOOL,
  statement,
  TELECOM,
  TO_LENDER,
  TO_TELECOM,
} from './provider-files.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await giveConsents(college, [
    consent({}),
    consent(TO_TELECOM),
    consent(TO_LENDER),
    consent({ 授权编号: 'CS-BANK-OLD', 到期时间: '2026-04-12 10:00:00' }),
    consent({ 授权编号: 'CS-BANK-LATER', 授权时间: '2026-04-12 10:00:01' }),
    consent({ 授权编号: 'CS-BANK-GONE', 撤回时间: '2026-04-01 00:00:00' }),
    consent({ 授权编号: 'CS-BANK-LOAN', 授权用途: '毕业后贷款' }),
    consent({ 授权编号: 'CS-MODEL', 授权用途: '典型案例' }),
  ]);
});
afterAll(() => college.stop());

const FORBIDDEN = { extensions: { code: 'FORBIDDEN_ACTION' } };
const cards = () =>
  inDatabase(
    college,
    `select consent_id as "consentId", student_no as "studentNo", provider, version,
       overdue_fen as "overdueFen", recorded_by as "recordedBy", approved_by as "approvedBy"
     from card_overdraft order by consent_id, statement_on`,
  );
const providers = () =>
  inDatabase(
    college,
    `select uscc, state, version, licence_until::text as "licenceUntil" from provider order by uscc`,
  );

test('of consents the office keeps those that may carry rows, and no others (PIPL 6)', async () => {
  expect(
    await inDatabase(college, `select distinct purpose from consent order by purpose`),
  ).toEqual([{ purpose: 'POSTGRAD_LOAN' }, { purpose: 'THIRD_PARTY_COLLECT' }]);
});

test('without a place in the register nothing is taken (G3.2)', async () => {
  const { rejected } = await bringAs(college, BANKER, 'cardOverdrafts', [statement({})]);
  expect(rejected).toEqual([
    '2,consentId,机构未登记或许可证无效,the provider has no valid licence for this data',
  ]);
  expect(await cards()).toEqual([]);
});

test('student affairs keeps the register; no provider enters himself (G3.2, 3.8)', async () => {
  await expect(bringAs(college, BANKER, 'providers', REGISTER)).rejects.toMatchObject(FORBIDDEN);
  expect(await providers()).toEqual([]);

  const { report } = await bringAs(college, SCHOOL, 'providers', REGISTER);
  expect(report).toMatchObject({ rows: 3, rejected: 0, changed: 3, state: 'APPROVED' });

  await inDatabase(college, `update provider set state = 'SUSPENDED' where uscc = ?`, [TELECOM]);
  const renewed = REGISTER.slice(0, 2).map((row) => ({ ...row, 许可证有效期: '2028-12-31' }));
  await bringAs(college, SCHOOL, 'providers', renewed);
  const [bank, telecom] = (await providers()) as [object, object];
  const row = { state: 'ACTIVE', version: 2, licenceUntil: '2028-12-31' };
  expect(bank).toEqual({ ...row, uscc: BANK });
  expect(telecom).toEqual({ ...row, uscc: TELECOM, state: 'SUSPENDED' });

  const { rejected } = await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
  expect(rejected).toEqual([
    '2,consentId,机构未登记或许可证无效,the provider has no valid licence for this data',
  ]);
  await inDatabase(college, `update provider set state = 'ACTIVE' where uscc = ?`, [TELECOM]);
});

const IN_FORCE = {
  consentId: 'CS-BANK',
  studentNo: '2024020111',
  provider: BANK,
  version: 1,
  overdueFen: 128_050,
  recordedBy: 'bank-b-01',
  approvedBy: 'automatic checks',
};

test('rows come by consent, are in force by the checks alone, and again change nothing (3.8, T-04)', async () => {
  const rows = [statement({}), statement({ 账单日: '2026-04-05', 逾期金额: '0', 逾期天数: '0' })];
  const second = { ...IN_FORCE, overdueFen: 0 };
  const first = await bringAs(college, BANKER, 'cardOverdrafts', rows);
  expect(first.report).toMatchObject({ rows: 2, rejected: 0, changed: 2, state: 'APPROVED' });
  expect(await cards()).toEqual([IN_FORCE, second]);

  const again = await bringAs(college, BANKER, 'cardOverdrafts', rows);
  expect(again.report).toMatchObject({ rows: 2, changed: 0, state: 'APPROVED' });

  const settled = await bringAs(college, BANKER, 'cardOverdrafts', [
    statement({ 结清日期: '2026-04-10' }),
  ]);
  expect(settled.report).toMatchObject({ rows: 1, changed: 1 });
  expect(await cards()).toEqual([{ ...IN_FORCE, version: 2 }, second]);
});

test('bills of the operator and repayments of the loan bank come the same way (G8.4, G9.4b)', async () => {
  const bills = await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
  expect(bills.report).toMatchObject({ rows: 1, rejected: 0, changed: 1 });
  const repayments = await bringAs(college, LENDER, 'loanPerformance', [
    repayment({}),
    repayment({ 账期: '2026-04', 状态: '逾期1-30天' }),
  ]);
  expect(repayments.report).toMatchObject({ rows: 2, rejected: 0, changed: 2 });
  expect(
    await inDatabase(
      college,
      `select student_no as "studentNo", provider, contract_no_masked as contract, month, state, settled
       from loan_performance order by month`,
    ),
  ).toEqual(
    [
      ['2026-03', 'CURRENT'],
      ['2026-04', 'OVERDUE_1_30'],
    ].map(([month, state]) => ({
      studentNo: '2024020111',
      provider: '91990000MA0000003H',
      contract: 'DK****0031',
      month,
      state,
      settled: false,
    })),
  );
});

test('unknown, foreign, ended and unfit consents are refused alike (INV-10, T-04, DOMAIN 3.7)', async () => {
  const before = await cards();
  const { report, rejected } = await bringAs(
    college,
    BANKER,
    'cardOverdrafts',
    [
      'CS-NOBODY',
      'CS-TELECOM',
      'CS-BANK-OLD',
      'CS-BANK-LATER',
      'CS-BANK-GONE',
      'CS-BANK-LOAN',
      'CS-MODEL',
    ].map((consentId) => statement({ 授权编号: consentId })),
  );
  expect(rejected).toEqual(
    [2, 3, 4, 5, 6, 7, 8].map(
      (line) => `${line},consentId,没有有效的授权,there is no consent in force for this provider`,
    ),
  );
  expect(report).toMatchObject({ rows: 0, rejected: 7, changed: 0 });
  expect(await cards()).toEqual(before);
});

test('a provider brings what it is licensed for: an operator no card, a bank no bill (G3.1)', async () => {
  await giveConsents(college, [
    consent({ ...TO_TELECOM, 授权编号: 'CS-TELECOM-2', 信息类别: 'CARD_OVERDRAFTS' }),
    consent({ 授权编号: 'CS-BANK-2', 信息类别: 'PHONE_BILLS' }),
  ]);
  const why = '机构未登记或许可证无效,the provider has no valid licence for this data';
  const card = statement({ 授权编号: 'CS-TELECOM-2' });
  expect((await bringAs(college, OPERATOR, 'cardOverdrafts', [card])).rejected).toEqual([
    `2,consentId,${why}`,
  ]);
  const phone = bill({ 授权编号: 'CS-BANK-2' });
  expect((await bringAs(college, BANKER, 'phoneBills', [phone])).rejected).toEqual([
    `2,consentId,${why}`,
  ]);
});

test('a whole contract number, a card number and a month without year do not enter (DOMAIN 2.2)', async () => {
  const card = await bringAs(college, BANKER, 'cardOverdrafts', [
    statement({ 卡号后四位: '6222021234564321' }),
  ]);
  expect(card.rejected).toEqual([
    '2,卡号后四位,代码格式不正确,does not have the form of this code',
  ]);
  const loan = await bringAs(college, LENDER, 'loanPerformance', [
    repayment({ '合同号(掩码)': 'DK20230031' }),
    repayment({ 账期: '3月' }),
  ]);
  expect(loan.rejected).toEqual([
    '2,合同号(掩码),合同号须掩码，如 DK****0031,"must be masked, such as DK****0031"',
    '3,账期,账期应写作 2026-02,must be a month such as 2026-02',
  ]);
});

test('no school role brings third-party rows, and a provider without its code brings none (3.8)', async () => {
  const before = await cards();
  const row = [statement({ 账单日: '2026-04-06' })];
  await expect(bringAs(college, SCHOOL, 'cardOverdrafts', row)).rejects.toMatchObject(FORBIDDEN);
  const { rejected } = await bringAs(
    college,
    importer('bank-b-02', 'TPC_INST'),
    'cardOverdrafts',
    row,
  );
  expect(rejected).toEqual([
    '2,consentId,没有有效的授权,there is no consent in force for this provider',
  ]);
  expect(await cards()).toEqual(before);
});

const INSERT = `
  insert into card_overdraft (student_no, recorded_by, recorded_at, approved_by, approved_at,
    consent_id, provider, card_tail4, statement_on, overdue_fen, overdue_days)
  select v.student_no, 'bank-b-01', v.approved_at, v.approved_by, v.approved_at, v.consent_id,
    v.provider, '9999', '2026-03-05', 0, 0
  from jsonb_populate_record(null::card_overdraft, ?::jsonb) v`;
const ROW = {
  student_no: '2024020111',
  approved_by: 'automatic checks',
  approved_at: '2026-04-12T10:00:00+08:00',
  consent_id: 'CS-BANK',
  provider: BANK,
};

test('the database itself refuses a row that no consent in force covers (INV-10, G3.2)', async () => {
  const before = await cards();
  const refusals: readonly (readonly [object, string])[] = [
    [{ consent_id: 'CS-NOBODY' }, 'consent_in_force'],
    [{ student_no: '2024010305' }, 'consent_in_force'],
    [{ provider: TELECOM }, 'consent_in_force'],
    [{ consent_id: 'CS-BANK-LOAN' }, 'consent_in_force'],
    [{ consent_id: 'CS-BANK-GONE' }, 'consent_in_force'],
    // Withdrawn is withdrawn, whatever instant a row claims.
    [{ consent_id: 'CS-BANK-GONE', approved_at: '2026-03-01T10:00:00+08:00' }, 'consent_in_force'],
    [{ approved_at: '2026-02-20T08:59:59+08:00' }, 'consent_in_force'],
    [{ approved_at: '2027-02-19T00:00:00+08:00' }, 'consent_in_force'],
    [{ consent_id: 'CS-TELECOM-2', provider: TELECOM }, 'provider_licensed'],
    [{ approved_by: 'bank-b-01' }, 'card_overdraft_second_person'],
  ];
  for (const [change, constraint] of refusals)
    await expect(
      inDatabase(college, INSERT, [JSON.stringify({ ...ROW, ...change })]),
    ).rejects.toMatchObject({ constraint });
  expect(await cards()).toEqual(before);
});

test('on its last day a licence holds, on the next it does not (G3.2)', async () => {
  await bringAs(college, SCHOOL, 'providers', [{ ...REGISTER[0], 许可证有效期: '2026-04-12' }]);
  await inDatabase(college, INSERT, [JSON.stringify(ROW)]);

  college.clock.set('2026-04-13T00:00:00+08:00');
  const { rejected } = await bringAs(college, BANKER, 'cardOverdrafts', [
    statement({ 账单日: '2026-04-06' }),
  ]);
  expect(rejected).toEqual([
    '2,consentId,机构未登记或许可证无效,the provider has no valid licence for this data',
  ]);
  await expect(
    inDatabase(college, INSERT, [
      JSON.stringify({ ...ROW, approved_at: '2026-04-13T00:00:00+08:00' }),
    ]),
  ).rejects.toMatchObject({ constraint: 'provider_licensed' });
});
