/** Promises beside that of entry: offered, signed, checked, broken, rectified (Z5.2.2 to Z5.2.4, 2.4). */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { useArchive } from '../support/archive-in-use.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { publishText } from '../support/entry.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import {
  EnumValue,
  mutate as request,
  mutationText,
  refusalsOf,
  type Outcome,
} from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { studentRows } from '../support/student-rows.js';

const START = '2026-04-12T10:00:00+08:00';
/** After the time to state a view, and after every last day that these tests name. */
const AFTER_WAITING = '2026-04-27T10:00:00+08:00';
const LATER = '2026-06-30T10:00:00+08:00';
const CLASS = { college: 'C01', classCode: '20240103', major: 'M0101' };
const COUNT = 40;
const numberOf = (i: number): string => `2024010${100 + i}`;
const NUMBERS = Array.from({ length: COUNT }, (_, i) => numberOf(i));
const STUDENT = numberOf(0);
const NOBODY = '2099999999';
const CLERK = 'T0301';
const REVIEWER = 'T0302';
const AFFAIRS = 'T0001';
const OTHER_AFFAIRS = 'T0002';
const EMPLOYMENT = 'T1201';
const RESEARCH = 'T1101';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'Commitment';

let college: TestCollege;
const run = <Row extends Record<string, unknown>>(sql: string, ...parameters: unknown[]) =>
  asOwner<Row>(college, 'archive', sql, parameters);

beforeAll(async () => {
  college = await startCollege({ at: START });
  await college.bring('archive', 'students', studentRows(COUNT, CLASS));
  for (const [matter, office] of [
    ['EXAM', 'AAO'],
    ['AWARD', 'SAO'],
    ['AID', 'FIN'],
    ['ADMISSION', 'AEO'],
    ['PROJECT', 'RDO'],
  ] as const)
    await publishText(college, ['COMMITMENT', matter, 'T-1', office]);
});
afterAll(() => college.stop());
afterEach(async () => {
  college.clock.set(START);
  await run('delete from warning');
  for (const table of ['commitment_breach', 'commitment_check', 'commitment_offer'])
    await run(`delete from ${table}`);
  await run(`delete from commitment where matter <> 'ENTRY'`);
  await run('delete from notice_delivery');
  await run('delete from notice');
  await run('delete from notice_standing');
  await run('delete from relation_declaration');
});

interface Result {
  readonly id: string;
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly commitment: { readonly id: string; readonly state: string } | null;
}
interface Offered {
  readonly ok: boolean;
  readonly errors: readonly { readonly code: string; readonly path: readonly string[] }[];
  readonly results: readonly Result[];
}
const USUAL = { templateVersion: 'T-1', signBy: '2026-04-20', dueOn: '2026-05-20' };
const MATTERS: Readonly<Record<string, string>> = {
  [CLERK]: 'EXAM',
  [AFFAIRS]: 'AWARD',
  T0401: 'AID',
  [EMPLOYMENT]: 'ADMISSION',
  [RESEARCH]: 'PROJECT',
};
const headersOf = (person: string) => (person.startsWith('T000') ? REVIEW : {});

function askToOffer(person: string, subjects: readonly string[], more: object): Promise<Answer> {
  const matter = new EnumValue(MATTERS[person] ?? 'EXAM');
  const args = { matter, ...USUAL, subjects, ...more };
  const text = mutationText({ name: 'offerCommitment', noun, args, isMany: true });
  return college.request(person, text, { headers: headersOf(person) });
}
async function offer(person: string, subjects: readonly string[], more = {}): Promise<Offered> {
  const { data, errors } = await askToOffer(person, subjects, more);
  expect(errors).toBeUndefined();
  return data?.['offerCommitment'] as Offered;
}
/** Of each number: the state of what was offered, `accepted`, or why not. */
const resultsOf = ({ results }: Offered): [string, string][] =>
  results.map(({ id, ok, errors, commitment }) => [
    id,
    ok ? (commitment?.state ?? 'accepted') : (errors[0]?.code ?? 'nothing'),
  ]);
const wrongWith = ({ errors }: Offered): string[] =>
  errors.map(({ code, path }) => [code, ...path].join(' '));

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}
async function rowOf(studentNo: string, matter: string): Promise<Row> {
  const sql = `select id, version, state from commitment where student_no = $1 and matter = $2
    order by recorded_at desc limit 1`;
  const [row] = await run<Row>(sql, studentNo, matter);
  return row!;
}
const countOf = async (from: string, ...parameters: unknown[]): Promise<number> => {
  const [row] = await run<{ n: number }>(`select count(*)::int as n from ${from}`, ...parameters);
  return row!.n;
};

const PROMISES = `commitment where matter <> 'ENTRY'`;

const mutate = (person: string, name: string, row: Row, more: object = {}): Promise<Outcome> =>
  request(
    college,
    person,
    { name, noun, args: { id: row.id, expectedVersion: row.version, ...more } },
    headersOf(person),
  );
const on = async (
  person: string,
  name: string,
  [studentNo, matter]: readonly [string, string],
  more: object = {},
): Promise<Outcome> => mutate(person, name, await rowOf(studentNo, matter), more);

/** A promise that was offered, delivered, signed and has begun. */
async function inForce(
  studentNo = STUDENT,
  clerk = CLERK,
): Promise<readonly [studentNo: string, matter: string]> {
  await offer(clerk, [studentNo]);
  if (clerk === EMPLOYMENT || clerk === RESEARCH) await runJob(college, 'archive', 'deliverOffers');
  await deliverNotices(college);
  const one = [studentNo, MATTERS[clerk] ?? ''] as const;
  expect((await on(studentNo, 'signCommitment', one)).came).toBe('OK');
  await runJob(college, 'archive', 'startCommitments');
  return one;
}

