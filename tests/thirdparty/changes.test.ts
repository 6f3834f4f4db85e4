/** What providers hand in and find through the door, and what an office refuses straight (T-04, INV-10). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { runJob } from '../support/jobs.js';
import { EnumValue, mutate, mutationText, outcomeOf } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { callOffice, GRAPH, postOffice, REFUSED } from '../support/straight.js';
import {
  BANK,
  BANKER,
  bringAs,
  consent,
  giveConsents,
  LENDER,
  LOAN_BANK,
  OPERATOR,
  REGISTER,
  SCHOOL,
  TO_LENDER,
  TO_TELECOM,
} from './provider-files.js';

const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const STATEMENT = {
  cardTail4: '4321',
  statementOn: '2026-03-05',
  overdueFen: 100,
  overdueDays: 12,
};
const BILL = {
  msisdnTail4: '1003',
  month: '2026-02',
  amountFen: 5800,
  overdueDays: 0,
  confirmed: true,
};
const REPAYMENT = {
  contractNoMasked: 'DK****0031',
  month: '2026-03',
  state: new EnumValue('CURRENT'),
  settled: false,
};
const NOUN = 'Delivery';
const FIELDS = 'id newRows changedRows';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('archive', 'staff', [{ 工号: 'loan-h-01', 姓名: '贷款经办' }]);
  await college.bring('archive', 'grants', [
    { 工号: 'loan-h-01', 角色: 'TPC_INST', 机构代码: LOAN_BANK, 生效时间: '2023-09-01 00:00:00' },
  ]);
  await giveConsents(college, [consent({}), consent(TO_TELECOM), consent(TO_LENDER)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
});
afterAll(() => college.stop());

const ingest = (person: string, args: object) =>
  mutate(college, person, {
    name: 'ingestThirdParty',
    noun: NOUN,
    args: { ...args },
    fields: FIELDS,
  });
const ofBank = (args: object) => ingest('bank-b-01', { consentId: 'CS-BANK', ...args });
const errorsOf = ({ answer }: Awaited<ReturnType<typeof ingest>>, name = 'ingestThirdParty') =>
  ((answer.data ?? {})[name] as { errors: { code: string; path: string[] }[] }).errors.map(
    ({ code, path }) => [code, ...path].join(' '),
  );
const stored = () =>
  asOwner(
    college,
    'thirdparty',
    `select student_no, provider, overdue_fen as fen, version, recorded_by, approved_by
     from card_overdraft`,
  );

test('rows are those of the consent’s student and provider; the same again changes nothing', async () => {
  const args = { clientMutationId: 'd-1', cardOverdrafts: [STATEMENT] };
  const first = await ofBank(args);
  expect(first.row).toEqual({ id: first.row.id, newRows: 1, changedRows: 0 });
  // The same request twice is done once; the same rows under another number change nothing.
  expect((await ofBank(args)).row).toEqual(first.row);
  expect((await ofBank({ cardOverdrafts: [STATEMENT] })).row).toMatchObject({
    newRows: 0,
    changedRows: 0,
  });
  const corrected = await ofBank({ cardOverdrafts: [{ ...STATEMENT, overdueFen: 90 }] });
  expect(corrected.row).toMatchObject({ newRows: 0, changedRows: 1 });
  expect(await stored()).toEqual([
    {
      student_no: '2024020111',
      provider: BANK,
      fen: 90,
      version: 2,
      recorded_by: 'bank-b-01',
      approved_by: 'automatic checks',
    },
  ]);
});

test.each([
  ['no row', {}, 'VALIDATION cardOverdrafts'],
  [
    'half a tail',
    { cardOverdrafts: [{ ...STATEMENT, cardTail4: '43' }] },
    'cardOverdrafts 0 cardTail4',
  ],
  [
    'a statement of tomorrow',
    { cardOverdrafts: [STATEMENT, { ...STATEMENT, statementOn: '2026-04-13' }] },
    'cardOverdrafts 1 statementOn',
  ],
  [
    'less than nothing',
    { cardOverdrafts: [{ ...STATEMENT, overdueFen: -1 }] },
    'cardOverdrafts 0 overdueFen',
  ],
  ['the same row twice', { cardOverdrafts: [STATEMENT, STATEMENT] }, 'cardOverdrafts 1'],
])('%s is refused by row and field, and nothing is written', async (_, args, path) => {
  const before = await stored();
  const refused = await ofBank(args);
  expect(errorsOf(refused)).toEqual([path.startsWith('VALIDATION') ? path : `VALIDATION ${path}`]);
  expect(await stored()).toEqual(before);
});

test('bills and repayments stand under consents of their own', async () => {
  const bills = await ingest('telecom-t-01', { consentId: 'CS-TELECOM', phoneBills: [BILL] });
  expect(bills.row).toMatchObject({ newRows: 1 });
  const loan = { consentId: 'CS-LOAN', loanPerformance: [REPAYMENT] };
  expect((await ingest('loan-h-01', loan)).row).toMatchObject({ newRows: 1 });
  const whole = { ...REPAYMENT, contractNoMasked: 'DK20260031' };
  expect(errorsOf(await ingest('loan-h-01', { ...loan, loanPerformance: [whole] }))).toEqual([
    'VALIDATION loanPerformance 0 contractNoMasked',
  ]);
  // A consent to collection covers no repayment, whoever holds it.
  expect((await ofBank({ loanPerformance: [REPAYMENT] })).came).toBe('CONSENT_REQUIRED');
});

test('twelve months paid in time earn P-10 as they do from a file', async () => {
  const months = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}`);
  const phoneBills = months.map((month) => ({ ...BILL, month, paidOn: `${month}-20` }));
  await ingest('telecom-t-01', { consentId: 'CS-TELECOM', phoneBills });
  expect(
    await asOwner(college, 'thirdparty', 'select reached_on::text as on from punctual_year'),
  ).toEqual([{ on: '2025-12-20' }]);
});

test('straight at the office without a call context nothing is answered', async () => {
  const query = mutationText({
    name: 'ingestThirdParty',
    noun: NOUN,
    args: { consentId: 'CS-BANK', cardOverdrafts: [STATEMENT] },
    fields: FIELDS,
  });
  const body = JSON.stringify({ query });
  expect(await postOffice(college, 'thirdparty', GRAPH, body)).toEqual(REFUSED);
});

test('straight at the office another’s consent, an unknown and an ended one are one answer', async () => {
  const before = await stored();
  await giveConsents(college, [
    consent({ 授权编号: 'CS-OLD', 撤回时间: '2026-04-01 09:00:00' }),
    consent({ 授权编号: 'CS-PAST', 到期时间: '2026-04-12 10:00:00' }),
  ]);
  const ask = async (consentId: string, caller = BANKER) => {
    const args = { clientMutationId: 'straight', consentId, cardOverdrafts: [STATEMENT] };
    const query = mutationText({ name: 'ingestThirdParty', noun: NOUN, args, fields: FIELDS });
    const who = { ...importer(caller.subject, 'TPC_INST', caller.orgs), purpose: 'PROVIDER_DUTY' };
    return callOffice(college, 'thirdparty', who as typeof caller, JSON.stringify({ query }));
  };
  const answers = [
    await ask('CS-BANK', OPERATOR),
    await ask('CS-BANK', LENDER),
    await ask('CS-NONE'),
    await ask('CS-OLD'),
    await ask('CS-PAST'),
  ];
  expect(outcomeOf(answers[0] as never, 'ingestThirdParty')).toBe('CONSENT_REQUIRED');
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await stored()).toEqual(before);
});

const register = (args: object) =>
  mutate(
    college,
    'T0001',
    {
      name: 'registerProvider',
      noun: 'Provider',
      args: {
        uscc: '91990000MA0000004L',
        name: '戊银行',
        kind: new EnumValue('BANK'),
        licenceNo: 'JR-5',
        licenceUntil: '2027-12-31',
        ...args,
      },
      fields: 'uscc name kind licenceUntil state',
    },
    REVIEW,
  );

test('a provider is registered once, with a licence that is valid (G3.2)', async () => {
  for (const [args, path] of [
    [{ uscc: '91990000MA0000004M' }, 'uscc'],
    [{ name: ' ' }, 'name'],
    [{ licenceNo: '无' }, 'licenceNo'],
    [{ licenceUntil: '2026-04-11' }, 'licenceUntil'],
  ] as const)
    expect(errorsOf(await register(args), 'registerProvider')).toEqual([`VALIDATION ${path}`]);
  expect((await register({})).row).toEqual({
    uscc: '91990000MA0000004L',
    name: '戊银行',
    kind: 'BANK',
    licenceUntil: '2027-12-31',
    state: 'ACTIVE',
  });
  expect(errorsOf(await register({}), 'registerProvider')).toEqual(['VALIDATION uscc']);
});

test('without a valid licence nothing comes in (G3.2)', async () => {
  const licence = `update provider set licence_until = $1 where uscc = '${BANK}'`;
  await asOwner(college, 'thirdparty', licence, ['2026-04-11']);
  expect((await ofBank({ cardOverdrafts: [{ ...STATEMENT, overdueFen: 1 }] })).came).toBe(
    'STATE_CONFLICT',
  );
  await asOwner(college, 'thirdparty', licence, ['2027-12-31']);
});

test('what stood under a consent that has run out is erased, and of the others nothing', async () => {
  college.clock.set('2027-02-19T00:00:00+08:00');
  await asOwner(
    college,
    'thirdparty',
    `update consent set expires_at = '2028-01-01' where consent_id = 'CS-TELECOM'`,
  );
  await runJob(college, 'thirdparty', 'eraseWithdrawn');
  expect(
    await asOwner(
      college,
      'thirdparty',
      `select (select count(*)::int from card_overdraft) as cards,
         (select count(*)::int from phone_bill) as bills,
         (select count(*)::int from loan_performance) as loans,
         (select array_agg(distinct consent_id) from delivery) as deliveries`,
    ),
  ).toEqual([{ cards: 0, bills: 13, loans: 0, deliveries: ['CS-TELECOM'] }]);
});
