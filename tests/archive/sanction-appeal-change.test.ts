/** An appeal against a sanction, from its filing to what the province says (L-06, T-06, INV-09, 2.4). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { newSanction, revokeRecord } from '../change/sanction.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
  type Outcome,
} from '../support/mutate.js';
import { published } from '../support/published.js';
import { put } from '../support/put.js';
import { asOwner, ownerOf, waitingOnLocks } from '../support/sql.js';
import { until } from '../support/until.js';

const STUDENT = '2024010317';
const FIRST = 'T0001';
const SECOND = 'T0002';
const MEMBER = 'T0811';
const OTHER_MEMBER = 'T0812';
const DISCIPLINE = 'T0801';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const FILED_ON = '2026-04-13T10:00:00+08:00';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: FILED_ON });
});
beforeEach(() => college.clock.set(FILED_ON));
afterAll(() => college.stop());

const FIELDS = 'id version state outcome dueOn provincialDeadline availableActions';
const mutate = (person: string, name: string, args: object, headers = {}): Promise<Outcome> =>
  request(college, person, { name, noun: 'Appeal', args: { ...args }, fields: FIELDS }, headers);
const inCase = ({ id }: ChangedRow) => ({ 'x-case': `SA-${id}` });

interface Served {
  readonly id: string;
  readonly recordId: string;
}
/** Served on 10 April: appeals are filed until the 20th. */
const served = (): Promise<Served> =>
  newSanction(college, STUDENT, 'SERVED', {
    served_on: '2026-04-10',
    appeal_deadline: '2026-04-20',
    term_ends_on: '2027-04-10',
  });
const file = (sanctionId: string, more: object = {}) =>
  mutate(STUDENT, 'fileSanctionAppeal', {
    sanctionId,
    grounds: 'it was not me',
    requestedOutcome: new EnumValue('REVOKE'),
    ...more,
  });
const assign = (row: ChangedRow, memberNos = [MEMBER, OTHER_MEMBER], person = FIRST) =>
  mutate(person, 'assignCommittee', { ...on(row), memberNos }, REVIEW);
const conclude = (row: ChangedRow, conclusion: string, person = MEMBER) => {
  const args = { conclusion: new EnumValue(conclusion), decisionText: 'the reasons' };
  return mutate(person, 'decideSanctionAppeal', { ...on(row), ...args }, inCase(row));
};
/** Filed, given to the committee, and taken up by a member. */
async function underReview(sanctionId: string): Promise<ChangedRow> {
  const { row } = await file(sanctionId);
  const assigned = await assign(row);
  const opened = await mutate(MEMBER, 'openCommitteeReview', on(assigned.row), inCase(row));
  expect([opened.came, opened.row.state]).toEqual(['OK', 'COMMITTEE_REVIEW']);
  return opened.row;
}
/** What the student is offered to do with an appeal of his. */
async function ownActions(id: string): Promise<unknown> {
  const query = '{ me { student { appeals { id availableActions } } } }';
  const { data } = await college.request(STUDENT, query);
  const me = data?.['me'] as { student: { appeals: ChangedRow[] } };
  return me.student.appeals.find((row) => row.id === id)?.['availableActions'];
}
const toProvince = (row: ChangedRow) => mutate(STUDENT, 'appealToProvince', on(row));
const record = (row: ChangedRow, outcome: string, person = FIRST) => {
  const args = { ...on(row), outcome: new EnumValue(outcome), docNo: 'P-1' };
  return mutate(person, 'recordProvincialOutcome', args, REVIEW);
};
async function rowOf(table: string, id: string, columns: string): Promise<unknown> {
  const sql = `select ${columns} from ${table} where id = $1`;
  return (await asOwner(college, 'archive', sql, [id]))[0];
}
const states = async ({ id, recordId }: Served) => [
  await rowOf('sanction', id, 'state'),
  await rowOf('conduct_record', recordId, 'state, disputed'),
];
const STANDS = [{ state: 'APPEALED' }, { state: 'ACTIVE', disputed: false }];
const GONE = [{ state: 'ANNULLED' }, { state: 'REVOKED', disputed: false }];
async function advance(to: string): Promise<void> {
  college.clock.set(`${to}T00:30:00+08:00`);
  await runJob(college, 'archive', 'advanceSanctions');
}