const REPORT = { facts: 'left the room twice', evidenceDocNos: ['EX-1'] };
const RECTIFY = {
  decision: new EnumValue('RECTIFY'),
  decisionText: 'it is true',
  measures: 'talk with the invigilator',
  rectifyBy: '2026-05-10',
};
const without = (args: object, name: string) =>
  Object.fromEntries(Object.entries(args).filter(([key]) => key !== name));
const CLEAR = { decision: new EnumValue('CLEAR'), decisionText: 'it was somebody else' };

/** The same, of which a breach was reported, the student notified, and his time is over. */
async function reported(studentNo = STUDENT, clerk = CLERK) {
  const one = await inForce(studentNo, clerk);
  expect((await on(clerk, 'reportBreach', one, REPORT)).came).toBe('OK');
  await deliverNotices(college);
  college.clock.set(AFTER_WAITING);
  return one;
}
async function rectifying(studentNo = STUDENT, clerk = CLERK, reviewer = REVIEWER) {
  const one = await reported(studentNo, clerk);
  expect((await on(reviewer, 'decideBreach', one, RECTIFY)).came).toBe('OK');
  return one;
}
const cameTo = (decision: string) => ({
  decision: new EnumValue(decision),
  decisionText: 'as it came to',
});

const declareRelation = (staffNo: string, studentNo: string) =>
  put(college, 'archive', 'relation_declaration', {
    staff_no: staffNo,
    student_no: studentNo,
    kind: 'RELATIVE',
    declared_on: '2026-04-12',
  });

/** What a refusal must not change. */
const everything = () =>
  run(`select (select jsonb_agg(c order by c.id) from commitment c) as promises,
    (select jsonb_agg(k order by k.id) from commitment_check k) as checks,
    (select jsonb_agg(b order by b.id) from commitment_breach b) as breaches,
    (select jsonb_agg(o order by o.id) from commitment_offer o) as offers,
    (select count(*)::int from notice) as notices,
    (select count(*)::int from change_key) as keys,
    (select count(*)::int from operation_log) as log`);
async function unchanged<T>(work: () => Promise<T>): Promise<T> {
  const before = await everything();
  const came = await work();
  expect(await everything()).toEqual(before);
  return came;
}

describe('An offer', () => {
  test('is decided on for each number by itself, in the order of the request', async () => {
    await archiveInState(college, numberOf(2), 'CLOSED');
    await offer(CLERK, [numberOf(3)]);
    const subjects = [STUDENT, NOBODY, '12', numberOf(2), numberOf(3), numberOf(1)];
    const came = await offer(CLERK, subjects);
    expect(came.ok).toBe(false);
    expect(resultsOf(came)).toEqual([
      [STUDENT, 'OFFERED'],
      [NOBODY, 'NOT_FOUND'],
      ['12', 'VALIDATION'],
      [numberOf(2), 'STATE_CONFLICT'],
      [numberOf(3), 'STATE_CONFLICT'],
      [numberOf(1), 'OFFERED'],
    ]);
    await archiveInState(college, numberOf(2), 'ACTIVE');
    const { id } = await rowOf(STUDENT, 'EXAM');
    expect(
      await run(
        `select owner_office, template_version, sign_by::text, due_on::text, business_ref,
           recorded_by from commitment where id = $1`,
        id,
      ),
    ).toEqual([
      {
        owner_office: 'AAO',
        template_version: 'T-1',
        sign_by: '2026-04-20',
        due_on: '2026-05-20',
        business_ref: null,
        recorded_by: CLERK,
      },
    ]);
    const line = `operation_log where action = 'commitment.offer' and actor = $1 and target_id = $2`;
    expect(await countOf(line, CLERK, id)).toBe(1);
  });

  test('for another piece of business stands beside the first', async () => {
    await offer(CLERK, [STUDENT], { businessRef: 'EX-2026-1' });
    const again = await offer(CLERK, [STUDENT], { businessRef: 'EX-2026-1' });
    expect(resultsOf(again)).toEqual([[STUDENT, 'STATE_CONFLICT']]);
    const other = await offer(CLERK, [STUDENT], { businessRef: 'EX-2026-2' });
    expect(resultsOf(other)).toEqual([[STUDENT, 'OFFERED']]);
  });

  test.each([
    ['of entry', { matter: new EnumValue('ENTRY') }, 'matter'],
    ['of another office', { matter: new EnumValue('AWARD') }, 'templateVersion'],
    ['of a text that is not there', { templateVersion: 'T-9' }, 'templateVersion'],
    ['to nobody', { subjects: [] }, 'subjects'],
    ['twice to one', { subjects: [STUDENT, STUDENT] }, 'subjects'],
    ['to too many', { subjects: Array.from({ length: 501 }, (_, i) => `${3e9 + i}`) }, 'subjects'],
    ['to be signed yesterday', { signBy: '2026-04-11' }, 'signBy'],
    ['to be kept before it is signed', { dueOn: '2026-04-19' }, 'dueOn'],
    ['for business without a name', { businessRef: ' ' }, 'businessRef'],
    ['for business with a long one', { businessRef: 'x'.repeat(61) }, 'businessRef'],
  ])('%s is refused as a whole', async (_, more, argument) => {
    const came = await unchanged(() => offer(CLERK, [STUDENT], more));
    expect([came.ok, wrongWith(came), came.results]).toEqual([
      false,
      [`VALIDATION ${argument}`],
      [],
    ]);
  });

  test.each([
    ['a draft', `state = 'DRAFT', approved_by = null, approved_at = null`, 'templateVersion'],
    ['a text for staff', `subject_types = '["STAFF"]'`, 'templateVersion'],
    ['a text whose time is over by then', `valid_to = '2026-04-19'`, 'signBy'],
  ])('of %s is refused', async (_, set, argument) => {
    await publishText(college, ['COMMITMENT', 'EXAM', 'T-2', 'AAO']);
    await run(`update commitment_template set ${set} where template_version = 'T-2'`);
    const came = await unchanged(() => offer(CLERK, [STUDENT], { templateVersion: 'T-2' }));
    expect(wrongWith(came)).toEqual([`VALIDATION ${argument}`]);
    await run(`delete from commitment_template where template_version = 'T-2'`);
  });

  test('that is refused for everybody leaves nothing, not even its key', async () => {
    const clientMutationId = randomUUID();
    const none = await unchanged(() => offer(CLERK, [NOBODY], { clientMutationId }));
    expect(resultsOf(none)).toEqual([[NOBODY, 'NOT_FOUND']]);
    const mended = await offer(CLERK, [STUDENT], { clientMutationId });
    expect(resultsOf(mended)).toEqual([[STUDENT, 'OFFERED']]);
  });

  test('sent twice is done once, and answers the same; with other input it is refused', async () => {
    const clientMutationId = randomUUID();
    const subjects = [STUDENT, NOBODY];
    const first = await offer(CLERK, subjects, { clientMutationId });
    const again = await unchanged(() => offer(CLERK, subjects, { clientMutationId }));
    expect(again).toEqual(first);
    const other = await unchanged(() => offer(CLERK, [numberOf(1)], { clientMutationId }));
    expect(wrongWith(other)).toEqual(['VALIDATION clientMutationId']);
  });

  test('by two at the same instant is made once', async () => {
    const [a, b] = await Promise.all([offer(CLERK, [STUDENT]), offer(CLERK, [STUDENT])]);
    const came = [...resultsOf(a), ...resultsOf(b)].map(([, state]) => state);
    expect(came.toSorted()).toEqual(['OFFERED', 'STATE_CONFLICT']);
    expect(await countOf('commitment where student_no = $1', STUDENT)).toBe(1);
  });

  test('takes the same statements for two students and for forty', async () => {
    await offer(CLERK, [STUDENT], { businessRef: 'warm' });
    const asked = (subjects: readonly string[], businessRef: string) =>
      countStatements(() => offer(CLERK, subjects, { businessRef }));
    const two = await asked(NUMBERS.slice(0, 2), 'two');
    const forty = await asked(NUMBERS, 'forty');
    expect(resultsOf(forty.result).every(([, state]) => state === 'OFFERED')).toBe(true);
    expect(forty.byOffice).toEqual(two.byOffice);
    expect(await countOf(`notice where kind = 'TEMPLATE'`)).toBe(1 + 2 + COUNT);
  });
});

