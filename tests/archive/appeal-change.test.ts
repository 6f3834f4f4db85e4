/** An appeal from filing to its outcome, with what follows for the record and the credit (G14, 2.4). */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { newSanction } from '../change/sanction.plan.js';
import { bringReferences, CALLERS } from '../support/callers.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
  type Outcome,
} from '../support/mutate.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import { runJob } from '../support/jobs.js';
import { measureOn, restingStates } from '../support/resting.js';
import { asOwner, ownerOf, waitingOnLocks } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { until } from '../support/until.js';

const STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
/** Of Student Affairs in one test. */
const THIRD = 'T1201';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
});
afterAll(() => college.stop());

type Row = ChangedRow;

const mutate = (person: string, name: string, args: object, headers = {}): Promise<Outcome> =>
  request(college, person, { name, noun: 'Appeal', args: { ...args } }, headers);

const forAppeal = ({ id }: Row) => ({ 'x-purpose': 'APPEAL', 'x-reference': id });
const verdict = (outcome: string) => ({
  outcome: new EnumValue(outcome),
  decisionText: 'the reasons',
});

async function recordOf(id: string): Promise<unknown> {
  const [row] = await asOwner(
    college,
    'archive',
    `select state, disputed from conduct_record where id = $1`,
    [id],
  );
  return row;
}
const creditOf = async (): Promise<unknown> => {
  const { data } = await college.request(STUDENT, '{ me { student { credit { score grade } } } }');
  const { student } = (data?.['me'] ?? {}) as { student?: { credit: unknown } };
  return student?.credit;
};

async function fileOn(target: string): Promise<Row> {
  const { row } = await mutate(STUDENT, 'fileAppeal', {
    kind: new EnumValue('RECORD'),
    target,
    grounds: 'it was not me',
    requestedOutcome: new EnumValue('REVOKE'),
  });
  return row;
}

/** What a member of staff is offered to do with an appeal. */
async function offeredTo(person: string, id: string): Promise<unknown> {
  const query = `{ student(studentNo: "${STUDENT}") { appeals { id availableActions } } }`;
  const { data } = await college.request(person, query, { headers: REVIEW });
  const { appeals } = (data?.['student'] ?? {}) as { appeals?: Row[] };
  return appeals?.find((row) => row.id === id)?.['availableActions'];
}

/** Filed, accepted by the college, and handed to the office that owns the fact. */
async function routed(record: string): Promise<Row> {
  const filed = await fileOn(record);
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  const { row } = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(filed));
  return row;
}

test('accepted, its record is disputed; revoked by two persons, it counts no more', async () => {
  const record = await newRecord(college, STUDENT);
  const filed = await fileOn(record);
  expect(filed.state).toBe('FILED');
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  expect(await recordOf(record)).toEqual({ state: 'ACTIVE', disputed: true });
  const { row } = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(filed));
  expect(row.state).toBe('INVESTIGATING');

  const claimed = await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
  const proposed = await mutate(
    FIRST,
    'decideAppeal',
    { ...on(claimed.row), ...verdict('REVOKE') },
    forAppeal(row),
  );
  expect(proposed.row.state).toBe('REVOKE_PROPOSED');
  expect(await recordOf(record)).toEqual({ state: 'ACTIVE', disputed: true });
  const alone = await mutate(FIRST, 'confirmRevocation', on(proposed.row), REVIEW);
  expect(alone.came).toBe('SOD_VIOLATION');
  const measure = await measureOn(college, STUDENT, [record]);
  expect(await offeredTo(FIRST, filed.id)).toEqual([]);
  expect(await offeredTo(SECOND, filed.id)).toEqual([
    'appeal.confirmRevocation',
    'appeal.declineRevocation',
  ]);

  const confirm = { ...on(proposed.row), clientMutationId: randomUUID() };
  const confirmed = await mutate(SECOND, 'confirmRevocation', confirm, REVIEW);
  expect([confirmed.came, confirmed.row]).toEqual(['OK', null]);
  const again = await mutate(SECOND, 'confirmRevocation', confirm, REVIEW);
  expect(again.answer).toEqual(confirmed.answer);
  expect(await recordOf(record)).toEqual({ state: 'REVOKED', disputed: false });
  expect(await restingStates(college, [measure])).toEqual(['ENDED']);
  expect(await creditOf()).toEqual({ score: 10_000, grade: 'A' });
  const lines = await asOwner(
    college,
    'archive',
    `select action, basis from operation_log where target_id = $1 order by id`,
    [record],
  );
  expect(lines).toEqual([
    { action: 'appeal.accept', basis: `appeal.accept Appeal ${filed.id}` },
    { action: 'conduct.revoke', basis: `appeal.confirmRevocation Appeal ${filed.id}` },
  ]);
});

