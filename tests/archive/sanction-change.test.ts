/** A sanction from its draft to what ends it, by whom and when (L-02, L-03, L-06, L-07, L-16, INV-15). */
import type { Sanction } from '@chengxin/archive/procedure/sanction.entity';
import { servedSanction } from '@chengxin/archive/procedure/sanction/sanction-change.rules';
import type { Act } from '@chengxin/kit/change/act';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { appealAgainst, newSanction, revokeRecord } from '../change/sanction.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
} from '../support/mutate.js';
import { measureOn, restingStates } from '../support/resting.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
const COUNSELLOR = 'T0101';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-13T10:00:00+08:00' });
  const sql = (text: string) => asOwner(college, 'archive', text);
  await sql(`insert into meeting (meeting_id, year, organiser, planned_on, state, head_approved_on,
      held_on) values ('M-HELD', 2026, 'SAO', '2026-03-10', 'HELD', '2026-03-01', '2026-03-10'),
    ('M-PLANNED', 2026, 'SAO', '2026-09-10', 'PLANNED', null, null)`);
  await sql(`insert into resolution values ('R-HELD', 'M-HELD', '开除学籍'),
    ('R-PLANNED', 'M-PLANNED', '开除学籍')`);
});
afterAll(() => college.stop());

const FIELDS = 'id version state type termMonths termEndsOn servedOn appealDeadline';
const mutate = (person: string, name: string, args: object, headers = REVIEW) =>
  request(college, person, { name, noun: 'Sanction', args: { ...args }, fields: FIELDS }, headers);
const draft = (recordIds: readonly string[], person = COLLEGE_ADMIN, type = 'DEMERIT') =>
  mutate(person, 'draftSanction', { recordIds, type: new EnumValue(type) });

/** States of sanctions, by their numbers, that somebody reads; nothing where he reads none at all. */
async function statesFor(person: string, id: string): Promise<unknown> {
  const headers = person.startsWith('T') ? REVIEW : {};
  const query = `{ student(studentNo: "${STUDENT}") { sanctions { id state } } }`;
  const { data } = await college.request(person, query, { headers });
  const { sanctions } = (data?.['student'] ?? {}) as { sanctions?: ChangedRow[] | null };
  return sanctions?.filter((row) => row.id === id).map(({ state }) => state);
}
/** What a member of staff is offered to do with a sanction. */
async function offeredTo(person: string, id: string): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") { sanctions { id availableActions } } }`;
  const { data } = await college.request(person, query, { headers: REVIEW });
  const { sanctions } = (data?.['student'] ?? {}) as { sanctions?: ChangedRow[] };
  return sanctions?.find((row) => row.id === id)?.['availableActions'];
}
const recordRow = async (id: string) => {
  const sql = 'select state, version, sanction_id from conduct_record where id = $1';
  return (await asOwner(college, 'archive', sql, [id]))[0];
};
const sanctionRow = async (id: string) =>
  (await asOwner(college, 'archive', 'select * from sanction where id = $1', [id]))[0];
const scoreOf = async (): Promise<unknown> => {
  const { data } = await college.request(STUDENT, '{ me { student { credit { score } } } }');
  const me = (data?.['me'] ?? {}) as { student?: { credit: { score: number } } };
  return me.student?.credit.score;
};
/** Lines of an action that the student reads of himself. */
async function ownLog(action: string): Promise<unknown> {
  const query = `{ operationLog(first: 100, filter: { action: "${action}" }) {
    edges { node { action } } } }`;
  return (await college.request(STUDENT, query)).data;
}
/** The student answers the notice of a kind about a row. */
async function state(id: string, statement: string): Promise<string> {
  const query = '{ myNotices { id kind version subjectRef } }';
  const { data } = await college.request(STUDENT, query);
  const all = (data?.['myNotices'] ?? []) as ChangedRow[];
  const own = all.find(({ subjectRef }) => String(subjectRef).endsWith(id));
  const args = { id: own?.id, expectedVersion: own?.version, statement };
  return (await request(college, STUDENT, { name: 'fileStatement', noun: 'Notice', args })).came;
}

