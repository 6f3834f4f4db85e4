/**
 * Rows of third parties are there from the second at which a consent is given to that at which it
 * ends, and under no other consent (note 6, OWN_PROVIDER, INV-10).
 */
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
  TO_LENDER,
  TO_TELECOM,
} from './provider-files.js';

const STUDENT = '2024020111';
const ROWS = 'cardOverdrafts { overdueFen } phoneBills { amountFen } loanPerformance { month }';
const CARDS = [{ overdueFen: 128_050 }];
const BILLS = [{ amountFen: 5800 }];
const LOANS = [{ month: '2026-03' }];

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
    `update consent set granted_at = '2026-04-13 10:00+08', expires_at = '2026-04-13 18:00+08'`,
  );
});
afterAll(() => college.stop());

/** What a provider reads under a consent, and in its lists; nothing where that is not found. */
async function shownTo(person: string, consentId: string) {
  const under = await college.request(
    person,
    `{ consentRows(consentId: "${consentId}") { ${ROWS} } }`,
  );
  const lists = await college.request(
    person,
    '{ cardOverdrafts { nodes { overdueFen } } phoneBills { nodes { amountFen } } }',
  );
  const nodes = (list: string) => (lists.data?.[list] as { nodes: object[] } | undefined)?.nodes;
  return {
    under: under.data?.['consentRows'],
    codes: under.errors?.map(({ extensions }) => extensions['code']),
    lists: [nodes('cardOverdrafts'), nodes('phoneBills')],
  };
}
const NOTHING = { cardOverdrafts: [], phoneBills: [], loanPerformance: [] };
const FOUND = { codes: undefined };
const MISSING = { under: null, codes: ['NOT_FOUND'], lists: [[], []] };

test.each([
  ['a second before it is given', '09:59:59', false],
  ['when it is given', '10:00:00', true],
  ['a second before it ends', '17:59:59', true],
  ['when it ends', '18:00:00', false],
])(
  '%s, at %s, rows under a consent are there: %s (note 6, OWN_PROVIDER)',
  async (_, time, isOpen) => {
    college.clock.set(`2026-04-13T${time}+08:00`);

    expect(await shownTo('bank-b-01', 'CS-BANK')).toEqual(
      isOpen
        ? { ...FOUND, under: { ...NOTHING, cardOverdrafts: CARDS }, lists: [CARDS, []] }
        : MISSING,
    );
    expect(await shownTo('telecom-t-01', 'CS-TELECOM')).toEqual(
      isOpen ? { ...FOUND, under: { ...NOTHING, phoneBills: BILLS }, lists: [[], BILLS] } : MISSING,
    );
    const own = await college.request(STUDENT, `{ student(studentNo: "${STUDENT}") { ${ROWS} } }`);
    expect(own).toEqual({
      data: {
        student: isOpen
          ? { cardOverdrafts: CARDS, phoneBills: BILLS, loanPerformance: LOANS }
          : NOTHING,
      },
    });
  },
);

test('a withdrawal shuts them whatever day is written on it (note 6, OWN_PROVIDER)', async () => {
  college.clock.set('2026-04-13T12:00:00+08:00');
  for (const at of ['2026-04-13 12:00+08', '2026-04-13 12:00:01+08']) {
    await inDatabase(college, `update consent set withdrawn_at = '${at}'`);
    expect(await shownTo('bank-b-01', 'CS-BANK')).toEqual(MISSING);
  }
  await inDatabase(college, 'update consent set withdrawn_at = null');
  expect(await shownTo('bank-b-01', 'CS-BANK')).toMatchObject(FOUND);
});

test.each([
  ['bank-b-01', 'CS-TELECOM'],
  ['bank-b-01', 'CS-LOAN'],
  ['telecom-t-01', 'CS-BANK'],
])(
  '%s does not find %s, which is given to another (note 6, OWN_PROVIDER)',
  async (person, consentId) => {
    college.clock.set('2026-04-13T12:00:00+08:00');
    expect(await shownTo(person, consentId)).toMatchObject({ under: null, codes: ['NOT_FOUND'] });
  },
);