test('of two who decide on it at the same instant one wins, and the other is too late', async () => {
  await put(college, 'archive', 'admin_grant', {
    staff_no: THIRD,
    role: 'SCHOOL_ADMIN',
    org_code: 'SCHOOL',
    valid_from: '2026-01-01T00:00:00Z',
    state: 'ACTIVE',
    ...RECORDED,
  });
  const asThird = { ...REVIEW, 'x-role': 'SCHOOL_ADMIN' };
  const record = await newRecord(college, STUDENT);
  const row = await routed(record);
  const claims = await Promise.all([
    mutate(FIRST, 'claimAppeal', on(row), REVIEW),
    mutate(SECOND, 'claimAppeal', on(row), REVIEW),
  ]);
  expect(claims.map(({ came }) => came).toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
  const [handler, other] = claims[0]?.came === 'OK' ? [FIRST, SECOND] : [SECOND, FIRST];
  const claimed = claims.find(({ came }) => came === 'OK')!.row;
  const { row: proposed } = await mutate(
    handler,
    'decideAppeal',
    { ...on(claimed), ...verdict('REVOKE') },
    forAppeal(row),
  );
  // Not confirmed by either: what is revoked would be out of sight for the second (3.7(15)).
  const decisions = await Promise.all([
    mutate(other, 'declineRevocation', on(proposed), REVIEW),
    mutate(THIRD, 'declineRevocation', on(proposed), asThird),
  ]);
  expect(decisions.map(({ came }) => came).toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
  expect(await recordOf(record)).toEqual({ state: 'ACTIVE', disputed: true });
  const lines = `select count(*)::int as count from operation_log where target_id = $1
    and action = 'appeal.declineRevocation'`;
  expect(await asOwner(college, 'archive', lines, [row.id])).toEqual([{ count: 1 }]);
});

/** What the student is offered to do with an appeal of his. */
async function ownActions(id: string): Promise<unknown> {
  const { data } = await college.request(
    STUDENT,
    '{ me { student { appeals { id availableActions } } } }',
  );
  const me = data?.['me'] as { student: { appeals: (Row & { availableActions: unknown })[] } };
  return me.student.appeals.find((row) => row.id === id)?.availableActions;
}

test('rejected, its record counts as before; it is reviewed further once', async () => {
  const record = await newRecord(college, STUDENT);
  const row = await routed(record);
  const claimed = await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
  const reject = { ...on(claimed.row), ...verdict('REJECT') };
  const rejected = await mutate(FIRST, 'decideAppeal', reject, forAppeal(row));
  expect(rejected.row.state).toBe('DECIDED');
  expect(await recordOf(record)).toEqual({ state: 'ACTIVE', disputed: false });

  const further = await mutate(STUDENT, 'escalateAppeal', on(rejected.row));
  expect(further.row.state).toBe('ESCALATED');
  expect(await recordOf(record)).toEqual({ state: 'ACTIVE', disputed: true });
  // A further review is another person's, from the first step on (INV-02).
  expect((await mutate(FIRST, 'claimAppeal', on(further.row), REVIEW)).came).toBe('SOD_VIOLATION');
  const taken = await mutate(SECOND, 'claimAppeal', on(further.row), REVIEW);
  expect([taken.came, taken.row.state]).toEqual(['OK', 'ESCALATED']);
  const again = { ...on(taken.row), ...verdict('REJECT') };
  const last = await mutate(SECOND, 'decideAppeal', again, forAppeal(row));
  expect(last.came).toBe('OK');
  expect((await mutate(STUDENT, 'escalateAppeal', on(last.row))).came).toBe('STATE_CONFLICT');
  expect(await ownActions(row.id)).toEqual([]);
});

test('what was rejected is offered to be taken further, what was modified is not', async () => {
  const decided = async (outcome: string) => {
    const row = await routed(await newRecord(college, STUDENT));
    const claimed = await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
    const args = { ...on(claimed.row), ...verdict(outcome) };
    await mutate(FIRST, 'decideAppeal', args, forAppeal(row));
    return ownActions(row.id);
  };
  expect([await decided('REJECT'), await decided('MODIFY')]).toEqual([['appeal.escalate'], []]);
});

test('a rejected one is taken further within 20 days, and closed after them (2.4)', async () => {
  const rejectedOn = async (at: string) => {
    college.clock.set(at);
    const row = await routed(await newRecord(college, STUDENT));
    const claimed = await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
    const reject = { ...on(claimed.row), ...verdict('REJECT') };
    return (await mutate(FIRST, 'decideAppeal', reject, forAppeal(row))).row;
  };
  const stateOf = async ({ id }: Row) =>
    (
      await asOwner<{ state: string }>(
        college,
        'archive',
        'select state from appeal where id = $1',
        [id],
      )
    )[0]?.state;
  const waits = await rejectedOn('2026-04-12T10:00:00+08:00');
  const other = await rejectedOn('2026-04-12T10:00:00+08:00');
  college.clock.set('2026-05-02T23:00:00+08:00');
  await runJob(college, 'archive', 'closeAppeals');
  expect([await stateOf(waits), await stateOf(other)]).toEqual(['DECIDED', 'DECIDED']);
  expect((await mutate(STUDENT, 'escalateAppeal', on(other))).came).toBe('OK');
  college.clock.set('2026-05-03T00:30:00+08:00');
  expect((await mutate(STUDENT, 'escalateAppeal', on(waits))).came).toBe('DEADLINE_PASSED');
  await runJob(college, 'archive', 'closeAppeals');
  await runJob(college, 'archive', 'closeAppeals');
  expect([await stateOf(waits), await stateOf(other)]).toEqual(['CLOSED', 'ESCALATED']);
  college.clock.set('2026-04-12T10:00:00+08:00');
});

test('whoever rejected an appeal does not decide on its further review, even with it in hand', async () => {
  const row = await routed(await newRecord(college, STUDENT));
  const claimed = await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
  const reject = { ...on(claimed.row), ...verdict('REJECT') };
  const rejected = await mutate(FIRST, 'decideAppeal', reject, forAppeal(row));
  const further = await mutate(STUDENT, 'escalateAppeal', on(rejected.row));
  await asOwner(college, 'archive', `update appeal set handler_no = $1 where id = $2`, [
    FIRST,
    row.id,
  ]);
  const again = { ...on(further.row), ...verdict('REJECT') };
  const own = await mutate(FIRST, 'decideAppeal', again, forAppeal(row));
  expect(own.came).toBe('SOD_VIOLATION');
  const taken = await mutate(SECOND, 'claimAppeal', on(further.row), REVIEW);
  const revoke = { ...on(taken.row), ...verdict('REVOKE') };
  const proposed = await mutate(SECOND, 'decideAppeal', revoke, forAppeal(row));
  expect(proposed.row.state).toBe('REVOKE_PROPOSED');
  const confirmed = await mutate(FIRST, 'confirmRevocation', on(proposed.row), REVIEW);
  expect(confirmed.came).toBe('SOD_VIOLATION');
});

test('who recorded or approved the fact neither takes the appeal in hand nor decides on it (INV-02)', async () => {
  const record = await newRecord(college, STUDENT);
  await asOwner(
    college,
    'archive',
    `update conduct_record set recorded_by = 'T0301', approved_by = $1, approved_at = now()
     where id = $2`,
    [FIRST, record],
  );
  const filed = await fileOn(record);
  for (const name of ['acceptAppeal', 'declineAppeal'])
    expect((await mutate(FIRST, name, on(filed), REVIEW)).came).toBe('SOD_VIOLATION');
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  const { row } = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(filed));
  expect((await mutate(FIRST, 'claimAppeal', on(row), REVIEW)).came).toBe('SOD_VIOLATION');
  const claimed = await mutate(SECOND, 'claimAppeal', on(row), REVIEW);
  await asOwner(college, 'archive', 'update appeal set handler_no = $1 where id = $2', [
    FIRST,
    row.id,
  ]);
  const reject = { ...on(claimed.row), ...verdict('REJECT') };
  expect((await mutate(FIRST, 'decideAppeal', reject, forAppeal(row))).came).toBe('SOD_VIOLATION');
});

test('who has declared a relation to the student takes no step of his appeal (F-02)', async () => {
  const declare = () =>
    put(college, 'archive', 'relation_declaration', {
      staff_no: COLLEGE_ADMIN,
      student_no: STUDENT,
      kind: 'RELATIVE',
      declared_on: '2026-04-01',
    });
  const undo = () => asOwner(college, 'archive', 'delete from relation_declaration');
  onTestFinished(async () => void (await undo()));
  const filed = await fileOn(await newRecord(college, STUDENT));
  await declare();
  for (const name of ['acceptAppeal', 'declineAppeal'])
    expect((await mutate(COLLEGE_ADMIN, name, on(filed), REVIEW)).came).toBe('SOD_VIOLATION');
  await undo();
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  await declare();
  const route = () => mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(filed));
  expect((await route()).came).toBe('SOD_VIOLATION');
  await undo();
  expect((await route()).came).toBe('OK');
});