test('drafted, notified, heard, decided by another, served, in force, lifted: and its record with it', async () => {
  college.clock.set('2026-04-13T10:00:00+08:00');
  const score = await scoreOf();
  const record = await newRecord(college, STUDENT);
  const drafted = await draft([record]);
  expect([drafted.came, drafted.row.state]).toEqual(['OK', 'DRAFT']);
  const { id } = drafted.row;
  // Nothing tells the student or his counsellor of a draft, nor does his record (3.7(15)).
  expect(await statesFor(STUDENT, id)).toEqual([]);
  expect(await statesFor(FIRST, id)).toEqual(['DRAFT']);
  expect(await recordRow(record)).toEqual({ state: 'ACTIVE', version: 1, sanction_id: null });
  expect(await ownLog('sanction.draft')).toEqual({ operationLog: { edges: [] } });

  const noticed = await mutate(FIRST, 'giveSanctionNotice', on(drafted.row));
  expect([noticed.came, noticed.row.state]).toEqual(['OK', 'NOTICE_GIVEN']);
  expect(await recordRow(record)).toEqual({ state: 'ACTIVE', version: 2, sanction_id: id });
  expect(await statesFor(STUDENT, id)).toEqual(['NOTICE_GIVEN']);
  const line = { node: { action: 'sanction.giveNotice' } };
  expect(await ownLog('sanction.giveNotice')).toEqual({
    operationLog: { edges: [line, line] },
  });
  // Not before it was delivered, and not while the time for a statement runs (L-07, F-01).
  expect((await mutate(FIRST, 'recordHearing', on(noticed.row))).came).toBe('STATE_CONFLICT');
  const offered = await offeredTo(FIRST, id);
  expect(offered).not.toContain('sanction.hear');
  await deliverNotices(college);
  expect((await mutate(FIRST, 'recordHearing', on(noticed.row))).came).toBe('STATE_CONFLICT');
  expect(await offeredTo(FIRST, id)).toEqual(offered);
  expect(await state(id, 'I am sorry')).toBe('OK');
  expect(await offeredTo(FIRST, id)).toContain('sanction.hear');
  const heard = await mutate(FIRST, 'recordHearing', { ...on(noticed.row), minutesDocNo: 'H-1' });
  expect([heard.came, heard.row.state]).toEqual(['OK', 'HEARD']);

  const decision = { ...on(heard.row), docNo: 'S-2026-1', termMonths: 6 };
  const decided = await mutate(SECOND, 'decideSanction', decision);
  expect([decided.came, decided.row.state]).toEqual(['OK', 'DECIDED']);
  const served = await mutate(FIRST, 'serveSanction', on(decided.row));
  expect(served.row).toMatchObject({
    state: 'SERVED',
    termMonths: 6,
    servedOn: '2026-04-13',
    appealDeadline: '2026-04-23',
    termEndsOn: '2026-10-13',
  });

  // On the last day of an appeal nothing is in force yet (L-06).
  college.clock.set('2026-04-23T23:00:00+08:00');
  await runJob(college, 'archive', 'advanceSanctions');
  expect(await statesFor(STUDENT, id)).toEqual(['SERVED']);
  college.clock.set('2026-04-24T00:30:00+08:00');
  await runJob(college, 'archive', 'startSanctionTerms');
  await runJob(college, 'archive', 'advanceSanctions');
  expect(await statesFor(STUDENT, id)).toEqual(['EFFECTIVE']);
  await runJob(college, 'archive', 'startSanctionTerms');
  expect(await statesFor(STUDENT, id)).toEqual(['TERM_RUNNING']);

  college.clock.set('2026-10-12T10:00:00+08:00');
  const running = { id, expectedVersion: served.row.version + 2 };
  const early = await mutate(FIRST, 'liftSanction', running);
  expect(early.came).toBe('STATE_CONFLICT');
  expect(await offeredTo(FIRST, id)).toEqual([]);
  expect(await recordRow(record)).toEqual({ state: 'ACTIVE', version: 2, sanction_id: id });
  college.clock.set('2026-10-13T10:00:00+08:00');
  expect(await offeredTo(FIRST, id)).toEqual(['sanction.lift']);
  const measure = await measureOn(college, STUDENT, [record]);
  expect((await mutate(FIRST, 'liftSanction', running)).came).toBe('OK');
  expect(await restingStates(college, [measure])).toEqual(['ENDED']);
  expect(await recordRow(record)).toEqual({ state: 'LIFTED', version: 3, sanction_id: id });
  expect(await statesFor(STUDENT, id)).toEqual(['LIFTED']);
  expect(await statesFor(FIRST, id)).toEqual([]);
  expect(await scoreOf()).toBe(score);
  const written = await asOwner(
    college,
    'archive',
    `select target_type, actor, action from operation_log where target_id in ($1, $2) order by id`,
    [id, record],
  );
  expect(written.map(({ target_type, actor, action }) => [target_type, actor, action])).toEqual([
    ['Sanction', COLLEGE_ADMIN, 'sanction.draft'],
    ['ConductRecord', FIRST, 'sanction.giveNotice'],
    ['Sanction', FIRST, 'sanction.giveNotice'],
    ['Sanction', FIRST, 'sanction.hear'],
    ['Sanction', SECOND, 'sanction.decide'],
    ['Sanction', FIRST, 'sanction.serve'],
    ['Sanction', 'job:advanceSanctions', 'sanction.takeEffect'],
    ['Sanction', 'job:startSanctionTerms', 'sanction.startTerm'],
    ['Sanction', FIRST, 'sanction.lift'],
    ['ConductRecord', FIRST, 'conduct.lift'],
  ]);
});

test.each([
  ['2026-04-13', 12, '2027-04-13'],
  ['2026-08-31', 6, '2027-02-28'],
  ['2027-08-31', 6, '2028-02-29'],
  ['2026-12-31', 9, '2027-09-30'],
])('a term from %s of %i months ends on %s', (today, termMonths, termEndsOn) => {
  const [row, act] = [{ termMonths } as Sanction, { today } as Act];
  expect(servedSanction('2026-04-23')(row, act).termEndsOn).toBe(termEndsOn);
});