test('upheld by the committee, a sanction is in force once the province is not called upon', async () => {
  const sanction = await served();
  const filed = await file(sanction.id);
  expect([filed.came, filed.row.state, filed.row['dueOn']]).toEqual(['OK', 'FILED', '2026-04-28']);
  expect(await states(sanction)).toEqual(STANDS);
  expect((await file(sanction.id)).came).toBe('STATE_CONFLICT');

  const { row } = await assign(filed.row);
  const opened = await mutate(MEMBER, 'openCommitteeReview', on(row), inCase(row));
  expect(opened.row['availableActions']).toEqual([
    'sanctionAppeal.extend',
    'sanctionAppeal.decide',
  ]);
  college.clock.set('2026-04-24T10:00:00+08:00');
  const upheld = await conclude(opened.row, 'UPHOLD', OTHER_MEMBER);
  expect(await ownActions(opened.row.id)).toEqual(['sanctionAppeal.appealToProvince']);
  expect(upheld.row).toMatchObject({
    state: 'UPHELD',
    outcome: 'REJECT',
    provincialDeadline: '2026-05-09',
  });
  const { data } = await college.request(
    STUDENT,
    '{ me { student { appeals { decisionText } } } }',
  );
  expect(data).toEqual({ me: { student: { appeals: [{ decisionText: 'the reasons' }] } } });
  await advance('2026-05-09');
  expect(await states(sanction)).toEqual(STANDS);
  await advance('2026-05-10');
  expect((await states(sanction))[0]).toEqual({ state: 'EFFECTIVE' });
  expect((await toProvince(upheld.row)).came).toBe('DEADLINE_PASSED');
  expect(await ownActions(opened.row.id)).toEqual([]);
});

test('won, the sanction is annulled and its record revoked in the same transaction (T-06)', async () => {
  const sanction = await served();
  const finding = randomUUID();
  await asOwner(
    college,
    'archive',
    `update conduct_record set source_subgraph = 'security', source_typename = 'LawViolation',
       source_id = $1 where id = $2`,
    [finding, sanction.recordId],
  );
  const review = await underReview(sanction.id);
  const won = await conclude(review, 'REVOKE');
  expect(won.came).toBe('OK');
  expect(await published(college, 'archive', 'revoked:security')).toMatchObject([
    { key: finding, payload: { type: 'LawViolation' } },
  ]);
  expect(await states(sanction)).toEqual(GONE);
  expect(await rowOf('appeal', review.id, 'state, outcome')).toEqual({
    state: 'RECOMMEND_CHANGE',
    outcome: 'REVOKE',
  });
  expect((await toProvince({ ...review, version: review.version + 1 })).came).toBe(
    'STATE_CONFLICT',
  );
  expect(await ownActions(review.id)).toEqual([]);
  const lines = await asOwner(
    college,
    'archive',
    `select target_type, action, basis from operation_log
     where target_id in ($1, $2) and action in ('sanction.overturn', 'conduct.revoke') order by id`,
    [sanction.id, sanction.recordId],
  );
  const basis = `sanctionAppeal.decide Appeal ${review.id}`;
  expect(lines).toEqual([
    { target_type: 'Sanction', action: 'sanction.overturn', basis },
    { target_type: 'ConductRecord', action: 'conduct.revoke', basis },
  ]);
  const kinds = await asOwner(
    college,
    'archive',
    `select kind from notice where sanction_id = $1 order by kind`,
    [sanction.id],
  );
  expect(kinds).toEqual([{ kind: 'SANCTION_ANNULLED' }, { kind: 'SANCTION_APPEAL' }]);
});