describe('A decision that is requested again', () => {
  const STUDENT_QUERY = `{ student(studentNo: "${STUDENT}") { name } }`;
  const LIST_QUERY = '{ students { nodes { studentNo } } }';
  const start = Date.parse('2026-04-12T10:00:00+08:00');
  const pass = (seconds: number) =>
    college.clock.set(new Date(start + seconds * 1000).toISOString());

  /** An appeal that somebody of Student Affairs has in hand, and how he decides it. */
  async function inHandOf(person: string, outcome: string) {
    const record = await newRecord(college, STUDENT);
    const row = await routed(record);
    const claimed = await mutate(person, 'claimAppeal', on(row), REVIEW);
    const args = {
      ...on(claimed.row),
      ...verdict(outcome),
      clientMutationId: randomUUID(),
    };
    const decide = (more: object = {}) =>
      mutate(person, 'decideAppeal', { ...args, ...more }, forAppeal(row));
    return { record, row, decide };
  }
  const linesOf = async ({ id }: Row) =>
    (
      await asOwner(
        college,
        'archive',
        `select 1 from operation_log where target_id = $1 and action = 'appeal.decide'`,
        [id],
      )
    ).length;

  afterEach(() => pass(0));

  test.each(['REJECT', 'MODIFY', 'REVOKE'])(
    '%s answers with the row as it is, and is done once',
    async (outcome) => {
      const { row, decide } = await inHandOf(FIRST, outcome);
      const first = await decide();
      expect(first.came).toBe('OK');
      // Past what the gateway keeps of a person.
      pass(10);
      expect((await decide()).answer).toEqual(first.answer);
      expect(await linesOf(row)).toBe(1);
      const other = await decide({ decisionText: 'other reasons' });
      expect(refusalsOf(other, 'decideAppeal')).toEqual(['VALIDATION clientMutationId']);
      const anew = await decide({ clientMutationId: randomUUID() });
      expect(anew.came).toBe('NOT_FOUND');
    },
  );

  test('at the same instant both are answered alike, and it is done once', async () => {
    const { row, decide } = await inHandOf(FIRST, 'REJECT');
    const [one, two] = await Promise.all([decide(), decide()]);
    expect(one.came).toBe('OK');
    expect(two.answer).toEqual(one.answer);
    expect(await linesOf(row)).toBe(1);
  });

  test('nobody is read for it, by him or another one', async () => {
    const { row, decide } = await inHandOf(FIRST, 'REJECT');
    const read = async (person: string) => {
      const options = { headers: forAppeal(row) };
      const one = await college.request(person, STUDENT_QUERY, options);
      const all = await college.request(person, LIST_QUERY, options);
      return [one, all].map(({ data, errors }) => [data, errors?.[0]?.extensions['code']]);
    };
    expect(await read(FIRST)).toEqual([
      [{ student: { name: '李思源' } }, undefined],
      [{ students: { nodes: [{ studentNo: STUDENT }] } }, undefined],
    ]);
    await decide();
    pass(10);
    expect(await read(FIRST)).toEqual([
      [{ student: null }, 'NOT_FOUND'],
      [{ students: { nodes: [] } }, undefined],
    ]);
    expect(await read(SECOND)).toEqual([
      [undefined, 'PURPOSE_REQUIRED'],
      [undefined, 'PURPOSE_REQUIRED'],
    ]);
  });

  test('a record that is closed stays closed to it, as it is to everybody without the purpose', async () => {
    const { record, decide } = await inHandOf(FIRST, 'REJECT');
    expect((await decide()).came).toBe('OK');
    await asOwner(college, 'archive', `update conduct_record set state = 'EXPIRED' where id = $1`, [
      record,
    ]);
    pass(10);
    expect((await decide()).came).toBe('NOT_FOUND');
  });

  test('five minutes later, or once the further review was requested, the reference is over', async () => {
    const { row, decide } = await inHandOf(FIRST, 'REJECT');
    const decided = await decide();
    pass(299);
    expect((await decide()).came).toBe('OK');
    pass(300);
    expect((await decide()).came).toBe('PURPOSE_REQUIRED');
    pass(10);
    expect((await mutate(STUDENT, 'escalateAppeal', on(decided.row))).came).toBe('OK');
    expect((await decide()).came).toBe('PURPOSE_REQUIRED');
    expect(await linesOf(row)).toBe(1);
  });
});