describe('a draft', () => {
  test('rests on records of one student that count and stand under no other sanction', async () => {
    college.clock.set('2026-04-13T10:00:00+08:00');
    const [own, other] = [
      await newRecord(college, STUDENT),
      await newRecord(college, '2024010305'),
    ];
    expect((await draft([own, other], FIRST)).came).toBe('STATE_CONFLICT');
    const { recordId } = await newSanction(college, STUDENT, 'EFFECTIVE');
    expect((await draft([own, recordId], FIRST)).came).toBe('STATE_CONFLICT');
    expect((await draft([], FIRST)).came).toBe('NOT_FOUND');
    const over = await newRecord(college, STUDENT);
    await asOwner(college, 'archive', `update conduct_record set state = 'EXPIRED' where id = $1`, [
      over,
    ]);
    expect((await draft([over], FIRST)).came).toBe('NOT_FOUND');
    expect((await draft([own, over], FIRST)).came).toBe('NOT_FOUND');
    expect(await recordRow(own)).toEqual({ state: 'ACTIVE', version: 1, sanction_id: null });
  });

  test('of a college on a fact of an office is read there by Student Affairs alone (note 10)', async () => {
    const record = await newRecord(college, STUDENT);
    const set = `update conduct_record set source_office = 'SEC' where id = $1`;
    await asOwner(college, 'archive', set, [record]);
    const drafted = await draft([record]);
    expect([drafted.came, drafted.row]).toEqual(['OK', null]);
    const sql = 'select id from sanction where $1 = any(record_ids)';
    const [row] = await asOwner<{ id: string }>(college, 'archive', sql, [record]);
    expect(await statesFor(FIRST, row?.id ?? '')).toEqual(['DRAFT']);
    expect(await statesFor(COLLEGE_ADMIN, row?.id ?? '')).toEqual([]);
  });

  test('is over with the record that it was to rest on, and is nowhere to be seen (3.7(15))', async () => {
    const record = await newRecord(college, STUDENT);
    const { row } = await draft([record], FIRST);
    for (const over of ['REVOKED', 'SEALED']) {
      const set = 'update conduct_record set state = $2 where id = $1';
      await asOwner(college, 'archive', set, [record, over]);
      expect(await statesFor(FIRST, row.id)).toEqual([]);
      expect((await mutate(FIRST, 'giveSanctionNotice', on(row))).came).toBe('NOT_FOUND');
    }
    expect(await sanctionRow(row.id)).toMatchObject({ state: 'DRAFT', version: 1 });
  });

  test('shows its records to those who draft and decide, and is the only one of them', async () => {
    const record = await newRecord(college, STUDENT);
    const one = await draft([record]);
    const query = `{ student(studentNo: "${STUDENT}") { sanctions { id recordIds } } }`;
    const { data } = await college.request(FIRST, query, { headers: REVIEW });
    const { sanctions = [] } = (data?.['student'] ?? {}) as { sanctions?: ChangedRow[] };
    expect(sanctions.filter(({ id }) => id === one.row.id)).toEqual([
      { id: one.row.id, recordIds: [record] },
    ]);
    for (const person of [COLLEGE_ADMIN, FIRST])
      expect((await draft([record], person)).came).toBe('STATE_CONFLICT');
    expect((await mutate(SECOND, 'giveSanctionNotice', on(one.row))).came).toBe('OK');
    expect(await recordRow(record)).toMatchObject({ sanction_id: one.row.id });
  });

  test('rests on no record that is disputed, and its student is not notified of it meanwhile (G14)', async () => {
    const record = await newRecord(college, STUDENT);
    const dispute = (is: boolean) =>
      asOwner(college, 'archive', 'update conduct_record set disputed = $2 where id = $1', [
        record,
        is,
      ]);
    await dispute(true);
    expect((await draft([record])).came).toBe('STATE_CONFLICT');
    await dispute(false);
    const { row } = await draft([record]);
    expect(await offeredTo(FIRST, row.id)).toEqual([
      'sanction.withdrawDraft',
      'sanction.giveNotice',
    ]);
    await dispute(true);
    expect((await mutate(FIRST, 'giveSanctionNotice', on(row))).came).toBe('STATE_CONFLICT');
    expect(await offeredTo(FIRST, row.id)).toEqual(['sanction.withdrawDraft']);
    await dispute(false);
    expect((await mutate(FIRST, 'giveSanctionNotice', on(row))).came).toBe('OK');
  });

  test('is withdrawn by who drafted it or by Student Affairs; nobody is notified, and its record is free', async () => {
    const record = await newRecord(college, STUDENT);
    const ofSchool = await draft([record], FIRST);
    const withdraw = (person: string, row: ChangedRow, more: object = {}) =>
      mutate(person, 'withdrawSanctionDraft', { ...on(row), ...more });
    expect((await withdraw(COLLEGE_ADMIN, ofSchool.row)).came).toBe('FORBIDDEN_ACTION');
    const without = await withdraw(SECOND, ofSchool.row, { reason: ' ' });
    expect(refusalsOf(without, 'withdrawSanctionDraft')).toEqual(['VALIDATION reason']);
    const bySecond = await withdraw(SECOND, ofSchool.row);
    expect([bySecond.came, bySecond.row]).toEqual(['OK', null]);

    const key = { clientMutationId: 'drafted-and-withdrawn' };
    const again = (person: string, name: string, args: object) =>
      mutate(person, name, { ...args, ...key });
    const drafting = { recordIds: [record], type: new EnumValue('DEMERIT') };
    const ofCollege = await again(COLLEGE_ADMIN, 'draftSanction', drafting);
    expect(ofCollege.came).toBe('OK');
    const withdrawn = () => again(COLLEGE_ADMIN, 'withdrawSanctionDraft', on(ofCollege.row));
    for (const done of [await withdrawn(), await withdrawn()])
      expect([done.came, done.row]).toEqual(['OK', null]);
    // The same draft again: it is gone from his sight by what he did himself since.
    const once = await again(COLLEGE_ADMIN, 'draftSanction', drafting);
    expect([once.came, once.row]).toEqual(['OK', null]);
    // What another has withdrawn is not found.
    const others = await again(FIRST, 'draftSanction', drafting);
    expect((await withdraw(SECOND, others.row)).came).toBe('OK');
    expect((await again(FIRST, 'draftSanction', drafting)).came).toBe('NOT_FOUND');
    const { id } = ofCollege.row;
    expect(await sanctionRow(id)).toMatchObject({ state: 'WITHDRAWN', version: 2 });
    for (const person of [STUDENT, COLLEGE_ADMIN, FIRST])
      expect([person, await statesFor(person, id)]).toEqual([person, []]);
    expect(await ownLog('sanction.withdrawDraft')).toEqual({ operationLog: { edges: [] } });
    expect(await recordRow(record)).toEqual({ state: 'ACTIVE', version: 1, sanction_id: null });
    const sent = `select from notice where student_no = $1 and subject_id = $2`;
    expect(await asOwner(college, 'archive', sent, [STUDENT, id])).toEqual([]);

    const late = await draft([record], FIRST);
    const noticed = await mutate(FIRST, 'giveSanctionNotice', on(late.row));
    expect((await withdraw(FIRST, noticed.row)).came).toBe('STATE_CONFLICT');
  });
});