describe('in time', () => {
  test('it is filed until the last day that the decision names', async () => {
    const sanction = await served();
    college.clock.set('2026-04-20T23:59:00+08:00');
    expect((await file(sanction.id)).came).toBe('OK');
    const late = await served();
    college.clock.set('2026-04-21T00:00:00+08:00');
    expect((await file(late.id)).came).toBe('DEADLINE_PASSED');
    expect((await states(late))[0]).toEqual({ state: 'SERVED' });
    // In force by now, it is refused for the same reason.
    await runJob(college, 'archive', 'advanceSanctions');
    expect((await states(late))[0]).toEqual({ state: 'EFFECTIVE' });
    expect((await file(late.id)).came).toBe('DEADLINE_PASSED');
  });

  test('the committee takes longer once, and its case is open as long', async () => {
    const review = await underReview((await served()).id);
    college.clock.set('2026-04-28T10:00:00+08:00');
    const extend = (row: ChangedRow) =>
      mutate(MEMBER, 'extendCommitteeReview', on(row), inCase(review));
    const extended = await extend(review);
    expect([extended.came, extended.row['dueOn']]).toEqual(['OK', '2026-05-13']);
    expect(extended.row['availableActions']).toEqual(['sanctionAppeal.decide']);
    expect((await extend(extended.row)).came).toBe('STATE_CONFLICT');
    college.clock.set('2026-05-20T10:00:00+08:00');
    expect((await conclude(extended.row, 'UPHOLD')).came).toBe('OK');
  });

  test('the province is called upon until the last day that the conclusion names', async () => {
    const concluded = await conclude(await underReview((await served()).id), 'SUSPEND');
    expect(concluded.row['provincialDeadline']).toBe('2026-04-28');
    college.clock.set('2026-04-29T00:00:00+08:00');
    expect((await toProvince(concluded.row)).came).toBe('DEADLINE_PASSED');
    college.clock.set('2026-04-28T23:59:00+08:00');
    expect((await toProvince(concluded.row)).row.state).toBe('PROVINCIAL_APPEAL');
  });
});

describe('what the committee does not uphold', () => {
  test.each(['MODIFY', 'SUSPEND'])(
    'has no effect by time; the school annuls it and decides anew (%s)',
    async (conclusion) => {
      const sanction = await served();
      const concluded = await conclude(await underReview(sanction.id), conclusion);
      await advance('2026-06-30');
      expect(await states(sanction)).toEqual(STANDS);
      const annul = (person: string) =>
        request(
          college,
          person,
          {
            name: 'annulSanction',
            noun: 'Sanction',
            args: { id: sanction.id, expectedVersion: 2 },
          },
          REVIEW,
        );
      await asOwner(college, 'archive', 'update sanction set approved_by = $1 where id = $2', [
        FIRST,
        sanction.id,
      ]);
      expect((await annul(FIRST)).came).toBe('SOD_VIOLATION');
      expect((await annul(SECOND)).came).toBe('OK');
      expect(await states(sanction)).toEqual([
        { state: 'ANNULLED' },
        { state: 'ACTIVE', disputed: false },
      ]);
      college.clock.set(FILED_ON);
      expect((await toProvince(concluded.row)).came).toBe('STATE_CONFLICT');
      // What was suspended until somebody decides waits for nobody any more.
      await runJob(college, 'archive', 'lapseSanctionAppeals');
      expect(await rowOf('appeal', concluded.row.id, 'state, decision_text as text')).toEqual(
        conclusion === 'SUSPEND'
          ? {
              state: 'LAPSED',
              text: '所申诉的处分已撤销，本申诉无须再作决定（2026-04-13）。 The sanction was annulled: nothing is left of the appeal to decide (2026-04-13).',
            }
          : { state: 'RECOMMEND_CHANGE', text: 'the reasons' },
      );
      const args = { recordIds: [sanction.recordId], type: new EnumValue('WARNING') };
      const anew = await request(
        college,
        FIRST,
        { name: 'draftSanction', noun: 'Sanction', args },
        REVIEW,
      );
      expect(anew.came).toBe('OK');
    },
  );
});

test('its record revoked, a sanction is nothing to the committee: the school annuls it and the appeal lapses (T-06)', async () => {
  const sanction = await served();
  const review = await underReview(sanction.id);
  await revokeRecord(college, sanction.recordId);
  expect((await conclude(review, 'UPHOLD')).came).toBe('NOT_FOUND');
  const headers = { 'x-purpose': 'APPEAL', 'x-reference': sanction.id };
  const args = { id: sanction.id, expectedVersion: 2 };
  const form = { name: 'annulUnfoundedSanction', noun: 'Sanction', args };
  expect((await request(college, SECOND, form, headers)).came).toBe('OK');
  await runJob(college, 'archive', 'lapseSanctionAppeals');
  expect(await rowOf('appeal', review.id, 'state')).toEqual({ state: 'LAPSED' });
  const { data } = await college.request(STUDENT, '{ myNotices { kind subjectRef } }');
  const notices = data?.['myNotices'] as { kind: string; subjectRef: string }[];
  const own = notices.filter(({ subjectRef }) =>
    [sanction.id, review.id].some((id) => subjectRef.endsWith(id)),
  );
  expect(own.map(({ kind }) => kind)).toContain('SANCTION_ANNULLED');
  expect(own.length).toBe(2);
});