test.each([
  ['another one’s', (row: Row) => row.id],
  ['that there is not', () => randomUUID()],
  ['that is no number', () => 'appeal-1'],
])('a reference %s is refused in the same words, which say what to do', async (_, reference) => {
  const row = await routed(await newRecord(college, STUDENT));
  await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
  const args = { ...on(row), ...verdict('REJECT') };
  const headers = { 'x-purpose': 'APPEAL', 'x-reference': reference(row) };
  const { answer } = await mutate(SECOND, 'decideAppeal', args, headers);
  expect(answer).toEqual({
    errors: [
      {
        message:
          '请说明用途及其依据。 Name the purpose and the reference that it needs. x-reference: 不是您手中未办结的事项，请先受理或认领。 It names no open task of yours: accept or claim it first.',
        extensions: { code: 'PURPOSE_REQUIRED' },
      },
    ],
  });
});

test('an appeal that was handed to another office is not the college’s any more', async () => {
  const row = await routed(await newRecord(college, STUDENT));
  const claimed = await mutate(COLLEGE_ADMIN, 'claimAppeal', on(row), REVIEW);
  expect(claimed.came).toBe('FORBIDDEN_ACTION');
});

test('an action that needs another purpose says which', async () => {
  const filed = await fileOn(await newRecord(college, STUDENT));
  const { answer } = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(filed), REVIEW);
  expect(answer.errors?.[0]?.extensions).toMatchObject({
    code: 'PURPOSE_REQUIRED',
    purpose: 'APPEAL',
  });
});

test('one appeal at a time against one record; withdrawn, the next may come', async () => {
  const record = await newRecord(college, STUDENT);
  const filed = await fileOn(record);
  const second = await mutate(STUDENT, 'fileAppeal', {
    kind: new EnumValue('RECORD'),
    target: record,
    grounds: 'once more',
    requestedOutcome: new EnumValue('MODIFY'),
  });
  expect(second.came).toBe('STATE_CONFLICT');
  expect((await mutate(STUDENT, 'withdrawAppeal', on(filed))).row.state).toBe('WITHDRAWN');
  expect((await fileOn(record)).state).toBe('FILED');
});

