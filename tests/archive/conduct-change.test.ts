/** A bad record from its proposal to its end, by whom and when (G8.3, L-07, INV-02 … INV-04, T-01). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conductPlan, malicePlan, noticed } from '../change/conduct.plan.js';
import { newRecord } from '../change/appeal.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate as request, on, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { attentionOn, measureOn, restingStates } from '../support/resting.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'ConductRecord';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-13T10:00:00+08:00' });
});
afterAll(() => college.stop());

const mutate = (person: string, name: string, args: object, headers: object = REVIEW) =>
  request(college, person, { name, noun, args: { ...args } }, { ...headers });
const propose = async (more: object = {}, person = COLLEGE_ADMIN, headers: object = REVIEW) => {
  const args = { ...(await conductPlan.opening(college, STUDENT)), ...more };
  return mutate(person, 'proposeConductRecord', args, headers);
};
/** States of the pending and counting records that somebody reads. */
async function statesFor(person: string, id: string): Promise<unknown> {
  const fields = 'id state';
  const headers = person.startsWith('T') ? REVIEW : {};
  const query = `{ student(studentNo: "${STUDENT}") {
    pendingConduct { ${fields} } conductRecords { ${fields} } } }`;
  const { data } = await college.request(person, query, { headers });
  const lists = Object.values((data?.['student'] ?? {}) as Record<string, ChangedRow[] | null>);
  return lists.flatMap((list) => (list ?? []).filter((row) => row.id === id).map((r) => r.state));
}
const FINDING = { findingDocNo: 'SAO-1', legalBasis: '校规第12条' };

test('the number of a record that is closed says nothing: it may stand again (FG14, 3.7(15))', async () => {
  const states = ['DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED', 'SEALED', 'ACTIVE'];
  const came: string[] = [];
  for (const state of states) {
    const recordNo = `NO-${state}`;
    await newRecord(college, STUDENT, { source_id: recordNo, state });
    came.push((await propose({ recordNo })).came);
  }
  expect(came).toEqual([...states.slice(1).map(() => 'OK'), 'VALIDATION']);
  expect((await propose({ recordNo: 'NO-REVOKED' })).came).toBe('VALIDATION');
});

test('proposed, notified, heard, found, accepted: each by another, and only then it counts', async () => {
  const proposed = await propose();
  expect(proposed.came).toBe('OK');
  const { id } = proposed.row;
  // Before the notice it is known to nobody but those who propose and decide it (3.7(15)).
  expect(await statesFor(STUDENT, id)).toEqual([]);
  expect(await statesFor('T0101', id)).toEqual([]);
  expect(await statesFor(FIRST, id)).toEqual(['PROPOSED']);
  const early = await mutate(FIRST, 'findConductRecord', { ...on(proposed.row), ...FINDING });
  expect(early.came).toBe('STATE_CONFLICT');

  await deliverNotices(college);
  expect(await statesFor(STUDENT, id)).toEqual(['NOTIFIED']);
  const seen = { id, expectedVersion: 2 };
  const waiting = await mutate(FIRST, 'findConductRecord', { ...seen, ...FINDING });
  expect(waiting.answer.data).toMatchObject({
    findConductRecord: { errors: [{ code: 'STATE_CONFLICT', message: /陈述/ as unknown }] },
  });

  const notices = await college.request(STUDENT, '{ myNotices { id kind version subjectRef } }');
  const all = (notices.data?.['myNotices'] ?? []) as ChangedRow[];
  const own = all.find(({ subjectRef }) => String(subjectRef).endsWith(id));
  const statement = { name: 'fileStatement', noun: 'Notice', args: {} };
  const filed = await request(college, STUDENT, {
    ...statement,
    args: { id: own?.id, expectedVersion: own?.version, statement: 'it was an accident' },
  });
  expect(filed.came).toBe('OK');

  const found = await mutate(FIRST, 'findConductRecord', { ...seen, ...FINDING });
  expect(found.came).toBe('OK');
  expect(await statesFor('T0101', id)).toEqual([]);
  // The student is notified that it is to enter his archive, and only then it may (INV-03).
  expect((await mutate(SECOND, 'acceptConductRecord', on(found.row))).came).toBe('STATE_CONFLICT');
  await deliverNotices(college);
  expect((await mutate(FIRST, 'acceptConductRecord', on(found.row))).came).toBe('SOD_VIOLATION');
  const accepted = await mutate(SECOND, 'acceptConductRecord', on(found.row));
  expect([accepted.came, accepted.row.state]).toEqual(['OK', 'ACTIVE']);
  expect(await statesFor(STUDENT, id)).toEqual(['ACTIVE']);
  const [row] = await asOwner(
    college,
    'archive',
    `select recorded_by, approved_by, accepted_by, finding_doc_no, legal_basis, found_on::text
     from conduct_record where id = $1`,
    [id],
  );
  expect(row).toEqual({
    recorded_by: COLLEGE_ADMIN,
    approved_by: FIRST,
    accepted_by: SECOND,
    finding_doc_no: 'SAO-1',
    legal_basis: '校规第12条',
    found_on: '2026-04-13',
  });
});