describe('what the province decides', () => {
  const atProvince = async (sanctionId: string) => {
    const concluded = await conclude(await underReview(sanctionId), 'UPHOLD');
    return (await toProvince(concluded.row)).row;
  };

  test('is recorded by another than who decided; rejected, the sanction is in force', async () => {
    const sanction = await served();
    const row = await atProvince(sanction.id);
    await advance('2026-06-30');
    expect(await states(sanction)).toEqual(STANDS);
    await asOwner(college, 'archive', 'update sanction set approved_by = $1 where id = $2', [
      FIRST,
      sanction.id,
    ]);
    expect((await record(row, 'REJECT')).came).toBe('SOD_VIOLATION');
    const closed = await record(row, 'REJECT', SECOND);
    expect([closed.came, closed.row.state, closed.row['outcome']]).toEqual([
      'OK',
      'CLOSED',
      'REJECT',
    ]);
    await advance('2026-07-01');
    expect((await states(sanction))[0]).toEqual({ state: 'EFFECTIVE' });
  });

  test('annuls a sanction that does not stand, and revokes its record or leaves it', async () => {
    const [revoked, modified] = [await served(), await served()];
    expect((await record(await atProvince(revoked.id), 'REVOKE')).came).toBe('OK');
    expect(await states(revoked)).toEqual(GONE);
    expect((await record(await atProvince(modified.id), 'MODIFY')).came).toBe('OK');
    expect(await states(modified)).toEqual([
      { state: 'ANNULLED' },
      { state: 'ACTIVE', disputed: false },
    ]);
  });
});