const ENDED = [
  // By a decision from above, before anybody has accepted the appeal, and while two people revoke it.
  ['FILED', 'REVOKED', '“已撤销”', '“Revoked”'],
  ['REVOKE_PROPOSED', 'REVOKED', '“已撤销”', '“Revoked”'],
  // By the end of its time, in somebody's hand.
  ['INVESTIGATING', 'EXPIRED', '“已到期”', '“Expired”'],
] as const;

describe('An appeal whose record counts no more', () => {
  const own = (id: string) =>
    college
      .request(
        STUDENT,
        `{ me { student { appeals { appealId state outcome decisionText availableActions }
        notices { kind appealId: subjectRef } } } }`,
      )
      .then(({ data }) => {
        const { student } = (data as { me: unknown }).me as {
          student: {
            appeals: { appealId: string }[];
            notices: { kind: string; appealId: string }[];
          };
        };
        return {
          appeal: student.appeals.find(({ appealId }) => appealId === id),
          notices: student.notices.filter(({ appealId }) => appealId?.includes(id)),
        };
      });

  test.each(ENDED)(
    '(%s, the record %s) ends, and its student reads why',
    async (state, ...rest) => {
      const [over, zh, en] = rest;
      const record = await newRecord(college, STUDENT);
      const filed = await fileOn(record);
      const run = (sql: string) => asOwner(college, 'archive', sql, [filed.id]);
      if (state === 'REVOKE_PROPOSED')
        await run(`update appeal set state = 'REVOKE_PROPOSED', outcome = 'REVOKE',
        decision_text = 'to be revoked', handler_no = 'T0001' where id = $1`);
      else
        await asOwner(college, 'archive', 'update appeal set state = $2 where id = $1', [
          filed.id,
          state,
        ]);
      await asOwner(
        college,
        'archive',
        'update conduct_record set state = $2, disputed = true where id = $1',
        [record, over],
      );
      expect((await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW)).came).toBe(
        'NOT_FOUND',
      );
      await runJob(college, 'archive', 'lapseAppeals');
      // A job may run twice.
      await runJob(college, 'archive', 'lapseAppeals');
      await runJob(college, 'archive', 'deliverNotices');
      expect(await own(filed.id)).toEqual({
        appeal: {
          appealId: filed.id,
          state: 'LAPSED',
          outcome: null,
          decisionText: `所涉记录的状态为${zh}，不再计入（2026-04-12）：本申诉无须再作决定。 The record is ${en} and counts no more (2026-04-12): nothing is left of the appeal to decide.`,
          availableActions: [],
        },
        notices: [{ kind: 'APPEAL_LAPSED', appealId: `archive:Appeal:${filed.id}` }],
      });
      expect(await recordOf(record)).toEqual({ state: over, disputed: false });
      // Restored, it is appealed against anew.
      await asOwner(
        college,
        'archive',
        `update conduct_record set state = 'ACTIVE' where id = $1`,
        [record],
      );
      expect((await fileOn(record)).state).toBe('FILED');
    },
  );

  test('ends without a word once the record is sealed, of which its student reads nothing (T-03)', async () => {
    const record = await newRecord(college, STUDENT);
    const filed = await fileOn(record);
    const seal = `update conduct_record set state = 'SEALED' where id = $1`;
    await asOwner(college, 'archive', seal, [record]);
    await runJob(college, 'archive', 'lapseAppeals');
    await runJob(college, 'archive', 'deliverNotices');
    expect(await own(filed.id)).toEqual({ appeal: undefined, notices: [] });
    expect(
      await asOwner(
        college,
        'archive',
        `select state, (select count(*)::int from notice n where n.subject_id = p.id::text) as notices
         from appeal p where p.id = $1`,
        [filed.id],
      ),
    ).toEqual([{ state: 'LAPSED', notices: 0 }]);
  });

  test('is not reviewed further either, and one whose record counts goes on', async () => {
    const record = await newRecord(college, STUDENT);
    const filed = await fileOn(record);
    await asOwner(
      college,
      'archive',
      `update appeal set state = 'DECIDED', outcome = 'REJECT', decision_text = 'rejected',
         handler_no = 'T0001', decided_on = '2026-04-12' where id = $1`,
      [filed.id],
    );
    const other = await fileOn(await newRecord(college, STUDENT));
    await asOwner(college, 'archive', `update conduct_record set state = 'LIFTED' where id = $1`, [
      record,
    ]);
    await runJob(college, 'archive', 'lapseAppeals');
    const escalated = await mutate(STUDENT, 'escalateAppeal', on(filed));
    expect(escalated.came).toBe('STATE_CONFLICT');
    expect(
      await asOwner(
        college,
        'archive',
        'select state from appeal where id = any($1) order by state',
        [[filed.id, other.id]],
      ),
    ).toEqual([{ state: 'DECIDED' }, { state: 'FILED' }]);
  });
});