describe('a decision', () => {
  const decide = (row: { id: string; version: number }, more: object, person = SECOND) =>
    mutate(person, 'decideSanction', { ...on(row as ChangedRow), docNo: 'S-9', ...more });

  test('waits while an appeal against a record that it rests on is open', async () => {
    college.clock.set('2026-04-13T10:00:00+08:00');
    const heard = await newSanction(college, STUDENT, 'HEARD');
    const dispute = (disputed: boolean) =>
      asOwner(college, 'archive', 'update conduct_record set disputed = $2 where id = $1', [
        heard.recordId,
        disputed,
      ]);
    await dispute(true);
    expect(await offeredTo(SECOND, heard.id)).not.toContain('sanction.decide');
    expect((await decide(heard, { termMonths: 6 })).came).toBe('STATE_CONFLICT');
    await dispute(false);
    expect(await offeredTo(SECOND, heard.id)).toContain('sanction.decide');
    const decided = await decide(heard, { termMonths: 6 });
    expect(decided.came).toBe('OK');
    // Whoever decided annuls nothing, and is not offered it.
    expect(await offeredTo(SECOND, heard.id)).not.toContain('sanction.annul');
    expect(await offeredTo(FIRST, heard.id)).toContain('sanction.annul');
  });

  test('is of another person than whoever drafted it, by SQL too', async () => {
    college.clock.set('2026-04-13T10:00:00+08:00');
    const seeded = await newSanction(college, STUDENT, 'HEARD', { recorded_by: FIRST });
    const before = await sanctionRow(seeded.id);
    expect((await decide(seeded, { termMonths: 6 }, FIRST)).came).toBe('SOD_VIOLATION');
    expect(await sanctionRow(seeded.id)).toEqual(before);
    const set = 'update sanction set approved_by = recorded_by where id = $1';
    await expect(asOwner(college, 'archive', set, [seeded.id])).rejects.toThrow(
      'sanction_second_person',
    );
  });

  test.each([
    ['a term of five months (INV-15)', { termMonths: 5 }, 'termMonths'],
    ['a term of thirteen months (INV-15)', { termMonths: 13 }, 'termMonths'],
    ['no term', {}, 'termMonths'],
    [
      'what is graver than the student was heard on (L-07)',
      { termMonths: 6, type: new EnumValue('PROBATION') },
      'type',
    ],
    [
      'a resolution without an expulsion',
      { termMonths: 6, resolutionNo: 'R-HELD' },
      'resolutionNo',
    ],
    ['a day before the notice', { termMonths: 6, decidedOn: '2025-02-28' }, 'decidedOn'],
    ['a day to come', { termMonths: 6, decidedOn: '2026-04-14' }, 'decidedOn'],
    [
      'a measure that is on no list (L-16)',
      { termMonths: 6, measureListItem: 'X' },
      'measureListItem',
    ],
    ['no number', { termMonths: 6, docNo: ' ' }, 'docNo'],
  ])('does not have %s', async (_, more, path) => {
    const seeded = await newSanction(college, STUDENT, 'HEARD');
    const before = await sanctionRow(seeded.id);
    const refused = await decide(seeded, more);
    expect(refusalsOf(refused, 'decideSanction')).toEqual([`VALIDATION ${path}`]);
    expect(await sanctionRow(seeded.id)).toEqual(before);
  });

  test.each([
    ['without a resolution', {}, 'resolutionNo'],
    ['by a resolution that there is not', { resolutionNo: 'R-NONE' }, 'resolutionNo'],
    ['by one of a meeting that is still to be held', { resolutionNo: 'R-PLANNED' }, 'resolutionNo'],
    ['with a term (INV-15)', { resolutionNo: 'R-HELD', termMonths: 12 }, 'termMonths'],
  ])('to expel is refused %s (L-16)', async (_, more, path) => {
    const seeded = await newSanction(college, STUDENT, 'HEARD', { type: 'EXPULSION' });
    const refused = await decide(seeded, more);
    expect(refusalsOf(refused, 'decideSanction')).toEqual([`VALIDATION ${path}`]);
  });

  test('to expel rests on a meeting, and has no term: once in force it stays so', async () => {
    const seeded = await newSanction(college, STUDENT, 'HEARD', { type: 'EXPULSION' });
    const decided = await decide(seeded, { resolutionNo: 'R-HELD' });
    expect([decided.came, decided.row.termMonths]).toEqual(['OK', null]);
    const served = await mutate(FIRST, 'serveSanction', on(decided.row));
    expect([served.row.appealDeadline, served.row.termEndsOn]).toEqual(['2026-04-23', null]);
    college.clock.set('2026-04-24T10:00:00+08:00');
    await runJob(college, 'archive', 'advanceSanctions');
    await runJob(college, 'archive', 'startSanctionTerms');
    expect(await statesFor(STUDENT, seeded.id)).toEqual(['EFFECTIVE']);
    college.clock.set('2026-04-13T10:00:00+08:00');
  });

  test('names an item of the list once the school has one (Z5.5.1, L-16)', async () => {
    const seeded = await newSanction(college, STUDENT, 'HEARD');
    await asOwner(
      college,
      'archive',
      `insert into measure_list_item values ('ML-1', '规定', 'STUDENT', '记过', 'SAO', 'R-HELD')`,
    );
    const without = await decide(seeded, { termMonths: 6 });
    expect(refusalsOf(without, 'decideSanction')).toEqual(['VALIDATION measureListItem']);
    const named = await decide(seeded, { termMonths: 6, measureListItem: 'ML-1' });
    expect(named.came).toBe('OK');
    await asOwner(college, 'archive', `update sanction set measure_list_item = null`);
    await asOwner(college, 'archive', `delete from measure_list_item`);
  });
});