describe('An office that may not know who exists (3.7(4))', () => {
  test.each([
    ['the employment office', EMPLOYMENT, 'ADMISSION'],
    ['the research office', RESEARCH, 'PROJECT'],
  ])('%s: somebody and nobody are one answer, and the same work', async (_, person, matter) => {
    const ask = (subject: string) =>
      countStatements(() => offer(person, [subject], { businessRef: 'same' }));
    await ask(numberOf(5));
    await run('delete from commitment_offer');
    const [somebody, nobody] = [await ask(STUDENT), await ask(NOBODY)];
    const accepted = { ok: true, errors: [], commitment: null };
    expect(somebody.result).toEqual({
      ok: true,
      errors: [],
      results: [{ id: STUDENT, ...accepted }],
    });
    expect(nobody.result).toEqual({ ok: true, errors: [], results: [{ id: NOBODY, ...accepted }] });
    const texts = ({ statements }: typeof nobody) => statements.map(({ text }) => text);
    expect(texts(nobody)).toEqual(texts(somebody));
    // Again, and to somebody whose archive is closed: nothing is told either.
    await archiveInState(college, numberOf(2), 'CLOSED');
    const more = await offer(person, [STUDENT, numberOf(2)], { businessRef: 'same' });
    expect(resultsOf(more)).toEqual([
      [STUDENT, 'accepted'],
      [numberOf(2), 'accepted'],
    ]);
    await runJob(college, 'archive', 'deliverOffers');
    await archiveInState(college, numberOf(2), 'ACTIVE');
    expect(
      await run('select student_no, matter from commitment where matter = $1', matter),
    ).toEqual([{ student_no: STUDENT, matter }]);
  });

  test('what it sent is kept nowhere once the job has offered it', async () => {
    await offer(EMPLOYMENT, [STUDENT, NOBODY]);
    const [waiting] = await run<{ id: string }>('select id from commitment_offer');
    const { id = '' } = waiting ?? {};
    expect(await countOf('record_key where key = $1', id)).toBe(1);
    await runJob(college, 'archive', 'deliverOffers');
    expect(await countOf('commitment_offer')).toBe(0);
    expect(await countOf(`change_key where outcome::text like '%' || $1 || '%'`, NOBODY)).toBe(0);
    expect(await countOf('record_key where key = $1', id)).toBe(0);
    // Who had it offered is known by the two lines of the log.
    expect(
      await run(
        `select actor, action from operation_log where target_id = $1 or basis like '%' || $1
         order by id`,
        id,
      ),
    ).toEqual([
      { actor: EMPLOYMENT, action: 'commitment.offer' },
      { actor: 'job:deliverOffers', action: 'commitment.deliver' },
    ]);
    await runJob(college, 'archive', 'deliverOffers');
    expect(await countOf(PROMISES)).toBe(1);
  });

  test('an offer whose last day to sign is over is not made any more', async () => {
    await offer(EMPLOYMENT, [STUDENT]);
    college.clock.set(LATER);
    await runJob(college, 'archive', 'deliverOffers');
    expect([await countOf(PROMISES), await countOf('commitment_offer')]).toEqual([0, 0]);
  });

  test('it learns of a student when he has signed, and of nobody who declines', async () => {
    const seen = async () => {
      const query = `{ student(studentNo: "${STUDENT}") { commitments { matter state } } }`;
      const { data } = await college.request(EMPLOYMENT, query);
      const list = `{ commitmentQueue { nodes { subject state } } }`;
      const queue = await college.request(EMPLOYMENT, list);
      return [data?.['student'], queue.data?.['commitmentQueue']];
    };
    await offer(EMPLOYMENT, [STUDENT, numberOf(1)]);
    await runJob(college, 'archive', 'deliverOffers');
    await deliverNotices(college);
    expect(await seen()).toEqual([null, { nodes: [] }]);
    const declined = await on(numberOf(1), 'declineCommitment', [numberOf(1), 'ADMISSION']);
    expect(declined.row.state).toBe('DECLINED');
    expect(await seen()).toEqual([null, { nodes: [] }]);
    expect((await on(STUDENT, 'signCommitment', [STUDENT, 'ADMISSION'])).came).toBe('OK');
    expect(await seen()).toEqual([
      { commitments: [{ matter: 'ADMISSION', state: 'SIGNED' }] },
      { nodes: [{ subject: STUDENT, state: 'SIGNED' }] },
    ]);
    // He stands in a matter of the office now: what stands in the way of an offer is told.
    expect(resultsOf(await offer(EMPLOYMENT, [STUDENT]))).toEqual([[STUDENT, 'STATE_CONFLICT']]);
    const other = await offer(EMPLOYMENT, [STUDENT], { businessRef: 'B-2' });
    expect(resultsOf(other)).toEqual([[STUDENT, 'OFFERED']]);
  });
});