test.each(['gpa', 'constructor', '__proto__', 'toString', ''])(
  'an appeal against %o, which is no item of the profile, is refused, and none is made',
  async (target) => {
    const appeals = () => asOwner(college, 'archive', `select id from appeal order by id`);
    const before = await appeals();
    const { answer } = await mutate(STUDENT, 'fileAppeal', {
      kind: new EnumValue('PROFILE'),
      target,
      grounds: 'another one',
      requestedOutcome: new EnumValue('MODIFY'),
    });
    expect(answer.data?.['fileAppeal']).toEqual({
      ok: false,
      errors: [
        {
          code: 'VALIDATION',
          path: ['target'],
          message: `输入有误。 The input is not valid. ${[
            '不是可申诉的信息项，可填 name（姓名）、college（学院）、classCode（班级）、majorCode（专业）、cohort（年级）、scope（培养类型）、enrolmentStatus（学籍状态）、enrolledOn（入学日期）、sex（性别）、birthDate（出生日期）、ethnicCode（民族）、politicalStatus（政治面貌）、nativePlace（籍贯）、idNumber（证件号码）。',
            'Not an item that may be appealed against; name one of name, college, classCode, majorCode, cohort, scope, enrolmentStatus, enrolledOn, sex, birthDate, ethnicCode, politicalStatus, nativePlace, idNumber.',
          ].join(' ')}`,
        },
      ],
      appeal: null,
    });
    expect(await appeals()).toEqual(before);
  },
);

test('an item of the profile is named by its field, and its appeal is the college’s (SC-01)', async () => {
  const file = (target: string) =>
    mutate(STUDENT, 'fileAppeal', {
      kind: new EnumValue('PROFILE'),
      target,
      grounds: 'another major',
      requestedOutcome: new EnumValue('MODIFY'),
    });
  expect((await file('gpa')).answer.data?.['fileAppeal']).toMatchObject({
    ok: false,
    errors: [{ code: 'VALIDATION', path: ['target'] }],
  });
  const { row } = await file('majorCode');
  const other = await mutate('T0210', 'acceptAppeal', on(row), REVIEW);
  expect(other.came).toBe('NOT_FOUND');
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(row), REVIEW);
  // A profile item is routed to nobody else: the college inquires and decides.
  const inquiry = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(row));
  const reject = { ...on(inquiry.row), ...verdict('REJECT') };
  const decided = await mutate(COLLEGE_ADMIN, 'decideAppeal', reject, forAppeal(row));
  expect(decided.row.state).toBe('DECIDED');
});

test('what the college rejected, Student Affairs decides on its further review', async () => {
  const { row } = await mutate(STUDENT, 'fileAppeal', {
    kind: new EnumValue('PROFILE'),
    target: 'cohort',
    grounds: 'I entered a year later',
    requestedOutcome: new EnumValue('MODIFY'),
  });
  const accepted = await mutate(COLLEGE_ADMIN, 'acceptAppeal', on(row), REVIEW);
  const inquiry = await mutate(COLLEGE_ADMIN, 'routeAppeal', on(accepted.row), forAppeal(row));
  const reject = { ...on(inquiry.row), ...verdict('REJECT') };
  const rejected = await mutate(COLLEGE_ADMIN, 'decideAppeal', reject, forAppeal(row));
  const further = await mutate(STUDENT, 'escalateAppeal', on(rejected.row));
  const late = await mutate(COLLEGE_ADMIN, 'claimAppeal', on(further.row), REVIEW);
  expect(late.came).toBe('FORBIDDEN_ACTION');
  const taken = await mutate(FIRST, 'claimAppeal', on(further.row), REVIEW);
  const modify = { ...on(taken.row), ...verdict('MODIFY'), corrected: '2025' };
  const decided = await mutate(FIRST, 'decideAppeal', modify, forAppeal(row));
  expect([decided.came, decided.row.state]).toEqual(['OK', 'DECIDED']);
  const { data } = await college.request(STUDENT, '{ me { student { cohort } } }');
  expect(data).toEqual({ me: { student: { cohort: 2025 } } });
});

test('a student is locked before his rows, as imports lock them', async () => {
  const filed = await fileOn(await newRecord(college, STUDENT));
  const [holder, looker] = [await ownerOf(college, 'archive'), await ownerOf(college, 'archive')];
  onTestFinished(async () => void (await Promise.all([holder.end(), looker.end()])));
  await holder.query('begin');
  await holder.query('select 1 from student where student_no = $1 for no key update', [STUDENT]);
  const accepting = mutate(COLLEGE_ADMIN, 'acceptAppeal', on(filed), REVIEW);
  await until(async () => (await waitingOnLocks(looker)).length === 1);
  const free = await looker.query('select 1 from appeal where id = $1 for update skip locked', [
    filed.id,
  ]);
  expect(free.rowCount).toBe(1);
  await holder.query('rollback');
  expect((await accepting).came).toBe('OK');
});