test('dismissed after the hearing, it leaves its record as it was, free for another (L-07)', async () => {
  college.clock.set('2026-04-13T10:00:00+08:00');
  const { id, recordId, version } = await newSanction(college, STUDENT, 'HEARD');
  const seen = { id, expectedVersion: version };
  const without = await mutate(FIRST, 'dismissSanction', { ...seen, reason: ' ' });
  expect(refusalsOf(without, 'dismissSanction')).toEqual(['VALIDATION reason']);
  const dismissed = await mutate(FIRST, 'dismissSanction', seen);
  expect([dismissed.came, dismissed.row]).toEqual(['OK', null]);
  expect(await statesFor(STUDENT, id)).toEqual(['ANNULLED']);
  expect(await statesFor(COUNSELLOR, id)).toBe(undefined);
  expect(await recordRow(recordId)).toEqual({ state: 'ACTIVE', version: 1, sanction_id: id });
  const kinds = await asOwner(
    college,
    'archive',
    'select kind from notice where sanction_id = $1',
    [id],
  );
  expect(kinds).toEqual([{ kind: 'SANCTION_DISMISSED' }]);
  const named = async () => {
    const query = '{ me { student { conductRecords { id sanctionId } } } }';
    const { data } = await college.request(STUDENT, query);
    const me = data?.['me'] as { student: { conductRecords: ChangedRow[] } };
    return me.student.conductRecords.filter((row) => row.id === recordId);
  };
  expect(await named()).toEqual([{ id: recordId, sanctionId: null }]);
  const { row, came } = await draft([recordId]);
  expect(came).toBe('OK');
  expect(await named()).toEqual([{ id: recordId, sanctionId: null }]);
  expect((await mutate(FIRST, 'giveSanctionNotice', on(row))).came).toBe('OK');
  expect(await named()).toEqual([{ id: recordId, sanctionId: row.id }]);
});

test('how its notice stands is looked up once for all sanctions of a list, whatever waits (F-01)', async () => {
  const [heard, delivered] = [
    await newSanction(college, STUDENT, 'HEARD'),
    await newSanction(college, STUDENT, 'NOTICE_GIVEN'),
  ];
  const waiting = await newSanction(college, STUDENT, 'NOTICE_GIVEN');
  await asOwner(
    college,
    'archive',
    `update notice_standing set waits_until = '2099-01-01' where subject_id = $1`,
    [waiting.id],
  );
  const query = `{ student(studentNo: "${STUDENT}") { sanctions { id availableActions } } }`;
  const { result, statements } = await countStatements(() =>
    college.request(FIRST, query, { headers: REVIEW }),
  );
  const student = result.data?.['student'] as { sanctions: ChangedRow[] } | undefined;
  const actionsOn = (id: string) =>
    student?.sanctions.find((row) => row.id === id)?.['availableActions'];
  expect(actionsOn(heard.id)).toContain('sanction.decide');
  expect(actionsOn(delivered.id)).toContain('sanction.hear');
  expect(actionsOn(waiting.id)).not.toContain('sanction.hear');
  expect(statements.filter(({ text }) => /from notice_standing where key/.test(text))).toHaveLength(
    1,
  );
});

describe('annulled by the school', () => {
  test('by another than who decided; its record stays, and may be sanctioned anew', async () => {
    const { id, recordId, version } = await newSanction(college, STUDENT, 'SERVED', {
      appeal_deadline: '2026-04-23',
      approved_by: FIRST,
    });
    const seen = { id, expectedVersion: version };
    expect((await mutate(FIRST, 'annulSanction', seen)).came).toBe('SOD_VIOLATION');
    expect((await mutate(SECOND, 'annulSanction', seen)).came).toBe('OK');
    expect(await recordRow(recordId)).toMatchObject({ state: 'ACTIVE', sanction_id: id });
    expect((await draft([recordId])).came).toBe('OK');
  });

  test.each(['FILED', 'COMMITTEE_REVIEW', 'UPHELD'])(
    'not while its appeal is %s',
    async (appealState) => {
      const { id, version } = await newSanction(college, STUDENT, 'APPEALED');
      await appealAgainst(college, STUDENT, id, appealState);
      const refused = await mutate(SECOND, 'annulSanction', { id, expectedVersion: version });
      expect(refused.came).toBe('STATE_CONFLICT');
      expect(await sanctionRow(id)).toMatchObject({ state: 'APPEALED', version });
      expect(await offeredTo(SECOND, id)).toEqual([]);
    },
  );
});

