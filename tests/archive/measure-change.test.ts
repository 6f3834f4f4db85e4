/** Measures and key attention: on records, from the list, after a notice, and with their records' end (L-15 … L-17). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { listMeasure, LISTED } from '../support/measure-list.js';
import { mutate as request, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';

const STUDENT = '2024010317';
const OTHER = '2024010305';
const [COLLEGE_ADMIN, FIRST, SECOND] = ['T0110', 'T0001', 'T0002'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AT = '2026-04-13T10:00:00+08:00';
/** The five working days after a delivery on the day of `AT` are over. */
const LATER = '2026-04-21T10:00:00+08:00';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await listMeasure(college);
});
beforeEach(() => college.clock.set(AT));
afterEach(async () => {
  for (const table of [
    'measure',
    'key_attention',
    'notice',
    'conduct_record',
    'relation_declaration',
  ])
    await asOwner(college, 'archive', `delete from ${table}`);
});
afterAll(() => college.stop());

const mutate = (noun: string) => (person: string, name: string, args: object) =>
  request(college, person, { name, noun, args: { ...args } }, REVIEW);
const [measure, attention] = [mutate('Measure'), mutate('KeyAttention')];
const statesFor = async (person: string) => {
  const query = `{ student(studentNo: "${STUDENT}") { measures { state } keyAttention { state } } }`;
  const headers = person === STUDENT ? {} : REVIEW;
  return (await college.request(person, query, { headers })).data?.['student'];
};
const NOTHING = { measures: [], keyAttention: null };
const stateOf = async (table: string, { id }: ChangedRow) =>
  (
    await asOwner<{ state: string }>(
      college,
      'archive',
      `select state from ${table} where id = $1`,
      [id],
    )
  )[0]?.state;
const propose = async (more: object = {}, person = COLLEGE_ADMIN) =>
  measure(person, 'proposeMeasure', {
    recordIds: [await newRecord(college, STUDENT)],
    measureListItem: LISTED,
    ...more,
  });
/** From then on he keeps out of what concerns the student (F-02). */
const declareRelation = (person: string) =>
  put(college, 'archive', 'relation_declaration', {
    staff_no: person,
    student_no: STUDENT,
    kind: 'RELATIVE',
    declared_on: '2026-04-01',
  });

describe('A measure', () => {
  test('proposed, checked, told, heard, in force by another, and ended', async () => {
    const proposed = await propose();
    expect([proposed.came, proposed.row.state]).toEqual(['OK', 'PROPOSED']);
    // Nothing tells the student of what is proposed (3.7(15)).
    expect(await statesFor(STUDENT)).toEqual(NOTHING);
    expect(await statesFor('T0101')).toEqual(NOTHING);
    const checked = await measure(FIRST, 'checkMeasure', on(proposed.row));
    expect(checked.row.state).toBe('LEGAL_CHECK');
    expect(await statesFor(STUDENT)).toEqual(NOTHING);
    await deliverNotices(college);
    expect(await statesFor(STUDENT)).toEqual({ ...NOTHING, measures: [{ state: 'NOTIFIED' }] });

    const told = { id: proposed.row.id, expectedVersion: 3 };
    expect((await measure(FIRST, 'enforceMeasure', told)).came).toBe('STATE_CONFLICT');
    college.clock.set(LATER);
    const enforced = await measure(FIRST, 'enforceMeasure', told);
    expect([enforced.came, enforced.row.state]).toEqual(['OK', 'IN_FORCE']);
    const ended = await measure(SECOND, 'endMeasure', on(enforced.row));
    expect(ended.row.state).toBe('ENDED');
  });

  test('is checked, put in force and ended by nobody who declared himself related to its student', async () => {
    await declareRelation(FIRST);
    const came = async (name: string, row: object) => (await measure(FIRST, name, row)).came;
    const proposed = await propose();
    expect(await came('checkMeasure', on(proposed.row))).toBe('SOD_VIOLATION');
    await measure(SECOND, 'checkMeasure', on(proposed.row));
    await deliverNotices(college);
    college.clock.set(LATER);
    const told = { id: proposed.row.id, expectedVersion: 3 };
    expect(await came('enforceMeasure', told)).toBe('SOD_VIOLATION');
    const enforced = await measure(SECOND, 'enforceMeasure', told);
    expect(enforced.came).toBe('OK');
    expect(await came('endMeasure', on(enforced.row))).toBe('SOD_VIOLATION');
  });

  test.each<[string, () => Promise<object>, string]>([
    [
      'on a record of another student',
      async () => ({
        recordIds: [await newRecord(college, STUDENT), await newRecord(college, OTHER)],
      }),
      'STATE_CONFLICT',
    ],
    [
      'on one that is disputed',
      async () => ({ recordIds: [await newRecord(college, STUDENT, { disputed: true })] }),
      'STATE_CONFLICT',
    ],
    [
      'on one that is mitigated',
      async () => ({ recordIds: [await newRecord(college, STUDENT, { state: 'MITIGATED' })] }),
      'STATE_CONFLICT',
    ],
    [
      'that stands on no list',
      async () => ({ measureListItem: 'ML-NONE' }),
      'VALIDATION measureListItem',
    ],
    ['without a reason', async () => ({ reason: ' ' }), 'VALIDATION reason'],
  ])('%s is not proposed', async (_, more, refusal) => {
    const came = await propose(await more());
    expect(refusalsOf(came, 'proposeMeasure')).toEqual([refusal]);
    expect(await asOwner(college, 'archive', 'select 1 from measure')).toEqual([]);
  });

  test('on nothing, on a score, and on a record that one does not see, nothing is proposed (L-16)', async () => {
    expect((await propose({ recordIds: [] })).came).toBe('NOT_FOUND');
    const [snapshot] = await asOwner<{ id: string }>(
      college,
      'archive',
      'select snapshot_id as id from credit_snapshot limit 1',
    );
    expect((await propose({ recordIds: [snapshot?.id] })).came).toBe('NOT_FOUND');
    const foreign = await newRecord(college, '2024020111');
    expect((await propose({ recordIds: [foreign] })).came).toBe('NOT_FOUND');
  });

  test('whose record has fallen meanwhile is neither checked nor put in force', async () => {
    const proposed = await propose({}, FIRST);
    const sql = `update conduct_record set disputed = $1`;
    await asOwner(college, 'archive', sql, [true]);
    expect((await measure(SECOND, 'checkMeasure', on(proposed.row))).came).toBe('STATE_CONFLICT');
    await asOwner(college, 'archive', sql, [false]);
    expect((await measure(FIRST, 'checkMeasure', on(proposed.row))).came).toBe('SOD_VIOLATION');
    const checked = await measure(SECOND, 'checkMeasure', on(proposed.row));
    await deliverNotices(college);
    college.clock.set(LATER);
    await asOwner(college, 'archive', sql, [true]);
    const told = { ...on(checked.row), expectedVersion: checked.row.version + 1 };
    expect((await measure(SECOND, 'enforceMeasure', told)).came).toBe('STATE_CONFLICT');
  });
});