test('the operation log says why, to whoever reads it, and keeps no reason in clear', async () => {
  const filed = await fileOn(await newRecord(college, STUDENT));
  const reason = 'the act lies too far back';
  await mutate(COLLEGE_ADMIN, 'declineAppeal', { ...on(filed), reason }, REVIEW);
  const { data } = await college.request(
    STUDENT,
    '{ operationLog(first: 1) { edges { node { action reason } } } }',
  );
  expect(data?.['operationLog']).toEqual({
    edges: [{ node: { action: 'appeal.decline', reason } }],
  });
  const stored = await asOwner(college, 'archive', `select * from operation_log`);
  expect(JSON.stringify(stored)).not.toContain(reason);
});

describe('The list of what waits', () => {
  interface Listed {
    readonly nodes: readonly {
      readonly id: string;
      readonly kind: string;
      readonly state: string;
      readonly dueOn: string;
      readonly student: { readonly studentNo: string } | null;
    }[];
    readonly pageInfo: { readonly endCursor: string | null };
  }
  const listFor = async (person: string | null, args = '', headers: object = REVIEW) => {
    const query = `{ appealQueue(first: 100${args}) {
        nodes { id kind state dueOn student { studentNo } } pageInfo { endCursor } }
      myTasks { kind count dueOn } }`;
    const { data } = await college.request(person, query, { headers: { ...headers } });
    return data as {
      appealQueue: Listed | null;
      myTasks: { kind: string; count: number; dueOn: string | null }[] | null;
    } | null;
  };
  const nodesFor = async (...request: Parameters<typeof listFor>) =>
    (await listFor(...request))?.appealQueue?.nodes ?? [];
  const found = async (...request: Parameters<typeof listFor>) =>
    (await nodesFor(...request)).map(({ kind, state, dueOn }) => `${kind} ${state} ${dueOn}`);
  const actedOn = async (person: string | null, headers: object) => {
    const query = `{ student(studentNo: "${STUDENT}") { appeals { id availableActions } } }`;
    const { data } = await college.request(person, query, { headers: { ...headers } });
    const { appeals } = (data?.['student'] ?? {}) as { appeals?: (Row | null)[] | null };
    return (appeals ?? []).flatMap((row) =>
      (row?.['availableActions'] as string[] | null)?.length ? [row?.id] : [],
    );
  };
  const file = (dueOn: string, more: Readonly<Record<string, string | readonly string[]>>) =>
    put(college, 'archive', 'appeal', {
      student_no: STUDENT,
      kind: 'PROFILE',
      target_subgraph: 'archive',
      target_typename: 'Student',
      target_id: randomUUID(),
      target_office: 'SAO',
      target_groups: ['IDENTITY'],
      grounds: 'grounds',
      requested_outcome: 'MODIFY',
      filed_at: '2026-04-10T00:00:00Z',
      handler_office: 'COL',
      due_on: dueOn,
      state: 'FILED',
      recorded_at: '2026-04-10T00:00:00Z',
      ...more,
    });
  const against = async (office: string, group: string, handler: string, dueOn: string) => {
    const record = await newRecord(college, STUDENT, {
      source_office: office,
      origin_group: group,
      recorded_by: 'T0301',
      approved_by: 'T9998',
      approved_at: '2026-01-20T00:00:00Z',
    });
    await file(dueOn, {
      kind: 'RECORD',
      target_typename: 'ConductRecord',
      target_id: record,
      target_office: office,
      target_groups: ['BAD_CONDUCT', group],
      record_id: record,
      handler_office: handler,
      state: 'INVESTIGATING',
    });
    return record;
  };
  let ofAcademics: string;

  beforeAll(async () => {
    await bringReferences(college);
    await asOwner(college, 'archive', 'delete from appeal');
    await file('2026-05-05', {});
    await file('2026-05-03', { state: 'INVESTIGATING' });
    await file('2026-05-02', {
      state: 'WITHDRAWN',
    });
    // What the college may not see stands in no list of it (2.4).
    await file('2026-04-20', { target_groups: ['PHONE_BILLS'] });
    await file('2026-05-01', { state: 'ESCALATED', handler_office: 'SAO' });
    await against('SEC', 'BAD_CONDUCT', 'SEC', '2026-05-04');
    ofAcademics = await against('AAO', 'ACADEMIC_MISCONDUCT', 'SAO', '2026-05-06');
    const { id } = await newSanction(college, STUDENT, 'APPEALED');
    await file('2026-04-28', {
      kind: 'SANCTION',
      target_typename: 'Sanction',
      target_id: id,
      target_groups: ['SANCTION_FILES'],
      sanction_id: id,
      handler_office: 'SAC',
    });
  });

  const WAITS: Readonly<Record<string, readonly string[]>> = {
    COLLEGE_ADMIN: ['PROFILE INVESTIGATING 2026-05-03', 'PROFILE FILED 2026-05-05'],
    SCHOOL_ADMIN: [
      'SANCTION FILED 2026-04-28',
      'PROFILE ESCALATED 2026-05-01',
      'RECORD INVESTIGATING 2026-05-06',
    ],
    // It answers, wherever the appeal lies.
    AAO_REVIEWER: ['RECORD INVESTIGATING 2026-05-06'],
    SEC_REVIEWER: ['RECORD INVESTIGATING 2026-05-04'],
  };

  test('has for each role what it reads and may act on at the student, and no more', async () => {
    for (const [role, person, headers] of CALLERS) {
      expect([role, await found(person, '', headers)]).toEqual([role, WAITS[role] ?? []]);
      if (role === 'STU_SELF') continue;
      const page = await listFor(person, '', headers);
      const nodes = page?.appealQueue?.nodes ?? [];
      expect(nodes.filter(({ student }) => student?.studentNo !== STUDENT)).toEqual([]);
      const filed = await nodesFor(person, ', state: FILED', headers);
      const listed = new Set([...nodes, ...filed].map(({ id }) => id));
      expect([role, listed]).toEqual([role, new Set(await actedOn(person, headers))]);
      const plain = nodes.filter(({ kind }) => kind !== 'SANCTION');
      const tasks = page?.myTasks?.filter(({ kind }) => kind === 'DECIDE_APPEALS') ?? [];
      const expected = { kind: 'DECIDE_APPEALS', count: plain.length, dueOn: plain[0]?.dueOn };
      expect([role, tasks]).toEqual([role, plain.length ? [expected] : []]);
    }
    expect(await found('T0210')).toEqual([]);
  });

  test('is narrowed by kind and state; what Student Affairs may take on is found by its state', async () => {
    expect(await found(FIRST, ', state: FILED')).toEqual([
      'SANCTION FILED 2026-04-28',
      'PROFILE FILED 2026-05-05',
    ]);
    expect(await found(FIRST, ', kind: PROFILE')).toEqual(['PROFILE ESCALATED 2026-05-01']);
    expect(await found(COLLEGE_ADMIN, ', state: WITHDRAWN')).toEqual([]);
    expect(await found(COLLEGE_ADMIN, ', kind: SANCTION')).toEqual([]);
  });

  test('is paged under cursors of this list and caller, in as many statements for one row as for all', async () => {
    const read = (args: string) =>
      countStatements(() =>
        college.request(FIRST, `{ appealQueue(${args}) { nodes { id } pageInfo { endCursor } } }`, {
          headers: REVIEW,
        }),
      );
    await read('first: 1');
    const [one, all] = [await read('first: 1'), await read('first: 100')];
    const page = one.result.data?.['appealQueue'] as Listed;
    const whole = all.result.data?.['appealQueue'] as Listed;
    expect(all.byOffice).toEqual(one.byOffice);
    const after = `, after: "${page.pageInfo.endCursor}"`;
    expect((await nodesFor(FIRST, after)).map(({ id }) => id)).toEqual(
      whole.nodes.slice(1).map(({ id }) => id),
    );
    expect((await listFor(FIRST, `${after}, kind: RECORD`))?.appealQueue).toBeNull();
    expect((await listFor(SECOND, after))?.appealQueue).toBeNull();
  });

  test('has nothing of what the caller recorded, approved or decided before, nor of his relatives', async () => {
    const [reviewer, waits] = ['T0302', ['RECORD INVESTIGATING 2026-05-06']];
    const approve = `update conduct_record set approved_by = $1 where id = $2`;
    await asOwner(college, 'archive', approve, [reviewer, ofAcademics]);
    expect(await found(reviewer, '', {})).toEqual([]);
    expect(await found(FIRST, ', kind: RECORD')).toEqual(waits);
    await asOwner(college, 'archive', approve, [FIRST, ofAcademics]);
    expect([await found(reviewer, '', {}), await found(FIRST, ', kind: RECORD')]).toEqual([
      waits,
      [],
    ]);

    const row = await routed(await newRecord(college, STUDENT));
    const idsFor = async (person: string) => (await nodesFor(person)).map(({ id }) => id);
    const claimed = await mutate(FIRST, 'claimAppeal', on(row), REVIEW);
    const revoke = { ...on(claimed.row), ...verdict('REVOKE') };
    const proposed = await mutate(FIRST, 'decideAppeal', revoke, forAppeal(row));
    expect(await idsFor(FIRST)).not.toContain(row.id);
    expect(await idsFor(SECOND)).toContain(row.id);
    const back = await mutate(SECOND, 'declineRevocation', on(proposed.row), REVIEW);
    expect(await idsFor(FIRST)).toContain(row.id);
    const again = await mutate(SECOND, 'claimAppeal', on(back.row), REVIEW);
    const reject = { ...on(again.row), ...verdict('REJECT') };
    const rejected = await mutate(SECOND, 'decideAppeal', reject, forAppeal(row));
    await mutate(STUDENT, 'escalateAppeal', on(rejected.row));
    // Both decided on it before the further review.
    expect(await idsFor(SECOND)).not.toContain(row.id);
    expect(await idsFor(FIRST)).not.toContain(row.id);

    await put(college, 'archive', 'relation_declaration', {
      staff_no: COLLEGE_ADMIN,
      student_no: STUDENT,
      kind: 'RELATIVE',
      declared_on: '2026-04-01',
    });
    expect(await listFor(COLLEGE_ADMIN)).toMatchObject({ appealQueue: { nodes: [] }, myTasks: [] });
  });
});