describe('once its record was revoked and it rests on nothing (T-06)', () => {
  const named = ({ id }: { id: string }) => ({ 'x-purpose': 'APPEAL', 'x-reference': id });
  const annul = (person: string, seeded: { id: string; version: number }, more: object = {}) =>
    mutate(
      person,
      'annulUnfoundedSanction',
      { id: seeded.id, expectedVersion: seeded.version, ...more },
      named(seeded),
    );
  const waitingFor = async (person: string, headers: Record<string, string> = REVIEW) => {
    const { data } = await college.request(person, '{ myTasks { kind count dueOn ref } }', {
      headers,
    });
    const tasks = (data?.['myTasks'] ?? []) as { kind: string; ref: string | null }[];
    return tasks.filter(({ kind }) => kind === 'ANNUL_UNFOUNDED_SANCTIONS').map(({ ref }) => ref);
  };
  const SANCTIONS = `{ students(first: 5) { nodes { studentNo
    sanctions { id state availableActions } } } }`;
  const readBy = (person: string, seeded: { id: string }) =>
    college.request(person, SANCTIONS, { headers: named(seeded) });

  test('another at Student Affairs than who decided annuls it, by its own number alone', async () => {
    college.clock.set('2026-04-13T10:00:00+08:00');
    const seeded = await newSanction(college, STUDENT, 'TERM_RUNNING', { approved_by: FIRST });
    // While its record counts its number names nothing, and nothing waits.
    expect((await annul(SECOND, seeded)).came).toBe('PURPOSE_REQUIRED');
    expect(await waitingFor(SECOND)).toEqual([]);
    college.clock.set('2026-04-13T10:01:00+08:00');
    await revokeRecord(college, seeded.recordId);
    expect(await statesFor(SECOND, seeded.id)).toEqual([]);
    expect(await waitingFor(SECOND)).toEqual([seeded.id]);
    for (const [person, headers] of [
      [FIRST, REVIEW],
      [COLLEGE_ADMIN, REVIEW],
      [COUNSELLOR, {}],
      [STUDENT, {}],
    ] as const)
      expect([person, await waitingFor(person, headers)]).toEqual([person, []]);
    // To a college its number names nothing, as that of any other (3.7(15)).
    expect((await readBy(COLLEGE_ADMIN, seeded)).errors?.[0]?.extensions['code']).toBe(
      'PURPOSE_REQUIRED',
    );
    const found = (await readBy(SECOND, seeded)).data as {
      students: { nodes: { studentNo: string; sanctions: ChangedRow[] | null }[] };
    };
    expect(found.students.nodes.map(({ studentNo }) => studentNo)).toEqual([STUDENT]);

    expect((await annul(FIRST, seeded)).came).toBe('SOD_VIOLATION');
    const without = await annul(SECOND, seeded, { reason: ' ' });
    expect(refusalsOf(without, 'annulUnfoundedSanction')).toEqual(['VALIDATION reason']);
    expect(await sanctionRow(seeded.id)).toMatchObject({ state: 'TERM_RUNNING', version: 1 });
    const annulled = await annul(SECOND, seeded, { clientMutationId: 'unfounded-1' });
    expect([annulled.came, annulled.row.state]).toEqual(['OK', 'ANNULLED']);
    expect(await sanctionRow(seeded.id)).toMatchObject({ state: 'ANNULLED', version: 2 });
    expect(await recordRow(seeded.recordId)).toMatchObject({ state: 'REVOKED' });
    const kinds = 'select kind from notice where sanction_id = $1';
    expect(await asOwner(college, 'archive', kinds, [seeded.id])).toEqual([
      { kind: 'SANCTION_ANNULLED' },
    ]);
    expect(await waitingFor(SECOND)).toEqual([]);
    // Its number names nothing any more, after a time-out neither.
    college.clock.set('2026-04-13T10:02:00+08:00');
    const again = await annul(SECOND, seeded, { clientMutationId: 'unfounded-1' });
    expect(again.came).toBe('PURPOSE_REQUIRED');
    // Who read it by that number stands in the student's log, and in nobody's to whom it is closed.
    const log = `accessLog(first: 100, filter: { studentNo: "${STUDENT}", purpose: "APPEAL" }) {
      edges { node { reference } } }`;
    const logged = async (person: string, headers: Record<string, string>) => {
      const { data } = await college.request(person, `{ ${log} }`, { headers });
      const found = data?.['accessLog'] as { edges: { node: { reference: string } }[] } | undefined;
      return found?.edges.some(({ node }) => node.reference === seeded.id);
    };
    expect(await logged(STUDENT, {})).toBe(true);
    expect(await logged(FIRST, REVIEW)).toBe(false);
  });

  test('not while one of its records was not, nor by the number of an appeal of its student', async () => {
    college.clock.set('2026-04-14T10:00:00+08:00');
    const seeded = await newSanction(college, STUDENT, 'EFFECTIVE');
    const other = await newRecord(college, STUDENT);
    const link = 'update conduct_record set sanction_id = $1 where id = $2';
    await asOwner(college, 'archive', link, [seeded.id, other]);
    await revokeRecord(college, seeded.recordId);
    expect(await waitingFor(SECOND)).toEqual([]);
    const set = 'update conduct_record set state = $2 where id = $1';
    // What has expired or is sealed was true: the sanction stands on it.
    for (const over of ['EXPIRED', 'SEALED']) {
      await asOwner(college, 'archive', set, [other, over]);
      expect(await waitingFor(SECOND)).toEqual([]);
    }
    await revokeRecord(college, other);
    expect(await waitingFor(SECOND)).toEqual([seeded.id]);
    const { id: appealId = '' } = await put(college, 'archive', 'appeal', {
      student_no: STUDENT,
      kind: 'PROFILE',
      target_subgraph: 'archive',
      target_typename: 'Student',
      target_id: seeded.id,
      target_office: 'SAO',
      target_groups: ['IDENTITY'],
      grounds: 'grounds',
      requested_outcome: 'MODIFY',
      filed_at: '2026-04-01T00:00:00Z',
      handler_office: 'SAO',
      handler_no: SECOND,
      due_on: '2026-04-21',
      state: 'INVESTIGATING',
      recorded_at: '2026-04-01T00:00:00Z',
    });
    const args = { id: seeded.id, expectedVersion: seeded.version };
    const came = await mutate(SECOND, 'annulUnfoundedSanction', args, named({ id: appealId }));
    expect(came.came).toBe('FORBIDDEN_ACTION');
    expect(await offered(appealId, seeded.id)).toEqual([]);
    expect(await offered(seeded.id, seeded.id)).toEqual(['sanction.annulUnfounded']);
    expect((await annul(SECOND, seeded)).came).toBe('OK');
  });

  /** What Student Affairs is offered to do with a sanction under a reference. */
  async function offered(reference: string, id: string): Promise<unknown> {
    const query = `{ student(studentNo: "${STUDENT}") { sanctions { id availableActions } } }`;
    const headers = named({ id: reference });
    const { data } = await college.request(SECOND, query, { headers });
    const { sanctions } = (data?.['student'] ?? {}) as { sanctions?: ChangedRow[] };
    return sanctions?.find((row) => row.id === id)?.['availableActions'];
  }
});

