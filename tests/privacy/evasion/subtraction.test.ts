/**
 * What is shown in part discloses nothing of the rest: sums, snapshots, comparing notes (3.7(14),
 * (15)).
 */
import { followRecords } from '@chengxin/archive/conduct/follow';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../../support/callers.js';
import { startCollege, type TestCollege } from '../../support/college.js';
import { asOwner } from '../../support/sql.js';
import { bringFacts } from '../../support/student-facts.js';
import { caller, send, masked, partOf, refused } from './attempts.js';

/** Roles of the school that read the score, or a part of it. */
const SCHOOL = ['COUNSELLOR', 'COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'AUDITOR'];
const FULL_MARKS = 10_000;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, [STUDENT]);
  await compute();
});
afterAll(() => college.stop());

async function compute(): Promise<void> {
  const archive = college.started.offices.get('archive');
  if (!archive) throw new Error('There is no archive.');
  await followRecords(forkOf(archive.orm), college.clock.now(), [STUDENT]);
}

/** The latest day shows; what is taken away again is taken away on that day too. */
async function computeOnNextDay(): Promise<void> {
  college.clock.set('2026-04-13T10:00:00+08:00');
  await compute();
  college.clock.set('2026-04-12T10:00:00+08:00');
}

interface Credit {
  readonly view: string | null;
  readonly grade: string | null;
  readonly score: number | null;
  readonly scoreMasked: string | null;
  readonly snapshotId: string | null;
  readonly asOf: string | null;
  readonly dimensions: { code: string; score: number }[] | null;
  readonly ledger: { points: number; recordId: string | null; group: string | null }[] | null;
}
const WHOLE = `{ student(studentNo: "${STUDENT}") { credit {
  view grade score scoreMasked snapshotId asOf dimensions { code score } ledger { points recordId group } } } }`;
async function creditOf(role: string): Promise<Credit> {
  const answer = await send(college, { as: role, query: WHOLE });
  return partOf<{ credit: Credit }>(answer, 'student').credit;
}
const sum = (lines: Credit['ledger']) =>
  (lines ?? []).reduce((total, { points }) => total + points, FULL_MARKS);

test.each(['COLLEGE_ADMIN', 'SCHOOL_ADMIN', 'AUDITOR'])(
  'for %s the score is 100 and the lines that he sees, so that nothing is left over',
  async (role) => {
    const { view, score, ledger } = await creditOf(role);
    expect(view).toBe('SCHOOL');
    expect(score).toBe(sum(ledger));
    const groups = new Set(ledger?.map(({ group }) => group));
    for (const third of ['CARD_OVERDRAFTS', 'PHONE_BILLS', 'LOAN_PERFORMANCE'])
      expect(groups.has(third)).toBe(false);
  },
);

test('the lines of the college are records that it reads, each by its own entrance', async () => {
  const { ledger } = await creditOf('COLLEGE_ADMIN');
  const answer = await send(college, {
    as: 'COLLEGE_ADMIN',
    query: `{ student(studentNo: "${STUDENT}") { conductRecords { recordId } goodRecords { recordId } } }`,
  });
  const { conductRecords, goodRecords } = partOf<Record<string, { recordId: string }[]>>(
    answer,
    'student',
  );
  const known = new Set(
    [...(conductRecords ?? []), ...(goodRecords ?? [])].map((one) => one.recordId),
  );
  const lines = (ledger ?? []).flatMap(({ recordId }) => recordId ?? []);
  expect(lines.filter((id) => !known.has(id))).toEqual([]);
});

test('the student has the full view, and it is whole too, under the same grade (INV-20)', async () => {
  const own = await creditOf('STU_SELF');
  const school = await creditOf('COLLEGE_ADMIN');
  expect([own.view, own.score]).toEqual(['FULL', sum(own.ledger)]);
  expect(own.grade).toBe(school.grade);
});

