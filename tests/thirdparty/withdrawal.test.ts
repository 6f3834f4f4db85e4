import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import {
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

const STUDENT = '2024020111';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await giveConsents(college, [consent({}), consent(TO_TELECOM), consent(TO_LENDER)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await bringAs(college, BANKER, 'cardOverdrafts', [statement({})]);
  await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
  await bringAs(college, LENDER, 'loanPerformance', [repayment({})]);
  await inDatabase(
    college,
    `insert into provider_malice_finding (student_no, consent_id, provider, card_overdraft_id, doc_no,
       finding_on, recorded_by, recorded_at, state)
     select student_no, consent_id, provider, id, 'YH-2026-1', '2026-03-10', 'bank-b-01', now(), 'PROPOSED'
     from card_overdraft`,
  );
  // What a killed import left behind.
  await inDatabase(
    college,
    `with torn as (
       insert into import_batch (kind, file_name, file_sha256, state, recorded_by, recorded_at)
       values ('cardOverdrafts', 'a.csv', '', 'READING', 'bank-b-01', now()) returning id
     )
     insert into import_row select id, 2, '{"consentId": "CS-BANK", "overdueFen": 1}' from torn`,
  );
});
afterAll(() => college.stop());

const counts = async () => {
  const [row] = await inDatabase(
    college,
    `select (select count(*)::int from card_overdraft) as cards,
       (select count(*)::int from phone_bill) as bills,
       (select count(*)::int from loan_performance) as loans,
       (select count(*)::int from provider_malice_finding) as findings,
       (select count(*)::int from import_row) as staged`,
  );
  return row;
};
const MINE = `{ student(studentNo: "${STUDENT}") {
  cardOverdrafts { overdueFen } phoneBills { amountFen } loanPerformance { state } } }`;
const rowsOf = (consentId: string) =>
  `{ consentRows(consentId: "${consentId}") { cardOverdrafts { overdueFen } phoneBills { amountFen } } }`;

test('before a withdrawal all is there', async () => {
  expect(await counts()).toEqual({ cards: 1, bills: 1, loans: 1, findings: 1, staged: 1 });
  expect(await college.request(STUDENT, MINE)).toEqual({
    data: {
      student: {
        cardOverdrafts: [{ overdueFen: 128_050 }],
        phoneBills: [{ amountFen: 5800 }],
        loanPerformance: [{ state: 'CURRENT' }],
      },
    },
  });
});

test('a withdrawal on the feed ends reads and deletes rows, with what was found from them (SC-05, L-09)', async () => {
  college.clock.set('2026-04-20T10:00:00+08:00');
  await giveConsents(college, [consent({ 撤回时间: '2026-04-20 09:59:00' })]);

  expect(await counts()).toEqual({ cards: 0, bills: 1, loans: 1, findings: 0, staged: 0 });
  expect(await college.request(STUDENT, MINE)).toEqual({
    data: {
      student: {
        cardOverdrafts: [],
        phoneBills: [{ amountFen: 5800 }],
        loanPerformance: [{ state: 'CURRENT' }],
      },
    },
  });
  expect(await college.request('bank-b-01', rowsOf('CS-BANK'))).toEqual({
    data: { consentRows: null },
    errors: [
      { message: expect.any(String), path: ['consentRows'], extensions: { code: 'NOT_FOUND' } },
    ],
  });
  expect(await college.request('telecom-t-01', rowsOf('CS-TELECOM'))).toEqual({
    data: { consentRows: { cardOverdrafts: [], phoneBills: [{ amountFen: 5800 }] } },
  });
});

test('after a withdrawal nothing more enters under that consent (INV-10)', async () => {
  const { rejected } = await bringAs(college, BANKER, 'cardOverdrafts', [statement({})]);
  expect(rejected).toEqual([
    '2,consentId,没有有效的授权,there is no consent in force for this provider',
  ]);
  expect(await counts()).toEqual({ cards: 0, bills: 1, loans: 1, findings: 0, staged: 0 });
});

test('a consent that was written down for the wrong provider or purpose loses its rows too (INV-10)', async () => {
  await giveConsents(college, [
    consent({ ...TO_TELECOM, 授权用途: '典型案例' }),
    consent({ ...TO_LENDER, 接收方统一社会信用代码: TELECOM }),
  ]);
  expect(await counts()).toEqual({ cards: 0, bills: 0, loans: 0, findings: 0, staged: 0 });
});

test('a malice finding has a document, a statement and two people (INV-02, T-04)', async () => {
  await giveConsents(college, [consent({ 授权编号: 'CS-BANK-NEW' })]);
  await bringAs(college, BANKER, 'cardOverdrafts', [statement({ 授权编号: 'CS-BANK-NEW' })]);
  const finding = (values: string) =>
    inDatabase(
      college,
      `insert into provider_malice_finding (student_no, consent_id, provider, card_overdraft_id,
         doc_no, finding_on, recorded_by, recorded_at, approved_by, approved_at, student_statement,
         state)
       select student_no, consent_id, provider, id, 'YH-2026-2', '2026-03-10', 'bank-b-01', now(), ${values}
       from card_overdraft`,
    );
  await expect(finding(`'bank-b-01', now(), '已还清', 'FOUND'`)).rejects.toMatchObject({
    constraint: 'provider_malice_finding_second_person',
  });
  await expect(finding(`'bank-b-02', now(), null, 'FOUND'`)).rejects.toMatchObject({
    constraint: 'provider_malice_finding_found',
  });
  await expect(finding(`null, null, '已还清', 'FOUND'`)).rejects.toMatchObject({
    constraint: 'provider_malice_finding_found',
  });
  expect(await counts()).toEqual({ cards: 1, bills: 0, loans: 0, findings: 0, staged: 0 });
});