describe('Signing', () => {
  test('waits for the notice, and ends with its last day', async () => {
    await offer(CLERK, [STUDENT]);
    const one = [STUDENT, 'EXAM'] as const;
    const early = await unchanged(() => on(STUDENT, 'signCommitment', one));
    expect(early.came).toBe('STATE_CONFLICT');
    await deliverNotices(college);
    const tasks = await college.request(STUDENT, '{ myTasks { kind dueOn ref } }');
    const { id } = await rowOf(...one);
    expect(tasks.data?.['myTasks']).toContainEqual({
      kind: 'SIGN_COMMITMENT',
      dueOn: '2026-04-20',
      ref: id,
    });
    college.clock.set('2026-04-21T00:00:00+08:00');
    const late = await unchanged(() => on(STUDENT, 'signCommitment', one));
    expect(late.came).toBe('DEADLINE_PASSED');
    college.clock.set('2026-04-20T23:59:59+08:00');
    const signed = await on(STUDENT, 'signCommitment', one);
    expect([signed.came, signed.row.state]).toEqual(['OK', 'SIGNED']);
  });

  test('an offer that nobody signed expires, once', async () => {
    await offer(CLERK, [STUDENT]);
    college.clock.set('2026-04-20T23:59:00+08:00');
    await runJob(college, 'archive', 'expireCommitments');
    expect((await rowOf(STUDENT, 'EXAM')).state).toBe('OFFERED');
    college.clock.set('2026-04-21T00:25:00+08:00');
    await runJob(college, 'archive', 'expireCommitments');
    await runJob(college, 'archive', 'expireCommitments');
    expect(await rowOf(STUDENT, 'EXAM')).toMatchObject({ state: 'EXPIRED', version: 2 });
    // It may be offered anew.
    const anew = await offer(CLERK, [STUDENT], { signBy: '2026-05-01' });
    expect(resultsOf(anew)).toEqual([[STUDENT, 'OFFERED']]);
  });

  test('a promise of any matter is signed, that for aid too', async () => {
    for (const [person, matter] of Object.entries(MATTERS)) {
      expect(await inForce(numberOf(4), person)).toEqual([numberOf(4), matter]);
      expect((await rowOf(numberOf(4), matter)).state).toBe('IN_FORCE');
    }
  });
});

