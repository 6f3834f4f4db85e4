/** The operations of docs/sanctions.md, as they stand there and in that order. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { newSanction, revokeRecord } from '../change/sanction.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import type { ChangedRow } from '../support/mutate.js';
import { stepsOf, type Step } from '../support/operation-page.js';

const STUDENT = '2024010317';
const PEOPLE: ReadonlyMap<string, string> = new Map([
  ['student', STUDENT],
  ['college administrator', 'T0110'],
  ['Student Affairs', 'T0001'],
  ['second at Student Affairs', 'T0002'],
  ['committee', 'T0811'],
]);
const ALL = stepsOf('sanctions.md');
const UNFOUNDED = ALL.findIndex(({ name }) => name === 'Unfounded');
const STEPS = ALL.slice(0, UNFOUNDED);

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-13T10:00:00+08:00' });
});
afterAll(() => college.stop());

/** Rows that the page speaks of, by the field in which an answer has them. */
type Rows = Record<'sanction' | 'appeal' | 'notice', ChangedRow | undefined>;

const variablesOf = ({ name, text }: Step, rows: Rows, recordId: string) => {
  const row = /\bappeal \{/.test(text) ? rows.appeal : rows.sanction;
  const { sanction, notice } = rows;
  return {
    key: name,
    id: row?.id,
    version: row?.version,
    recordId,
    sanctionId: sanction?.id,
    noticeId: notice?.id,
    noticeVersion: notice?.version,
  };
};

test('a sanction goes its way by the operations of the page', async () => {
  const recordId = await newRecord(college, STUDENT);
  const rows: Rows = { sanction: undefined, appeal: undefined, notice: undefined };
  const came: unknown[] = [];
  for (const step of STEPS) {
    const { name, who, headers, text } = step;
    const purpose = headers.get('x-purpose');
    const { data, errors } = await college.request(PEOPLE.get(who) ?? '', text, {
      variables: variablesOf(step, rows, recordId),
      headers: {
        ...(purpose && { 'x-purpose': purpose }),
        ...(headers.has('x-case') && { 'x-case': `SA-${rows.appeal?.id}` }),
      },
    });
    expect([name, errors]).toEqual([name, undefined]);
    if (name === 'GiveNotice') await deliverNotices(college);
    const [answer] = Object.values(data ?? {});
    if (Array.isArray(answer)) {
      rows.notice = (answer as ChangedRow[]).find(({ kind }) => kind === 'SANCTION');
      continue;
    }
    const { ok, errors: refused, ...nouns } = answer as Record<string, unknown>;
    const [[noun, row] = []] = Object.entries(nouns);
    if (noun) rows[noun as keyof Rows] = row as ChangedRow;
    const { id: _, version: __, ...shown } = (row ?? {}) as ChangedRow;
    came.push([name, ok, refused, shown]);
  }
  expect(came).toEqual([
    ['DraftSanction', true, [], { state: 'DRAFT' }],
    ['GiveNotice', true, [], { state: 'NOTICE_GIVEN' }],
    ['StateView', true, [], {}],
    ['RecordHearing', true, [], { state: 'HEARD', hearing: { statementOn: '2026-04-13' } }],
    ['Decide', true, [], { state: 'DECIDED', termMonths: 6 }],
    [
      'Serve',
      true,
      [],
      { state: 'SERVED', appealDeadline: '2026-04-23', termEndsOn: '2026-10-13' },
    ],
    ['Appeal', true, [], { state: 'FILED', dueOn: '2026-04-28' }],
    ['Seat', true, [], { state: 'FILED' }],
    ['TakeUp', true, [], { state: 'COMMITTEE_REVIEW' }],
    [
      'Conclude',
      true,
      [],
      { state: 'UPHELD', outcome: 'REJECT', provincialDeadline: '2026-04-28' },
    ],
    ['GoOn', true, [], { state: 'PROVINCIAL_APPEAL' }],
    [
      'RecordOutcome',
      true,
      [],
      { state: 'CLOSED', outcome: 'REJECT', provincialOutcome: 'REJECT' },
    ],
  ]);
  for (const job of ['advanceSanctions', 'startSanctionTerms'])
    await runJob(college, 'archive', job);
  const { data } = await college.request(STUDENT, '{ me { student { sanctions { state } } } }');
  expect(data).toEqual({ me: { student: { sanctions: [{ state: 'TERM_RUNNING' }] } } });
});

test('one whose record was revoked by itself is annulled by the operations of the page', async () => {
  const { id, recordId } = await newSanction(college, STUDENT, 'EFFECTIVE');
  await revokeRecord(college, recordId);
  const variables = { key: 'unfounded', id, version: 1, studentNo: STUDENT };
  const came: unknown[] = [];
  for (const { name, who, headers, text } of ALL.slice(UNFOUNDED)) {
    const { data, errors } = await college.request(PEOPLE.get(who) ?? '', text, {
      variables,
      headers: {
        'x-purpose': headers.get('x-purpose') ?? '',
        ...(headers.has('x-reference') && { 'x-reference': id }),
      },
    });
    expect([name, errors]).toEqual([name, undefined]);
    came.push(Object.values(data ?? {})[0]);
  }
  const [tasks, students, student, annulled] = came;
  expect(tasks).toContainEqual({ kind: 'ANNUL_UNFOUNDED_SANCTIONS', ref: id });
  expect(students).toEqual({ nodes: [{ studentNo: STUDENT }] });
  const { sanctions } = student as { sanctions: ChangedRow[] };
  expect(sanctions.find((row) => row.id === id)).toEqual({
    id,
    version: 1,
    state: 'EFFECTIVE',
    availableActions: ['sanction.annulUnfounded'],
  });
  expect(annulled).toEqual({
    ok: true,
    errors: [],
    sanction: { id, version: 2, state: 'ANNULLED' },
  });
});
