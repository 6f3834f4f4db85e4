import { randomUUID } from 'node:crypto';
import { randomKey } from '@chengxin/kit/call/crypto';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring, type Keyring } from '@chengxin/kit/call/keyring';
import { writeRuled } from '@chengxin/kit/privacy/decision';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bill } from '../support/bill.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import {
  callOffice,
  entities,
  errorOf,
  sealedAccess,
  withRuled,
  type SealedAccess,
} from '../support/straight.js';

const AT = '2026-04-12T10:00:00+08:00';
const STUDENT = '2025020415';
const OTHER = '2024010305';
const UNTIL = Date.parse(AT) + 5000;
const OPEN = 'ALLOW=IDENTITY;ALLOW=TUITION';
const NARROW = 'ALLOW=IDENTITY';

const admin: Identity = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
const clerk: Identity = importer('T0401', 'FIN_CLERK', ['FIN']);
const counsellor: Identity = importer('T0201', 'COUNSELLOR', ['20250204']);

let college: TestCollege;
let archive: Keyring;
let finance: Keyring;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  archive = await readKeyring(college.keys, 'archive');
  finance = await readKeyring(college.keys, 'finance');
  await college.bring('finance', 'bills', [bill('B-1', STUDENT), bill('B-2', OTHER)]);
});
afterEach(() => college.clock.set(AT));
afterAll(() => college.stop());

/** The archive's decision, of which every part can be another's. */
const decided = (
  other: { studentNo?: string; who?: Partial<Identity>; rulings?: string; keys?: Buffer[] } = {},
): SealedAccess =>
  sealedAccess(
    other.keys ?? archive.decisionKeys,
    other.studentNo ?? STUDENT,
    { ...admin, ...other.who },
    writeRuled(other.rulings ?? OPEN),
    { validUntil: UNTIL, isEnd: false },
  );
type Sent = SealedAccess | string | null | undefined;
const accessOf = (sent: Sent) => (typeof sent === 'object' ? sent?.access : sent);
/** What is sent beside is what the decision says, and one of another student. */
const request = (sent: Sent, who = admin) =>
  callOffice(
    college,
    'finance',
    who,
    withRuled(
      entities('studentNo bills { billNo amountFen }', {
        studentNo: STUDENT,
        access: sent === null ? null : accessOf(sent),
      }),
      ...(typeof sent === 'object' && sent ? [sent] : []),
      decided({ studentNo: OTHER }),
    ),
  );
/** The same decision with another text beside it. */
const altered = (sealed: SealedAccess, from: string, to: string): SealedAccess => {
  expect(sealed.text).toContain(from);
  return { ...sealed, text: sealed.text.replace(from, to) };
};

const BILLS = [{ billNo: 'B-1', amountFen: 980_000 }];
const ANSWERED = { data: { _entities: [{ studentNo: STUDENT, bills: BILLS }] } };
/** As if the student did not exist: an error, never a bare null (DOMAIN 3.1). */
const NOT_THERE = { data: { _entities: [null] }, errors: [errorOf('NOT_FOUND', ['_entities', 0])] };

test('finance answers for a student whom the archive decided on for this caller', async () => {
  expect(await request(decided())).toEqual(ANSWERED);
});

test.each([
  ['without a decision', () => undefined],
  ['with null for a decision', () => null],
  ['with an empty text for a decision', () => ''],
  ['with the rulings alone', () => OPEN],
  [
    'with no code before them',
    () => {
      const sealed = decided();
      return altered(sealed, sealed.text.split('~')[0] ?? '', '');
    },
  ],
  ['with the decision on another student', () => decided({ studentNo: OTHER })],
  ['with the decision for another caller', () => decided({ who: { subject: 'T0002' } })],
  ['with the decision for another role of the caller', () => decided({ who: { role: 'AUDITOR' } })],
  ['with the decision for another purpose', () => decided({ who: { purpose: 'AUDIT' } })],
  ['with the decision for another case', () => decided({ who: { caseId: 'CASE-1' } })],
  ['with the decision for another reference', () => decided({ who: { reference: 'R-1' } })],
  ['with the decision for another request', () => decided({ who: { requestId: 'before' } })],
  ['with other rulings', () => altered(decided({ rulings: NARROW }), 'IDENTITY', 'TUITION')],
  [
    'with one ruling more',
    () => altered(decided({ rulings: NARROW }), NARROW, `ALLOW=TUITION;${NARROW}`),
  ],
  [
    'with a student more',
    () => altered(decided({ studentNo: OTHER }), `~${OTHER}`, `~${OTHER},${STUDENT}`),
  ],
  ['with a text that did not come along', () => decided().access],
  ['with the text of another name', () => ({ access: randomUUID(), text: decided().text })],
  ['with a later end', () => altered(decided(), `~${UNTIL}~`, `~${UNTIL + 10_000}~`)],
  ['with the code of another key', () => decided({ keys: [randomKey()] })],
  ["with the code of the office's own key", () => decided({ keys: [finance.dataKey] })],
  ['with a decision that opens nothing', () => decided({ rulings: '' })],
])('a student does not exist for finance %s (DOMAIN 3.1, ARCH §4)', async (_, access) => {
  expect(await request(access())).toEqual(NOT_THERE);
});