test('before it is delivered, the notice is as unseen as what it is about (3.7(15))', async () => {
  const { row } = await propose();
  const { data } = await college.request(STUDENT, '{ myNotices { subjectRef } }');
  expect(JSON.stringify(data)).not.toContain(row.id);
});

test('after five working days nobody waits for a statement any more', async () => {
  college.clock.set('2026-04-13T10:00:00+08:00');
  const { row } = await propose();
  await deliverNotices(college);
  const seen = { id: row.id, expectedVersion: 2, ...FINDING };
  college.clock.set('2026-04-20T10:00:00+08:00');
  expect((await mutate(FIRST, 'findConductRecord', seen)).came).toBe('STATE_CONFLICT');
  college.clock.set('2026-04-21T10:00:00+08:00');
  expect((await mutate(FIRST, 'findConductRecord', seen)).came).toBe('OK');
});

test('dismissed before it was found, it is gone from everybody’s sight but the student’s', async () => {
  const { row } = await propose();
  await deliverNotices(college);
  const seen = { id: row.id, expectedVersion: 2 };
  const dismissed = await mutate(FIRST, 'dismissConductRecord', seen);
  expect([dismissed.came, dismissed.row]).toEqual(['OK', null]);
  expect(await statesFor(FIRST, row.id)).toEqual([]);
});

test.each([
  ['a code of another office', { indicatorCode: 'D1-05' }, 'indicatorCode'],
  ['a code of the Youth League', { indicatorCode: 'D6-05' }, 'indicatorCode'],
  ['a severity outside its range (INV-04)', { severity: new EnumValue('S4') }, 'severity'],
  ['a day to come', { occurredOn: '2026-12-31' }, 'occurredOn'],
  ['a last day before the first', { endedOn: '2026-01-09' }, 'endedOn'],
  ['no evidence (G2.2)', { evidenceDocNos: [] }, 'evidenceDocNos'],
])('%s is not proposed', async (_, wrong, path) => {
  const { answer } = await propose(wrong);
  expect(answer.data).toMatchObject({
    proposeConductRecord: { ok: false, errors: [{ code: 'VALIDATION', path: [path] }] },
  });
});

test('the college proposes of its own students, and the employment office of its matters', async () => {
  const foreign = await propose({ studentNo: '2025020415' });
  expect(foreign.came).toBe('NOT_FOUND');
  const absent = await propose({ studentNo: '2099999999' });
  expect(absent.answer).toEqual(foreign.answer);
  const youth = await propose({ indicatorCode: 'D6-05', recordNo: 'CYL-1' }, 'T0601', {});
  expect([youth.came, youth.row.state]).toEqual(['OK', 'PROPOSED']);
});

test('what a higher body decided revokes a record, by another than who recorded it (T-06)', async () => {
  // Who recorded the fact has not made the decision, and may carry it out.
  const id = await newRecord(college, STUDENT, { recorded_by: SECOND });
  const revoke = (person: string, version = 1, more: object = {}) =>
    mutate(person, 'revokeConductRecord', { id, expectedVersion: version, ...more });
  expect((await revoke(SECOND)).came).toBe('STATE_CONFLICT');
  const decision = { recordId: id, body: '教育厅', docNo: 'U-7', decidedOn: '2026-04-10' };
  const recorded = await request(
    college,
    FIRST,
    { name: 'recordUpperDecision', noun: 'UpperDecision', args: decision },
    REVIEW,
  );
  expect(recorded.came).toBe('OK');
  const resting = [
    await measureOn(college, STUDENT, [id]),
    await attentionOn(college, STUDENT, id),
  ];
  expect((await revoke(FIRST)).came).toBe('SOD_VIOLATION');
  const key = { clientMutationId: 'revoked-above' };
  const revoked = await revoke(SECOND, 1, key);
  expect([revoked.came, revoked.row]).toEqual(['OK', null]);
  expect(await statesFor(FIRST, id)).toEqual([]);
  // He does not see it any more by what he did himself: the same again is answered as at first.
  expect((await revoke(SECOND, 1, key)).answer).toEqual(revoked.answer);
  expect(await restingStates(college, resting)).toEqual(['ENDED', 'REMOVED']);
});