describe('the committee', () => {
  test('acts in its own case alone, and not after its conclusion (INV-09, INV-21)', async () => {
    const [one, two] = [await served(), await served()];
    const review = await underReview(one.id);
    const { row: filed } = await file(two.id);
    const open = (person: string, headers: object, row = filed) =>
      mutate(person, 'openCommitteeReview', on(row), { ...headers });
    // Not before it is seated, not by naming another case, and not without one.
    expect((await open(MEMBER, inCase(review))).came).toBe('NOT_FOUND');
    expect((await open(MEMBER, inCase(filed))).came).toBe('CASE_SCOPE');
    expect((await open(MEMBER, {})).came).toBe('PURPOSE_REQUIRED');
    const { row } = await assign(filed);
    expect((await open(MEMBER, inCase(review), row)).came).toBe('NOT_FOUND');
    expect(await rowOf('appeal', filed.id, 'state')).toEqual({ state: 'FILED' });

    const upheld = await conclude(review, 'UPHOLD');
    expect(upheld.came).toBe('OK');
    const query = `{ student(studentNo: "${STUDENT}") { appeals { id } } }`;
    const after = await college.request(MEMBER, query, { headers: inCase(review) });
    expect(after).toEqual({
      data: { student: null },
      errors: [
        { message: '没有找到。 Not found.', path: ['student'], extensions: { code: 'NOT_FOUND' } },
      ],
    });
    const assignments = await college.request(MEMBER, '{ me { assignments { caseId } } }', {
      headers: { 'x-role': 'STAFF_SELF' },
    });
    expect(JSON.stringify(assignments.data)).not.toContain(review.id);
  });

  test('reads the student, the appealed sanction and its record in it, and no other (note 23)', async () => {
    const [sanction, other] = [await served(), await served()];
    const review = await underReview(sanction.id);
    const query = `{ student(studentNo: "${STUDENT}") {
      sanctions { id } conductRecords { id } appeals { id grounds } } }`;
    const { data } = await college.request(OTHER_MEMBER, query, { headers: inCase(review) });
    expect(data).toEqual({
      student: {
        sanctions: [{ id: sanction.id }],
        conductRecords: [{ id: sanction.recordId }],
        appeals: [{ id: review.id, grounds: 'it was not me' }],
      },
    });
    expect(other.id).not.toBe(sanction.id);
  });

  test('has no member who drafted or decided, and Student Affairs who did so seat none', async () => {
    const sanction = await served();
    const { row } = await file(sanction.id);
    for (const wrong of [[MEMBER], [MEMBER, 'T0101'], [MEMBER, MEMBER]])
      expect(refusalsOf(await assign(row, wrong), 'assignCommittee')).toEqual([
        'VALIDATION memberNos',
      ]);
    const by = (column: string, person: string) =>
      asOwner(college, 'archive', `update sanction set ${column} = $1 where id = $2`, [
        person,
        sanction.id,
      ]);
    await by('approved_by', MEMBER);
    expect(refusalsOf(await assign(row), 'assignCommittee')).toEqual(['VALIDATION memberNos']);
    await by('approved_by', FIRST);
    expect((await assign(row)).came).toBe('SOD_VIOLATION');
    expect(await rowOf('appeal', row.id, 'version, case_id')).toEqual({
      version: 1,
      case_id: null,
    });
    const assigned = await assign(row, [MEMBER, OTHER_MEMBER], SECOND);
    await by('recorded_by', MEMBER);
    const open = await mutate(MEMBER, 'openCommitteeReview', on(assigned.row), inCase(row));
    expect(open.came).toBe('SOD_VIOLATION');
    const opened = await mutate(OTHER_MEMBER, 'openCommitteeReview', on(assigned.row), inCase(row));
    expect((await conclude(opened.row, 'UPHOLD')).came).toBe('SOD_VIOLATION');
    expect((await conclude(opened.row, 'UPHOLD', OTHER_MEMBER)).came).toBe('OK');
  });

  test('is seated anew, and whoever leaves it sees nothing any more', async () => {
    await put(college, 'archive', 'admin_grant', {
      staff_no: DISCIPLINE,
      role: 'APPEAL_COMMITTEE',
      org_code: 'SCHOOL',
      valid_from: '2026-01-01T00:00:00Z',
      state: 'ACTIVE',
      recorded_by: 'T0001',
      recorded_at: '2026-01-01T00:00:00Z',
      approved_by: 'T0002',
      approved_at: '2026-01-01T00:00:00Z',
    });
    const review = await underReview((await served()).id);
    const anew = await assign(review, [OTHER_MEMBER, DISCIPLINE]);
    expect([anew.came, anew.row.state]).toEqual(['OK', 'COMMITTEE_REVIEW']);
    college.clock.set('2026-04-13T10:00:06+08:00');
    expect((await conclude(anew.row, 'UPHOLD')).came).toBe('CASE_EXPIRED');
    expect(await rowOf('appeal', review.id, 'state')).toEqual({ state: 'COMMITTEE_REVIEW' });
    expect((await conclude(anew.row, 'UPHOLD', OTHER_MEMBER)).came).toBe('OK');
  });

  test('whoever has declared a relation to the student sees nothing of it (F-02)', async () => {
    const { row } = await file((await served()).id);
    await put(college, 'archive', 'relation_declaration', {
      staff_no: MEMBER,
      student_no: STUDENT,
      kind: 'RELATIVE',
      declared_on: '2026-04-01',
    });
    const assigned = await assign(row);
    expect(assigned.came).toBe('OK');
    const open = (person: string) =>
      mutate(person, 'openCommitteeReview', on(assigned.row), inCase(row));
    expect((await open(MEMBER)).came).toBe('NOT_FOUND');
    expect((await open(OTHER_MEMBER)).came).toBe('OK');
    await asOwner(college, 'archive', 'delete from relation_declaration where staff_no = $1', [
      MEMBER,
    ]);
  });
});

