/** Third-party detail is kept for 24 months, also while its consent runs (3.6, L-10). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
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
  TO_LENDER,
  TO_TELECOM,
} from './provider-files.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await giveConsents(college, [consent({}), consent(TO_TELECOM), consent(TO_LENDER)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  // Of 5 March 2026, one of which a finding rests on.
  await bringAs(college, BANKER, 'cardOverdrafts', [
    statement({}),
    statement({ 卡号后四位: '9999' }),
  ]);
  await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
  await bringAs(college, LENDER, 'loanPerformance', [repayment({})]);
  await inDatabase(
    college,
    `insert into provider_malice_finding (student_no, consent_id, provider, card_overdraft_id, doc_no,
       finding_on, recorded_by, recorded_at, state)
     select student_no, consent_id, provider, id, 'YH-2026-1', '2026-03-10', 'bank-b-01', now(), 'PROPOSED'
     from card_overdraft where card_tail4 = '9999'`,
  );
});
afterAll(() => college.stop());

const retain = (day: string) => {
  college.clock.set(`${day}T03:00:00+08:00`);
  return runJob(college, 'thirdparty', 'retention');
};
const left = async (): Promise<unknown> => {
  const [row] = await inDatabase(
    college,
    `select (select array_agg(card_tail4 order by 1) from card_overdraft) as cards,
       (select array_agg(month) from phone_bill) as bills,
       (select array_agg(month) from loan_performance) as loans`,
  );
  return row;
};

test('on its last day all is there', async () => {
  await retain('2028-02-28');
  expect(await left()).toEqual({
    cards: ['4321', '9999'],
    bills: ['2026-02'],
    loans: ['2026-03'],
  });
});

test('a day or month that is older goes; what a finding rests on stays with it', async () => {
  await retain('2028-03-06');
  expect(await left()).toEqual({ cards: ['9999'], bills: null, loans: ['2026-03'] });
  expect(
    await inDatabase(
      college,
      `select actor, action, target from operation_log where action = 'thirdparty.erase'`,
    ),
  ).toEqual([
    {
      actor: 'job:retention',
      action: 'thirdparty.erase',
      target: 'ThirdPartyRows 2026-03-06',
    },
  ]);
});

test('another run finds nothing, and writes nothing down', async () => {
  await retain('2028-03-06');
  const lines = `select count(*)::int as count from operation_log where action = 'thirdparty.erase'`;
  expect(await inDatabase(college, lines)).toEqual([{ count: 1 }]);
});