describe('once its records count no more', () => {
  const end = (recordId: string, over: string) =>
    asOwner(college, 'archive', 'update conduct_record set state = $2 where id = $1', [
      recordId,
      over,
    ]);
  const noticesOf = async (id: string) => {
    const sql = 'select kind from notice where sanction_id = $1';
    return (await asOwner(college, 'archive', sql, [id])).map(({ kind }) => kind as unknown);
  };

  test('one that was decided goes on with its term unseen by the school, and a job lifts it on its last day (L-03)', async () => {
    college.clock.set('2026-04-15T10:00:00+08:00');
    const [expired, sealed, counts] = [
      await newSanction(college, STUDENT, 'TERM_RUNNING'),
      await newSanction(college, STUDENT, 'TERM_RUNNING'),
      await newSanction(college, STUDENT, 'TERM_RUNNING'),
    ];
    await end(expired.recordId, 'EXPIRED');
    await end(sealed.recordId, 'SEALED');
    expect(await statesFor(STUDENT, expired.id)).toEqual(['TERM_RUNNING']);
    for (const person of [FIRST, COLLEGE_ADMIN])
      expect([person, await statesFor(person, expired.id)]).toEqual([person, []]);
    const term = 'update sanction set term_ends_on = $2 where id = $1';
    for (const { id } of [expired, sealed, counts])
      await asOwner(college, 'archive', term, [id, '2026-04-16']);
    await runJob(college, 'archive', 'liftEndedTerms');
    expect(await sanctionRow(expired.id)).toMatchObject({ state: 'TERM_RUNNING' });
    college.clock.set('2026-04-16T00:05:00+08:00');
    await runJob(college, 'archive', 'liftEndedTerms');
    await runJob(college, 'archive', 'liftEndedTerms');
    expect(await sanctionRow(expired.id)).toMatchObject({ state: 'LIFTED', version: 2 });
    expect(await noticesOf(expired.id)).toEqual(['SANCTION_LIFTED']);
    expect(await sanctionRow(sealed.id)).toMatchObject({ state: 'LIFTED' });
    expect(await noticesOf(sealed.id)).toEqual([]);
    // What still counts is lifted by people.
    expect(await sanctionRow(counts.id)).toMatchObject({ state: 'TERM_RUNNING' });
    expect(await recordRow(expired.recordId)).toMatchObject({ state: 'EXPIRED', version: 1 });
  });

  test('one that was not decided ends: a draft without a word, what the student knows of with one', async () => {
    college.clock.set('2026-04-15T10:00:00+08:00');
    const seed = (state: string) => newSanction(college, STUDENT, state);
    const [drafted, noticed, heard, sealed, counts] = [
      await seed('DRAFT'),
      await seed('NOTICE_GIVEN'),
      await seed('HEARD'),
      await seed('HEARD'),
      await seed('HEARD'),
    ];
    await end(drafted.recordId, 'REVOKED');
    await end(noticed.recordId, 'REVOKED');
    await end(heard.recordId, 'EXPIRED');
    await end(sealed.recordId, 'SEALED');
    expect(await statesFor(FIRST, heard.id)).toEqual([]);
    await runJob(college, 'archive', 'lapseSanctions');
    await runJob(college, 'archive', 'lapseSanctions');
    const ended = [
      [drafted, 'WITHDRAWN', []],
      [noticed, 'ANNULLED', ['SANCTION_DISMISSED']],
      [heard, 'ANNULLED', ['SANCTION_DISMISSED']],
      [sealed, 'ANNULLED', []],
    ] as const;
    for (const [{ id }, state, kinds] of ended) {
      expect(await sanctionRow(id)).toMatchObject({ state, version: 2 });
      expect(await noticesOf(id)).toEqual(kinds);
    }
    expect(await sanctionRow(counts.id)).toMatchObject({ state: 'HEARD', version: 1 });
    expect(await statesFor(STUDENT, heard.id)).toEqual(['ANNULLED']);
  });
});