describe('A check', () => {
  const check = (phase: string, result: string, more = {}) => ({
    phase: new EnumValue(phase),
    result: new EnumValue(result),
    ...more,
  });
  const MEND = { note: 'came late', rectifyBy: '2026-05-01' };

  test('during the matter leaves it in force, after it the promise is kept', async () => {
    const one = await inForce();
    const mid = await on(CLERK, 'checkCommitment', one, check('MID', 'DEVIATION', MEND));
    expect([mid.came, mid.row]).toMatchObject(['OK', { state: 'IN_FORCE', version: 4 }]);
    college.clock.set('2026-04-13T10:00:00+08:00');
    const kept = check('POST', 'FULFILLED', { evidenceDocNos: ['P-1'] });
    const post = await on(CLERK, 'checkCommitment', one, kept);
    // Of what is settled the office reads no number: it would tell that a report was cleared.
    expect([post.came, post.row]).toMatchObject(['OK', { state: 'FULFILLED', version: null }]);
    const checks = 'checks { phase result note rectifyBy checkedBy evidence { docNo } }';
    const { data } = await college.request(
      STUDENT,
      `{ me { student { commitments { ${checks} } } } }`,
    );
    expect(data).toEqual({
      me: {
        student: {
          commitments: [
            {
              checks: [
                {
                  phase: 'POST',
                  result: 'FULFILLED',
                  note: null,
                  rectifyBy: null,
                  checkedBy: 'AAO',
                  evidence: [{ docNo: 'P-1' }],
                },
                {
                  phase: 'MID',
                  result: 'DEVIATION',
                  checkedBy: 'AAO',
                  evidence: [],
                  ...MEND,
                },
              ],
            },
          ],
        },
      },
    });
  });

  test.each([
    ['a breach', check('MID', 'BREACH'), 'VALIDATION result'],
    ['kept before it is over', check('MID', 'FULFILLED'), 'VALIDATION result'],
    [
      'a deviation without a word',
      check('MID', 'DEVIATION', { rectifyBy: '2026-05-01' }),
      'VALIDATION note',
    ],
    [
      'a deviation without a day',
      check('MID', 'DEVIATION', { note: 'late' }),
      'VALIDATION rectifyBy',
    ],
    [
      'a deviation mended yesterday',
      check('MID', 'DEVIATION', { note: 'late', rectifyBy: '2026-04-11' }),
      'VALIDATION rectifyBy',
    ],
    [
      'a day without a deviation',
      check('MID', 'IN_PROGRESS', { rectifyBy: '2026-05-01' }),
      'VALIDATION rectifyBy',
    ],
    ['a blank word', check('MID', 'IN_PROGRESS', { note: ' ' }), 'VALIDATION note'],
    [
      'a blank document',
      check('MID', 'IN_PROGRESS', { evidenceDocNos: [''] }),
      'VALIDATION evidenceDocNos',
    ],
  ])('with %s is refused', async (_, more, expected) => {
    const one = await inForce();
    const came = await unchanged(() => on(CLERK, 'checkCommitment', one, more));
    expect(refusalsOf(came, 'checkCommitment')).toEqual([expected]);
  });

  test('is not of who declared himself related (F-02)', async () => {
    const one = await inForce();
    await declareRelation(CLERK, STUDENT);
    const came = await unchanged(() =>
      on(CLERK, 'checkCommitment', one, check('MID', 'IN_PROGRESS')),
    );
    expect(came.came).toBe('SOD_VIOLATION');
  });

  test('is of the office whose matter it is', async () => {
    const one = await inForce();
    const sees = await unchanged(() =>
      on(AFFAIRS, 'checkCommitment', one, check('MID', 'IN_PROGRESS')),
    );
    expect(sees.came).toBe('FORBIDDEN_ACTION');
    const none = await unchanged(() =>
      on('T0401', 'checkCommitment', one, check('MID', 'IN_PROGRESS')),
    );
    expect(none.came).toBe('NOT_FOUND');
  });
});

/** What a student reads of himself, but for the access log. */
const OWN = `{ myTasks { kind dueOn } operationLog(first: 100) { nodes { action } }
  me { student { commitments { state version availableActions breach { facts state } } } } }`;
const ownReading = async (studentNo: string) => (await college.request(studentNo, OWN)).data;

async function breachFor(person: string, fields = 'state') {
  const query = `{ student(studentNo: "${STUDENT}") { commitments { state version breach { ${fields} } } } }`;
  const { data } = await college.request(person, query, { headers: headersOf(person) });
  const { commitments } = (data?.['student'] ?? {}) as { commitments?: object[] };
  return commitments?.[0];
}