test('a bill that finance has deferred, or that a loan excuses, is never found malicious (T-01)', async () => {
  const actor = { role: 'SCHOOL_ADMIN', person: FIRST } as const;
  const finding = { ...FINDING, expectedVersion: 1 };
  const find = (id: string) => mutate(FIRST, 'findMalice', { id, ...finding });
  const billOf = async (id: string) => {
    const sql = `select bill_no from conduct_record where id = $1`;
    const [row] = await asOwner<{ bill_no: string }>(college, 'archive', sql, [id]);
    return row?.bill_no ?? '';
  };
  const deferred = await malicePlan.seed(college, STUDENT, 'NOTIFIED', actor, '');
  await put(college, 'finance', 'deferral', {
    bill_no: await billOf(deferred.id),
    student_no: STUDENT,
    reason: 'r',
    until: '2026-12-31',
    state: 'APPROVED',
    recorded_by: 'T0401',
    recorded_at: '2026-03-01T00:00:00Z',
    approved_by: 'T0402',
    approved_at: '2026-03-02T00:00:00Z',
  });
  expect((await find(deferred.id)).came).toBe('STATE_CONFLICT');

  const excused = await malicePlan.seed(college, STUDENT, 'NOTIFIED', actor, '');
  const { id: loan = '' } = await put(college, 'archive', 'loan_record', {
    student_no: STUDENT,
    loan_no: 'L-EXCUSE',
    kind: 'CAMPUS',
    contract_no_masked: '****1',
    bank_uscc: '91990000MA0000001C',
    principal_fen: 800_000,
    year: '2025',
    state: 'APPLIED',
    info_truth_check: 'PENDING',
    recorded_by: 'T0110',
    recorded_at: '2026-03-01T00:00:00Z',
    approved_by: 'T0001',
    approved_at: '2026-03-02T00:00:00Z',
  });
  expect((await find(excused.id)).came).toBe('STATE_CONFLICT');
  await asOwner(college, 'archive', `delete from loan_record where id = $1`, [loan]);
  expect((await find(excused.id)).came).toBe('OK');
});

test('a record whose last day has passed ends by itself, with its line in the log (4.5)', async () => {
  college.clock.set('2026-04-13T10:00:00+08:00');
  const old = await newRecord(college, STUDENT);
  const young = await newRecord(college, STUDENT);
  const sql = `update conduct_record set severity = 'S1', occurred_on = '2025-09-01',
    found_on = '2025-09-10', finding_on = '2025-09-10' where id = $1`;
  await asOwner(college, 'archive', sql, [old]);
  const resting = [
    await measureOn(college, STUDENT, [old]),
    await measureOn(college, STUDENT, [old, young]),
  ];
  await runJob(college, 'archive', 'expireRecords');
  await runJob(college, 'archive', 'expireRecords');
  expect(await statesFor(FIRST, old)).toEqual([]);
  expect(await restingStates(college, resting)).toEqual(['ENDED', 'IN_FORCE']);
  expect(await statesFor(FIRST, young)).toEqual(['ACTIVE']);
  const lines = await asOwner(
    college,
    'archive',
    `select actor, role, action from operation_log where target_id = $1`,
    [old],
  );
  expect(lines).toEqual([
    { actor: 'job:expireRecords', role: 'SYS_OPERATOR', action: 'conduct.expire' },
  ]);
});

test('nobody passes a notice that was not delivered, by SQL neither (INV-03)', async () => {
  const actor = { role: 'SCHOOL_ADMIN', person: FIRST } as const;
  const { id } = await conductPlan.seed(college, STUDENT, 'FOUND', actor, '');
  const force = (set: string) =>
    asOwner(college, 'archive', `update conduct_record set ${set} where id = $1`, [id]);
  await expect(force(`state = 'ACTIVE', notice_delivered_at = null`)).rejects.toThrow(
    'conduct_record_proven',
  );
  await expect(force(`state = 'ACTIVE', evidence = '[]'`)).rejects.toThrow('conduct_record_proven');
  await expect(force(`approved_by = recorded_by`)).rejects.toThrow('conduct_record_second_person');
  await expect(force(`accepted_by = approved_by, accepted_at = now()`)).rejects.toThrow(
    'conduct_record_third_person',
  );
  await asOwner(college, 'archive', `delete from notice_standing where subject_id = $1`, [id]);
  const refused = await mutate(SECOND, 'acceptConductRecord', { id, expectedVersion: 1 });
  expect(refused.came).toBe('STATE_CONFLICT');
  await noticed(college, 'archive', { type: 'ConductRecord', id, kind: 'RECORD' });
  const accepted = await mutate(SECOND, 'acceptConductRecord', { id, expectedVersion: 1 });
  expect(accepted.came).toBe('OK');
});