test('a counsellor has a band, and nothing to narrow it by (note 1)', async () => {
  const { data, errors } = await send(college, { as: 'COUNSELLOR', query: WHOLE });
  const school = await creditOf('COLLEGE_ADMIN');
  const low = Math.floor((school.score ?? 0) / 500) * 5;
  expect(data).toEqual({
    student: {
      credit: {
        view: 'SCHOOL',
        grade: school.grade,
        score: null,
        scoreMasked: `${low}-${low + 4}.99`,
        snapshotId: school.snapshotId,
        asOf: school.asOf,
        dimensions: null,
        ledger: null,
      },
    },
  });
  expect(errors).toEqual([
    masked('COUNSELLOR', 'CREDIT_SCORE', 'student.credit.score'),
    refused('COUNSELLOR', 'CREDIT_LEDGER', 'student.credit.dimensions'),
    refused('COUNSELLOR', 'CREDIT_LEDGER', 'student.credit.ledger'),
  ]);
});

test.each(['EV_AWARD', 'EV_PARTY', 'EV_AID', 'EV_EMPLOY'])(
  '%s has neither score nor snapshot while no run is locked',
  async (role) => {
    const { data } = await send(college, { as: role, query: WHOLE });
    const nothing = {
      view: null,
      grade: null,
      score: null,
      scoreMasked: null,
      snapshotId: null,
      asOf: null,
      dimensions: null,
      ledger: null,
    };
    expect(data).toEqual({ student: { credit: nothing } });
  },
);

test('there is no way to a snapshot by its number', async () => {
  const { snapshotId } = await creditOf('STU_SELF');
  const { data } = await send(college, {
    as: 'COUNSELLOR',
    query: `query ($id: ID!) { creditSnapshot(id: $id) { score ledger { points } } }`,
    variables: { id: snapshotId },
  });
  expect(data ?? { creditSnapshot: null }).toEqual({ creditSnapshot: null });
});

describe('what the school may not know moves nothing of what it sees', () => {
  const HIDDEN: Readonly<
    Record<string, readonly [indicator: string, origin: string, state: string, consent?: string]>
  > = {
    'a card that is overdrawn': ['D2-02', 'CARD_OVERDRAFTS', 'ACTIVE', 'CS-B-1'],
    'a phone bill that is overdue': ['D2-03', 'PHONE_BILLS', 'ACTIVE', 'CS-T-1'],
    'a loan that is not repaid': ['D4-05', 'LOAN_PERFORMANCE', 'ACTIVE', 'CS-L-1'],
    'an accusation that nobody was notified of': ['D3-06', 'BAD_CONDUCT', 'PROPOSED'],
    'a record that is sealed': ['D3-06', 'BAD_CONDUCT', 'SEALED'],
    'a record that is over': ['D3-06', 'BAD_CONDUCT', 'EXPIRED'],
  };
  const all = () =>
    Promise.all(
      SCHOOL.map(async (role) => {
        const [person, headers] = caller(role);
        const query = `{ student(studentNo: "${STUDENT}") { conductRecords { indicatorCode state }
          credit { view grade score scoreMasked snapshotId asOf ledger { points } } } }`;
        return college.request(person, query, { headers });
      }),
    );

  test.each(Object.entries(HIDDEN))('%s', async (_, [indicator, origin, state, consent]) => {
    const before = await all();
    const own = await creditOf('STU_SELF');
    await asOwner(
      college,
      'archive',
      `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
         occurred_on, found_on, finding_on, finding_body, finding_doc_no, legal_basis, state,
         notice_delivered_at, evidence, source_subgraph, source_typename, source_id, source_version,
         recorded_at, consent_id)
       values ($1, $2, $3, 'SAO', 'S2', '2026-03-01', '2026-03-02', '2026-03-02', 'SAO', 'D-1', 'rule',
         $4, now(), '[{"id":"1","docNo":"D-1"}]', 'archive', 'ConductRecord', 'hidden', 1, now(), $5)`,
      [STUDENT, indicator, origin, state, consent],
    );
    await computeOnNextDay();
    const after = await all();
    const ownAfter = await creditOf('STU_SELF');
    await asOwner(college, 'archive', `delete from conduct_record where source_id = 'hidden'`);
    await computeOnNextDay();

    expect(after).toEqual(before);
    // The student himself sees what third parties brought: there was something to be found out.
    const isOwn = ['CARD_OVERDRAFTS', 'PHONE_BILLS'].includes(origin);
    expect(ownAfter.score !== own.score).toBe(isOwn);
  });
});