describe('A breach', () => {
  test('is no more than in force to the student until he was notified (note 29)', async () => {
    const one = await inForce();
    const before = await ownReading(STUDENT);
    expect(before).toMatchObject({
      me: { student: { commitments: [{ state: 'IN_FORCE', version: 3, breach: null }] } },
    });
    const report = await on(CLERK, 'reportBreach', one, REPORT);
    expect([report.came, report.row]).toMatchObject([
      'OK',
      { state: 'BREACH_REPORTED', version: 4 },
    ]);
    expect(await ownReading(STUDENT)).toEqual(before);
    await deliverNotices(college);
    expect(await ownReading(STUDENT)).toMatchObject({
      me: {
        student: {
          commitments: [
            {
              state: 'BREACH_REPORTED',
              version: 4,
              breach: { facts: REPORT.facts, state: 'BREACH_REPORTED' },
            },
          ],
        },
      },
    });
    const { data } = await college.request(STUDENT, '{ myNotices { kind waitsUntil } }');
    expect(data?.['myNotices']).toContainEqual({ kind: 'BREACH', waitsUntil: expect.any(String) });
  });

  test.each([
    ['a counsellor', 'T0101', REVIEW],
    ['the college, to whom the matter is another’s', 'T0110', REVIEW],
    ['finance', 'T0401', {}],
  ])('tells %s nothing', async (_, person, headers) => {
    const one = await inForce();
    const query = `{ student(studentNo: "${STUDENT}") { commitments { state version } notices { kind } } }`;
    const reading = async () => (await college.request(person, query, { headers })).data;
    const before = await reading();
    expect(before?.['student']).toMatchObject({ commitments: expect.any(Array) as unknown });
    await on(CLERK, 'reportBreach', one, REPORT);
    await deliverNotices(college);
    expect(await reading()).toEqual(before);
    college.clock.set(AFTER_WAITING);
    await on(REVIEWER, 'decideBreach', one, RECTIFY);
    await deliverNotices(college);
    expect(await reading()).toEqual(before);
  });

  test.each([
    ['without facts', { ...REPORT, facts: ' ' }, 'VALIDATION facts'],
    ['without evidence', { ...REPORT, evidenceDocNos: [] }, 'VALIDATION evidenceDocNos'],
    [
      'with a document without a number',
      { ...REPORT, evidenceDocNos: [''] },
      'VALIDATION evidenceDocNos',
    ],
    ['without a reason', { ...REPORT, reason: '' }, 'VALIDATION reason'],
  ])('reported %s is refused', async (_, more, expected) => {
    const one = await inForce();
    const came = await unchanged(() => on(CLERK, 'reportBreach', one, more));
    expect(refusalsOf(came, 'reportBreach')).toEqual([expected]);
  });

  test('of the letter of entry is none: it stays in force until the archive closes', async () => {
    const one = [numberOf(6), 'ENTRY'] as const;
    await archiveInState(college, numberOf(6), 'ACTIVE');
    await run(
      `update commitment set state = 'IN_FORCE' where student_no = $1 and matter = $2`,
      ...one,
    );
    const kept = { phase: new EnumValue('POST'), result: new EnumValue('FULFILLED') };
    for (const [name, args] of [
      ['reportBreach', REPORT],
      ['checkCommitment', kept],
    ] as const) {
      const came = await unchanged(() => on(AFFAIRS, name, one, args));
      expect(refusalsOf(came, name)).toEqual(['STATE_CONFLICT']);
    }
  });

  test('is decided on once the student was heard or his time is over (F-01)', async () => {
    const one = await inForce();
    await on(CLERK, 'reportBreach', one, REPORT);
    const undelivered = await unchanged(() => on(REVIEWER, 'decideBreach', one, RECTIFY));
    expect(undelivered.came).toBe('STATE_CONFLICT');
    await deliverNotices(college);
    const waiting = await unchanged(() => on(REVIEWER, 'decideBreach', one, RECTIFY));
    expect(waiting.came).toBe('STATE_CONFLICT');
    const [notice] = await run<{ id: string; version: number }>(
      `select id, version from notice where kind = 'BREACH'`,
    );
    const stated = await request(college, STUDENT, {
      name: 'fileStatement',
      noun: 'Notice',
      args: { id: notice!.id, expectedVersion: notice!.version, statement: 'I was ill' },
    });
    expect(stated.came).toBe('OK');
    expect((await on(REVIEWER, 'decideBreach', one, RECTIFY)).came).toBe('OK');
  });

  test('is decided on by another person than who reported it, and by nobody related (F-02)', async () => {
    const one = await reported(STUDENT, AFFAIRS);
    const own = await unchanged(() => on(AFFAIRS, 'decideBreach', one, RECTIFY));
    expect(own.came).toBe('SOD_VIOLATION');
    await declareRelation(OTHER_AFFAIRS, STUDENT);
    const related = await unchanged(() => on(OTHER_AFFAIRS, 'decideBreach', one, RECTIFY));
    expect(related.came).toBe('SOD_VIOLATION');
    await run('delete from relation_declaration');
    expect((await on(OTHER_AFFAIRS, 'decideBreach', one, RECTIFY)).came).toBe('OK');
    const again = await unchanged(() =>
      on(AFFAIRS, 'decideRectification', one, cameTo('FULFILLED')),
    );
    expect(again.came).toBe('SOD_VIOLATION');
  });

  test('by two requests at the same instant is decided once', async () => {
    const row = await rowOf(...(await reported()));
    const both = await Promise.all([
      mutate(REVIEWER, 'decideBreach', row, RECTIFY),
      mutate(REVIEWER, 'decideBreach', row, CLEAR),
    ]);
    expect(both.map(({ came }) => came).toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
  });

  test.each([
    ['without a day', without(RECTIFY, 'rectifyBy'), 'VALIDATION rectifyBy'],
    ['until today', { ...RECTIFY, rectifyBy: '2026-04-27' }, 'VALIDATION rectifyBy'],
    ['without measures', without(RECTIFY, 'measures'), 'VALIDATION measures'],
    ['without a text', { ...RECTIFY, decisionText: ' ' }, 'VALIDATION decisionText'],
    ['as unfounded with measures', { ...CLEAR, measures: 'none' }, 'VALIDATION measures'],
    ['as unfounded with a day', { ...CLEAR, rectifyBy: '2026-05-10' }, 'VALIDATION rectifyBy'],
    ['without a reason', { ...CLEAR, reason: '' }, 'VALIDATION reason'],
  ])('decided on %s is refused', async (_, more, expected) => {
    const one = await reported();
    const came = await unchanged(() => on(REVIEWER, 'decideBreach', one, more));
    expect(refusalsOf(came, 'decideBreach')).toEqual([expected]);
  });

  test('that was unfounded is closed: to the student cleared, to the office as kept', async () => {
    const one = await reported();
    const cleared = await on(REVIEWER, 'decideBreach', one, CLEAR);
    expect([cleared.came, cleared.row]).toMatchObject([
      'OK',
      { state: 'FULFILLED', version: null },
    ]);
    await deliverNotices(college);
    expect(await breachFor(REVIEWER)).toEqual({ state: 'FULFILLED', version: null, breach: null });
    expect(await ownReading(STUDENT)).toMatchObject({
      me: {
        student: {
          commitments: [{ state: 'CLEARED', version: 5, breach: { state: 'CLEARED' } }],
        },
      },
    });
    const kinds = async (person: string) => {
      const query = `{ student(studentNo: "${STUDENT}") { notices { kind } } }`;
      const { data } = await college.request(person, query, { headers: headersOf(person) });
      const { notices } = (data?.['student'] ?? {}) as { notices?: { kind: string }[] };
      return notices?.map(({ kind }) => kind).toSorted();
    };
    expect(await kinds(REVIEWER)).toEqual(['TEMPLATE']);
    expect(await kinds(STUDENT)).toEqual(['BREACH', 'BREACH_DECIDED', 'TEMPLATE']);
    // What was cleared stands among what was kept, and under no name of its own.
    const queue = async (state: string) => {
      const query = `{ commitmentQueue(state: ${state}) { nodes { subject state } } }`;
      return (await college.request(REVIEWER, query)).data?.['commitmentQueue'];
    };
    expect(await queue('CLEARED')).toEqual({ nodes: [] });
    expect(await queue('FULFILLED')).toEqual({ nodes: [{ subject: STUDENT, state: 'FULFILLED' }] });
  });
});

test('a breach warns in orange once the student knows of it, and no more once it was unfounded (W-06)', async () => {
  const seen = async (person: string, headers: object = headersOf(person)) => {
    const query = `{ student(studentNo: "${STUDENT}") { warnings { code colour dueOn state } } }`;
    const { data } = await college.request(person, query, { headers: { ...headers } });
    return (data?.['student'] as { warnings: unknown } | null)?.warnings;
  };
  const one = await inForce();
  await on(CLERK, 'reportBreach', one, REPORT);
  // While the report waits for its notice, nothing of it is said.
  await runJob(college, 'archive', 'runWarnings');
  expect(await countOf('warning')).toBe(0);
  await deliverNotices(college);
  for (let times = 0; times < 2; times += 1) await runJob(college, 'archive', 'runWarnings');
  expect([await countOf('warning'), await seen(CLERK)]).toEqual([1, []]);
  await deliverNotices(college);
  const warning = { code: 'W-06', colour: 'ORANGE', dueOn: '2026-04-17', state: 'NOTIFIED' };
  for (const person of [STUDENT, CLERK, AFFAIRS]) expect(await seen(person)).toEqual([warning]);
  for (const person of ['T0101', 'T0110']) expect(await seen(person, REVIEW)).toEqual([]);
  college.clock.set(AFTER_WAITING);
  expect((await on(REVIEWER, 'decideBreach', one, CLEAR)).came).toBe('OK');
  // At once: the office no longer reads what was closed.
  for (const person of [CLERK, REVIEWER]) expect(await seen(person)).toEqual([]);
  await runJob(college, 'archive', 'expireWarnings');
  expect(await seen(STUDENT)).toEqual([{ ...warning, state: 'EXPIRED' }]);
  await runJob(college, 'archive', 'runWarnings');
  expect(await countOf('warning')).toBe(1);
});

test('a breach is a task of those alone who may decide on it', async () => {
  const tasks = async (person: string) => {
    const headers = headersOf(person);
    const { data } = await college.request(person, '{ myTasks { kind count dueOn } }', { headers });
    const found = data?.['myTasks'] as { kind: string }[];
    return found.filter(({ kind }) => kind === 'DECIDE_BREACHES');
  };
  await reported(STUDENT, AFFAIRS);
  college.clock.set(START);
  await rectifying(numberOf(1), AFFAIRS, OTHER_AFFAIRS);
  expect(await tasks(AFFAIRS)).toEqual([]);
  expect(await tasks(REVIEWER)).toEqual([]);
  expect(await tasks(OTHER_AFFAIRS)).toEqual([
    { kind: 'DECIDE_BREACHES', count: 2, dueOn: '2026-05-10' },
  ]);
  await declareRelation(OTHER_AFFAIRS, STUDENT);
  expect(await tasks(OTHER_AFFAIRS)).toMatchObject([{ count: 1 }]);
});

describe('A rectification', () => {
  test('has its day and its measures before the student, and is decided on by a second person', async () => {
    const one = await rectifying();
    const { data } = await college.request(STUDENT, '{ myTasks { kind dueOn } }');
    expect(data?.['myTasks']).toContainEqual({ kind: 'RECTIFY_COMMITMENT', dueOn: '2026-05-10' });
    const fields = 'state facts decision decidedOn measures rectifyBy ownerOffice';
    expect(await breachFor(REVIEWER, fields)).toEqual({
      state: 'RECTIFYING',
      version: 5,
      breach: {
        state: 'RECTIFYING',
        facts: REPORT.facts,
        decision: RECTIFY.decisionText,
        decidedOn: '2026-04-27',
        measures: RECTIFY.measures,
        rectifyBy: RECTIFY.rectifyBy,
        ownerOffice: 'AAO',
      },
    });
    const done = await on(REVIEWER, 'decideRectification', one, cameTo('FULFILLED'));
    expect([done.came, done.row.state]).toEqual(['OK', 'FULFILLED']);
    // It is over: the office reads it as kept, the student what became of it.
    expect(await breachFor(REVIEWER)).toEqual({ state: 'FULFILLED', version: null, breach: null });
    const query = '{ me { student { commitments { breach { state outcome outcomeOn } } } } }';
    expect((await college.request(STUDENT, query)).data).toEqual({
      me: {
        student: {
          commitments: [
            {
              breach: { state: 'FULFILLED', outcome: 'as it came to', outcomeOn: '2026-04-27' },
            },
          ],
        },
      },
    });
    await deliverNotices(college);
    expect(
      await countOf(`notice where kind = 'RECTIFICATION_DECIDED' and delivered_at is not null`),
    ).toBe(1);
  });

  test('has failed once its last day is over, and writes nothing into the conduct (Z5.2.4)', async () => {
    const one = await rectifying();
    const conduct = () =>
      run(`select (select count(*)::int from conduct_record) as bad,
        (select count(*)::int from good_record) as good,
        (select count(*)::int from credit_snapshot) as snapshots,
        (select count(*)::int from outbox where topic <> 'access') as published`);
    const before = await conduct();
    college.clock.set('2026-05-10T23:59:59+08:00');
    const early = await unchanged(() =>
      on(REVIEWER, 'decideRectification', one, cameTo('BREACHED')),
    );
    expect(refusalsOf(early, 'decideRectification')).toEqual(['STATE_CONFLICT']);
    college.clock.set('2026-05-11T00:00:00+08:00');
    const breached = await on(REVIEWER, 'decideRectification', one, cameTo('BREACHED'));
    expect([breached.came, breached.row.state]).toEqual(['OK', 'BREACHED']);
    expect(await conduct()).toEqual(before);
    // Proven by now: whoever reads promises reads the state.
    const query = `{ student(studentNo: "${STUDENT}") { commitments { state version } } }`;
    const counsellor = await college.request('T0101', query, { headers: REVIEW });
    expect(counsellor.data).toEqual({
      student: { commitments: [{ state: 'BREACHED', version: null }] },
    });
  });

  test.each([
    ['without a text', { ...cameTo('FULFILLED'), decisionText: '' }, 'VALIDATION decisionText'],
    ['without a reason', { ...cameTo('FULFILLED'), reason: '' }, 'VALIDATION reason'],
  ])('decided on %s is refused', async (_, more, expected) => {
    const one = await rectifying();
    const came = await unchanged(() => on(REVIEWER, 'decideRectification', one, more));
    expect(refusalsOf(came, 'decideRectification')).toEqual([expected]);
  });
});

describe('The list of an office', () => {
  const listed = async (person: string, args = '') => {
    const query = `{ commitmentQueue(first: 100${args}) { nodes { subject matter state } } }`;
    const { data } = await college.request(person, query, { headers: headersOf(person) });
    const { nodes } = (data?.['commitmentQueue'] ?? {}) as {
      nodes?: { matter: string; state: string }[];
    };
    return nodes?.map(({ matter, state }) => `${matter} ${state}`);
  };

  test('has the promises of its own matters, and no other', async () => {
    await inForce(STUDENT, CLERK);
    await offer(AFFAIRS, [STUDENT]);
    await offer('T0401', [STUDENT]);
    expect(await listed(CLERK)).toEqual(['EXAM IN_FORCE']);
    expect(await listed(AFFAIRS, ', matter: AWARD')).toEqual(['AWARD OFFERED']);
    expect(await listed('T0401')).toEqual(['AID OFFERED']);
    expect(await listed('T0601')).toEqual([]);
    expect(await listed(CLERK, ', state: OFFERED')).toEqual([]);
    expect(await listed(CLERK, ', matter: EXAM')).toEqual(['EXAM IN_FORCE']);
  });

  test('takes the same statements for two rows and for forty', async () => {
    await offer(CLERK, NUMBERS);
    const page = (first: number) =>
      countStatements(() =>
        college.request(
          CLERK,
          `{ commitmentQueue(first: ${first}) { nodes { id state version checks { phase } breach { facts } } } }`,
        ),
      );
    await page(3);
    const [two, forty] = [await page(2), await page(COUNT)];
    const { nodes } = (forty.result.data?.['commitmentQueue'] ?? {}) as { nodes?: object[] };
    expect(nodes).toHaveLength(COUNT);
    expect(forty.byOffice).toEqual(two.byOffice);
  });
});

test('who has kept all that was due in a semester earns P-09 for it, once (2.3)', async () => {
  const promise = (studentNo: string, state: string, dueOn = '2026-07-01') =>
    put(college, 'archive', 'commitment', {
      student_no: studentNo,
      matter: 'AWARD',
      template_version: 'T-1',
      owner_office: 'SAO',
      signed_at: '2026-05-01T00:00:00Z',
      signature_hash: 'a'.repeat(64),
      due_on: dueOn,
      state,
      recorded_at: '2026-05-01T00:00:00Z',
    });
  const [kept, other, broken, entry, offered] = [
    numberOf(1),
    numberOf(2),
    numberOf(3),
    numberOf(4),
    numberOf(5),
  ];
  for (const studentNo of [kept, other, broken, entry, offered])
    await useArchive(college, studentNo);
  await promise(kept, 'FULFILLED');
  await promise(kept, 'CLEARED');
  await promise(other, 'FULFILLED', '2026-01-15');
  await promise(broken, 'FULFILLED');
  await promise(broken, 'BREACHED');
  await put(college, 'archive', 'commitment', {
    student_no: offered,
    matter: 'AWARD',
    template_version: 'T-1',
    owner_office: 'SAO',
    due_on: '2026-07-01',
    state: 'EXPIRED',
    recorded_at: '2026-05-01T00:00:00Z',
  });
  college.clock.set('2026-08-01T00:02:00+08:00');
  for (let times = 0; times < 2; times += 1) await runJob(college, 'archive', 'creditCommitments');
  const earned = await run(
    `select r.student_no as "studentNo", r.occurred_on::text as on, jsonb_array_length(r.evidence) as proofs,
       (s.school_view->>'score')::int as score
     from good_record r join lateral (select school_view from credit_snapshot c
       where c.student_no = r.student_no order by c.seq desc limit 1) s on true
     where r.indicator_code = 'P-09'`,
  );
  expect(earned).toEqual([{ studentNo: kept, on: '2026-07-31', proofs: 2, score: 10_050 }]);
  await run(`delete from good_record`);
});