test.each([
  ['finance itself', clerk],
  ['a counsellor', counsellor],
  ['the student', importer(STUDENT, 'STU_SELF')],
])('without a decision a student does not exist for %s either', async (_, who) => {
  expect(await request(undefined, { ...who, studentNo: STUDENT })).toEqual(NOT_THERE);
});

test('a decision lapses at its instant, not a millisecond later, and that is no refusal', async () => {
  const access = decided();

  college.clock.set(new Date(UNTIL - 1).toISOString());
  expect(await request(access)).toEqual(ANSWERED);

  college.clock.set(new Date(UNTIL).toISOString());
  expect(await request(access)).toEqual({
    data: { _entities: [null] },
    errors: [errorOf('SUBGRAPH_UNAVAILABLE', ['_entities', 0], { retryAfterSeconds: 1 })],
  });
});

test('a batch is decided student by student (DOMAIN 3.7(12))', async () => {
  const own = decided();
  const other = decided({ studentNo: OTHER, rulings: NARROW });
  const { access } = own;
  const both = withRuled(
    entities(
      'bills { billNo }',
      { studentNo: OTHER, access },
      { studentNo: STUDENT, access },
      { studentNo: '1999999999', access },
      { studentNo: OTHER, access: other.access },
    ),
    own,
    other,
  );

  expect(await callOffice(college, 'finance', admin, both)).toEqual({
    data: { _entities: [null, { bills: [{ billNo: 'B-1' }] }, null, { bills: null }] },
    errors: [
      errorOf('NOT_FOUND', ['_entities', 0]),
      errorOf('NOT_FOUND', ['_entities', 2]),
      errorOf('FORBIDDEN_FIELD', ['_entities', 3, 'bills'], {
        group: 'TUITION',
        clause: 'FG16',
        rule: 'SCHOOL_ADMIN.FG16',
      }),
    ],
  });
});

test('what the role can never see stays shut, whatever the decision says', async () => {
  const who = importer('T0301', 'AAO_CLERK', ['AAO']);

  expect(await request(decided({ who }), who)).toEqual({
    data: { _entities: [{ studentNo: STUDENT, bills: null }] },
    errors: [
      errorOf('FORBIDDEN_FIELD', ['_entities', 0, 'bills'], {
        group: 'TUITION',
        clause: 'FG16',
        rule: 'AAO_CLERK.FG16',
      }),
    ],
  });
});

const LIST = JSON.stringify({ query: '{ bills(order: STUDENT) { nodes { billNo } } }' });

test("finance's own lists answer its own people", async () => {
  expect(await callOffice(college, 'finance', clerk, LIST)).toEqual({
    data: { bills: { nodes: [{ billNo: 'B-2' }, { billNo: 'B-1' }] } },
  });
});

test.each([
  ['SCHOOL_ADMIN', admin],
  ['STU_SELF', importer(STUDENT, 'STU_SELF')],
] as const)("finance's own lists do not answer a %s (ARCH §4)", async (role, who) => {
  expect(await callOffice(college, 'finance', who, LIST)).toEqual({
    data: { bills: null },
    errors: [
      errorOf('FORBIDDEN_FIELD', ['bills'], {
        group: 'TUITION',
        clause: 'FG16',
        rule: `${role}.FG16`,
      }),
    ],
  });
});