describe('Key attention', () => {
  const list = async (more: object = {}) => {
    const proposed = await attention(COLLEGE_ADMIN, 'proposeKeyAttention', {
      recordIds: [await newRecord(college, STUDENT)],
      until: '2026-12-01',
      measures: [LISTED],
      ...more,
    });
    expect([proposed.came, proposed.row.state]).toEqual(['OK', 'PROPOSED']);
    expect(await statesFor(STUDENT)).toEqual(NOTHING);
    await deliverNotices(college);
    college.clock.set(LATER);
    const told = { ...on(proposed.row), expectedVersion: 2 };
    const listed = await attention(FIRST, 'listKeyAttention', told);
    expect([listed.came, listed.row.state]).toEqual(['OK', 'ACTIVE']);
    return listed.row;
  };

  test('is proposed by the college, listed by Student Affairs, looked at again, and removed', async () => {
    const listed = await list();
    await declareRelation(SECOND);
    const related = await attention(SECOND, 'reviewKeyAttention', { ...on(listed), goesOn: true });
    expect(related.came).toBe('SOD_VIOLATION');
    const goesOn = await attention(FIRST, 'reviewKeyAttention', { ...on(listed), goesOn: true });
    expect([goesOn.came, goesOn.row.state]).toEqual(['OK', 'ACTIVE']);
    const ends = await attention(FIRST, 'reviewKeyAttention', { ...on(goesOn.row), goesOn: false });
    expect(ends.row.state).toBe('REMOVED');
    const sql = 'select reviewed_on::text as on from key_attention';
    expect(await asOwner(college, 'archive', sql)).toEqual([{ on: '2026-04-21' }]);
  });

  test.each<[string, object, string]>([
    ['that is over', { until: '2026-04-13' }, 'VALIDATION until'],
    ['of more than 12 months', { until: '2027-04-14' }, 'VALIDATION until'],
    ['with a measure of no list', { measures: ['ML-NONE'] }, 'VALIDATION measures'],
  ])('%s is not proposed', async (_, more, refusal) => {
    const came = await attention(COLLEGE_ADMIN, 'proposeKeyAttention', {
      recordIds: [await newRecord(college, STUDENT)],
      until: '2026-12-01',
      ...more,
    });
    expect(refusalsOf(came, 'proposeKeyAttention')).toEqual([refusal]);
  });

  test('once at a time', async () => {
    await list();
    college.clock.set(AT);
    const again = await attention(COLLEGE_ADMIN, 'proposeKeyAttention', {
      recordIds: [await newRecord(college, STUDENT)],
      until: '2026-12-01',
    });
    await deliverNotices(college);
    college.clock.set(LATER);
    const told = { ...on(again.row), expectedVersion: 2 };
    expect((await attention(FIRST, 'listKeyAttention', told)).came).toBe('STATE_CONFLICT');
    await declareRelation(SECOND);
    expect((await attention(SECOND, 'listKeyAttention', told)).came).toBe('SOD_VIOLATION');
  });

  test('ends with its last day, and with the last record that carries it, however that ended', async () => {
    const listed = await list({ until: '2026-05-01' });
    college.clock.set('2026-05-01T10:00:00+08:00');
    await runJob(college, 'archive', 'removeKeyAttention');
    expect(await stateOf('key_attention', listed)).toBe('ACTIVE');
    college.clock.set('2026-05-02T10:00:00+08:00');
    await runJob(college, 'archive', 'removeKeyAttention');
    await runJob(college, 'archive', 'removeKeyAttention');
    expect(await stateOf('key_attention', listed)).toBe('REMOVED');

    college.clock.set(AT);
    await asOwner(college, 'archive', 'delete from key_attention');
    const other = await list();
    await asOwner(college, 'archive', `update conduct_record set state = 'SEALED'`);
    await runJob(college, 'archive', 'removeKeyAttention');
    expect(await stateOf('key_attention', other)).toBe('REMOVED');
  });
});