describe('while the term runs', () => {
  const DOSSIER = `{ caseDossier(studentNo: "${STUDENT}") { purposeBlock { code clause } } }`;
  const blocksIn = async (person: string, caseId: string): Promise<unknown> => {
    const { data } = await college.request(person, DOSSIER, { headers: { 'x-case': caseId } });
    return (data?.['caseDossier'] as { purposeBlock: unknown } | null)?.purposeBlock;
  };
  const aCase = (caseNo: string, purpose: string, evaluator: string) => ({
    评审编号: caseNo,
    用途: purpose,
    名称: '评审',
    主办部门: 'SAO',
    开始时间: '2026-04-10 00:00:00',
    结束时间: '2026-05-08 00:00:00',
    学生学号: STUDENT,
    评审人工号: evaluator,
  });
  beforeAll(async () => {
    await college.bring('archive', 'cases', [
      aCase('EC-A', '评优', 'T0701'),
      aCase('EC-P', '入党', 'T0702'),
      aCase('EC-J', '就业推荐', 'T0704'),
    ]);
    await asOwner(college, 'archive', `update conduct_record set sanction_id = null`);
    await asOwner(college, 'archive', `delete from appeal where kind = 'SANCTION'`);
    await asOwner(college, 'archive', `delete from notice where sanction_id is not null`);
    await asOwner(college, 'archive', `delete from sanction`);
  });

  test('awards and Party evaluation are blocked, until its last day and no longer (V-02, V-04, L-03)', async () => {
    college.clock.set('2026-04-20T10:00:00+08:00');
    expect(await blocksIn('T0701', 'EC-A')).toEqual([]);
    const ends = { term_ends_on: '2026-04-20' };
    const { id, recordId } = await newSanction(college, STUDENT, 'TERM_RUNNING', ends);
    expect(await blocksIn('T0701', 'EC-A')).toEqual([{ code: 'V-02', clause: 'L-03' }]);
    expect(await blocksIn('T0702', 'EC-P')).toEqual([{ code: 'V-04', clause: 'L-03' }]);
    expect(await blocksIn('T0704', 'EC-J')).toEqual([]);
    // What closed or was sealed leaves no trace (3.7(15)).
    const set = 'update conduct_record set state = $2 where id = $1';
    for (const over of ['SEALED', 'REPAIRED', 'EXPIRED', 'REVOKED']) {
      await asOwner(college, 'archive', set, [recordId, over]);
      expect(await blocksIn('T0701', 'EC-A')).toEqual([]);
    }
    await asOwner(college, 'archive', set, [recordId, 'ACTIVE']);
    college.clock.set('2026-04-21T10:00:00+08:00');
    expect(await blocksIn('T0701', 'EC-A')).toEqual([]);
    expect(await statesFor(STUDENT, id)).toEqual(['TERM_RUNNING']);
  });

  test('once it is over, lifting it is a task of the school and never of the student (L-03)', async () => {
    const lifts = async (person: string, headers: Record<string, string> = REVIEW) => {
      const query = '{ myTasks { kind count dueOn } }';
      const { data } = await college.request(person, query, { headers });
      const tasks = (data?.['myTasks'] ?? []) as { kind: string }[];
      return tasks.filter(({ kind }) => kind === 'LIFT_SANCTIONS');
    };
    college.clock.set('2026-04-19T10:00:00+08:00');
    expect(await lifts(FIRST)).toEqual([]);
    college.clock.set('2026-04-21T10:00:00+08:00');
    expect(await lifts(FIRST)).toEqual([{ kind: 'LIFT_SANCTIONS', count: 1, dueOn: '2026-04-30' }]);
    expect(await lifts(COLLEGE_ADMIN)).toEqual([]);
    expect(await lifts(COUNSELLOR)).toEqual([]);
    expect(await lifts(STUDENT, {})).toEqual([]);
    const notices = await college.request(STUDENT, '{ myNotices { kind } }');
    expect(JSON.stringify(notices.data)).not.toContain('SANCTION_LIFTED');
  });
});

test('a school that counts working days gives ten of its calendar to appeal (L-06)', async () => {
  const other = await startCollege({ at: '2026-04-28T10:00:00+08:00', appealDays: 'WORKING' });
  try {
    const day = (on: string, isWorking: string) => ({
      日期: on,
      是否上班: isWorking,
      说明: '劳动节',
    });
    await other.bring('archive', 'calendar', [
      day('2026-05-01', '放假'),
      day('2026-05-04', '放假'),
    ]);
    const { id, version } = await newSanction(other, STUDENT, 'DECIDED');
    const served = await request(
      other,
      FIRST,
      {
        name: 'serveSanction',
        noun: 'Sanction',
        args: { id, expectedVersion: version },
        fields: 'id version appealDeadline',
      },
      REVIEW,
    );
    expect(served.row.appealDeadline).toBe('2026-05-14');
  } finally {
    await other.stop();
  }
});