describe('at the same instant', () => {
  /** Starts both while the student is locked, and lets them go once each of them waits. */
  async function together<T>(one: () => Promise<T>, two: () => Promise<T>): Promise<T[]> {
    const [holder, looker] = [await ownerOf(college, 'archive'), await ownerOf(college, 'archive')];
    onTestFinished(async () => void (await Promise.all([holder.end(), looker.end()])));
    await holder.query('begin');
    await holder.query('select 1 from student where student_no = $1 for no key update', [STUDENT]);
    const both = [one(), two()];
    await until(async () => (await waitingOnLocks(looker)).length === 2);
    await holder.query('rollback');
    return Promise.all(both);
  }

  test('two members conclude: one conclusion stands, with all that follows from it', async () => {
    const sanction = await served();
    const review = await underReview(sanction.id);
    const [won, upheld] = await together(
      () => conclude(review, 'REVOKE', MEMBER),
      () => conclude(review, 'UPHOLD', OTHER_MEMBER),
    );
    // The case has ended for the other: he finds nothing any more.
    const isWon = won?.came === 'OK';
    expect([won?.came, upheld?.came]).toEqual(isWon ? ['OK', 'NOT_FOUND'] : ['NOT_FOUND', 'OK']);
    expect(await states(sanction)).toEqual(isWon ? GONE : STANDS);
    const lines = await asOwner(
      college,
      'archive',
      `select 1 from operation_log where action = 'sanctionAppeal.decide' and target_id = $1`,
      [review.id],
    );
    expect(lines.length).toBe(1);
  });

  test('the student appeals and the school annuls: never an appeal against nothing', async () => {
    const sanction = await served();
    const annul = () =>
      request(
        college,
        SECOND,
        { name: 'annulSanction', noun: 'Sanction', args: { id: sanction.id, expectedVersion: 1 } },
        REVIEW,
      );
    const [filed, annulled] = await together(() => file(sanction.id), annul);
    const isFiled = filed?.came === 'OK';
    expect([filed?.came, annulled?.came]).toEqual(
      isFiled ? ['OK', 'VERSION_CONFLICT'] : ['STATE_CONFLICT', 'OK'],
    );
    expect((await states(sanction))[0]).toEqual({ state: isFiled ? 'APPEALED' : 'ANNULLED' });
    const sql = 'select 1 from appeal where sanction_id = $1';
    const appeals = await asOwner(college, 'archive', sql, [sanction.id]);
    expect(appeals.length).toBe(isFiled ? 1 : 0);
  });
});

test('no other appeal takes its ways, nor it theirs: an archive appeal revokes no sanction (T-06)', async () => {
  const sanction = await served();
  const { row } = await file(sanction.id);
  const seen = on(row);
  expect((await mutate(STUDENT, 'withdrawAppeal', seen)).came).toBe('FORBIDDEN_ACTION');
  for (const name of ['acceptAppeal', 'declineAppeal'])
    for (const person of ['T0110', FIRST])
      expect((await mutate(person, name, seen, REVIEW)).came).toBe('FORBIDDEN_ACTION');
  const ordinary = await mutate(STUDENT, 'fileAppeal', {
    kind: new EnumValue('RECORD'),
    target: await newRecord(college, STUDENT),
    grounds: 'it was not me',
    requestedOutcome: new EnumValue('REVOKE'),
  });
  expect((await assign(ordinary.row)).came).toBe('FORBIDDEN_ACTION');
  expect(await states(sanction)).toEqual(STANDS);
  const force = (set: string, id: string) =>
    asOwner(college, 'archive', `update appeal set ${set} where id = $1`, [id]);
  await expect(force(`provincial_deadline = '2026-05-01'`, ordinary.row.id)).rejects.toThrow(
    'appeal_committee',
  );
  await expect(force(`provincial_outcome = 'REVOKE'`, row.id)).rejects.toThrow('appeal_provincial');
});

test('what waits for Student Affairs is counted: to seat, to follow, to record', async () => {
  const waiting = async (person: string): Promise<unknown> => {
    const query = '{ myTasks { kind count } }';
    const { data } = await college.request(person, query, { headers: REVIEW });
    const tasks = (data?.['myTasks'] ?? []) as { kind: string; count: number }[];
    return tasks.find(({ kind }) => kind === 'HANDLE_SANCTION_APPEALS')?.count ?? 0;
  };
  await asOwner(college, 'archive', `delete from notice where sanction_id is not null`);
  await asOwner(college, 'archive', `delete from appeal where kind = 'SANCTION'`);
  const [one, two] = [await served(), await served()];
  const { row } = await file(one.id);
  expect(await waiting(FIRST)).toBe(1);
  expect(await waiting('T0110')).toBe(0);
  await assign(row);
  expect(await waiting(FIRST)).toBe(0);
  const review = await underReview(two.id);
  await conclude(review, 'MODIFY');
  expect(await waiting(FIRST)).toBe(1);
});
