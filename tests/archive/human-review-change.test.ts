/** A grade that rules alone came to is reviewed by a person (L-08, 3.6, PIPL 24). */
import { followRecords } from '@chengxin/archive/conduct/follow';
import { lapseHumanReviews } from '@chengxin/archive/human-review/lapse-human-reviews.job';
import { forkOf } from '@chengxin/kit/database/orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { deliverNotices } from '../support/jobs.js';
import { mutate, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner, rewriteSnapshots } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { StudentRows } from './procedure-rows.js';

const OTHER = '2024010305';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const START = '2026-04-13T10:00:00+08:00';
const noun = 'HumanReview';
const own = `id version state snapshotId grounds dueOn answer decidedOn resultSnapshotId isOverdue
  availableActions`;

let college: TestCollege;
const rows = new StudentRows(() => college, STUDENT);
const sql = (text: string, values: readonly unknown[] = []) =>
  asOwner(college, 'archive', text, values);
const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running;
};
const compute = () => followRecords(forkOf(archive().orm), college.clock.now(), [STUDENT]);
const lapse = () => lapseHumanReviews.run(archive(), college.clock.now());

beforeAll(async () => {
  college = await startCollege({ at: START });
  await bringReferences(college);
  await archiveInState(college, STUDENT, 'ACTIVE');
  await archiveInState(college, OTHER, 'ACTIVE');
  await compute();
  await rows.record('EXAM', 'D1-05', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE');
  college.clock.set('2026-04-13T10:01:00+08:00');
  await compute();
});
afterAll(() => college.stop());
afterEach(async () => {
  college.clock.set(START);
  await sql('delete from human_review; delete from notice; delete from grade_confirmation');
  // What stands for ever, put back for the next test.
  const pending = `update credit_snapshot set state = 'PENDING' where grade in ('C', 'D')`;
  await rewriteSnapshots(college, pending);
});

const gradeFor = async (person: string, headers: Record<string, string> = REVIEW) => {
  const query = `{ student(studentNo: "${STUDENT}") { credit { grade snapshotId } } }`;
  const { data } = await college.request(person, query, { headers });
  return (data?.['student'] as { credit: { grade: string; snapshotId: string } } | null)?.credit;
};
const ownSnapshot = async () => (await gradeFor(STUDENT, {}))?.snapshotId ?? '';
const confirm = async () => {
  const snapshotId = await ownSnapshot();
  for (const [person, level] of [
    ['T0110', 'COLLEGE'],
    ['T0002', 'SCHOOL'],
  ] as const)
    await put(college, 'archive', 'grade_confirmation', {
      student_no: STUDENT,
      snapshot_id: snapshotId,
      level,
      recorded_by: person,
      recorded_at: '2026-04-13T02:02:00Z',
    });
  await sql('select confirm_grade($1)', [snapshotId]);
};
const ask = (snapshotId: string, more: object = {}, person = STUDENT) =>
  mutate(college, person, {
    name: 'requestHumanReview',
    noun,
    fields: own,
    args: { studentNo: person, snapshotId, grounds: '当天因病缺考，不应自动评为C', ...more },
  });
const decide = (row: ChangedRow, upheld: boolean, person = 'T0001', reason = '已核对记录与材料') =>
  mutate(
    college,
    person,
    {
      name: 'decideHumanReview',
      noun,
      fields: `${own} decidedBy`,
      args: { ...on(row), upheld, reason },
    },
    REVIEW,
  );
const everything = () =>
  sql(`select (select jsonb_agg(r order by r.id) from human_review r) as reviews,
    (select count(*)::int from operation_log) as log, (select count(*)::int from notice) as notices,
    (select count(*)::int from change_key) as keys,
    (select count(*)::int from credit_snapshot) as snapshots`);
async function refused<T>(work: () => Promise<T>): Promise<T> {
  const before = await everything();
  const outcome = await work();
  expect(await everything()).toEqual(before);
  return outcome;
}

describe('Requested by the student', () => {
  test('a person decides within ten working days; the student is notified', async () => {
    const { came, row } = await ask(await ownSnapshot());
    expect([came, row]).toEqual([
      'OK',
      {
        id: expect.any(String),
        version: 1,
        state: 'REQUESTED',
        snapshotId: await ownSnapshot(),
        grounds: '当天因病缺考，不应自动评为C',
        dueOn: '2026-04-27',
        answer: null,
        decidedOn: null,
        resultSnapshotId: null,
        isOverdue: false,
        availableActions: [],
      },
    ]);
    await deliverNotices(college);
    const { data } = await college.request(STUDENT, '{ myNotices { kind } }');
    expect(data).toEqual({ myNotices: [{ kind: 'REVIEW_REQUESTED' }] });
  });

  test('a C that two people confirmed has no effect on others until then', async () => {
    await confirm();
    const read = async () => [
      (await gradeFor('T0101'))?.grade,
      (await gradeFor('T0110'))?.grade,
      (await gradeFor(STUDENT, {}))?.grade,
    ];
    expect(await read()).toEqual(['C', 'C', 'C']);
    const { row } = await ask(await ownSnapshot());
    expect(await read()).toEqual(['A', 'C', 'C']);
    await decide(row, true, 'T0001');
    expect(await read()).toEqual(['C', 'C', 'C']);
  });

  test('once, and of the grade that stands', async () => {
    const snapshotId = await ownSnapshot();
    const [old] = await sql(
      `select snapshot_id as id from credit_snapshot where student_no = $1 order by seq limit 1`,
      [STUDENT],
    );
    for (const id of [String(old?.['id']), 'no number'])
      expect((await refused(() => ask(id))).came).toBe('STATE_CONFLICT');
    const { row } = await ask(snapshotId);
    expect((await refused(() => ask(snapshotId))).came).toBe('STATE_CONFLICT');
    await decide(row, true);
    expect((await refused(() => ask(snapshotId))).came).toBe('STATE_CONFLICT');
    const blank = await refused(() => ask(snapshotId, { grounds: ' ' }));
    expect(refusalsOf(blank, 'requestHumanReview')).toEqual(['VALIDATION grounds']);
  });

  test('of the own grade alone', async () => {
    const snapshotId = await ownSnapshot();
    expect((await refused(() => ask(snapshotId, {}, OTHER))).came).toBe('STATE_CONFLICT');
    const forAnother = await refused(() => ask(snapshotId, { studentNo: STUDENT }, OTHER));
    expect(forAnother.came).toBe('NOT_FOUND');
  });
});

describe('Decided by Student Affairs', () => {
  test('upheld with a reason that the student reads', async () => {
    const asked = await ask(await ownSnapshot());
    const { came, row } = await decide(asked.row, true);
    expect([came, row]).toEqual([
      'OK',
      expect.objectContaining({
        version: 2,
        state: 'UPHELD',
        answer: '已核对记录与材料',
        decidedBy: 'T0001',
        decidedOn: '2026-04-13',
        resultSnapshotId: null,
      }),
    ]);
    await deliverNotices(college);
    const query = `{ student(studentNo: "${STUDENT}") { humanReviews { state answer } }
      myNotices { kind titleZh } }`;
    expect((await college.request(STUDENT, query)).data).toEqual({
      student: { humanReviews: [{ state: 'UPHELD', answer: '已核对记录与材料' }] },
      myNotices: expect.arrayContaining([{ kind: 'REVIEW_DECIDED', titleZh: '人工复核结果通知' }]),
    });
  });

  test('or computed anew by the rules: nobody sets a grade', async () => {
    const before = await ownSnapshot();
    const asked = await ask(before);
    // What was wrong in the records was mended meanwhile, and nothing has been computed since.
    await sql(`update conduct_record set severity = 'S2' where id = $1`, [rows.id('EXAM')]);
    college.clock.set('2026-04-14T10:00:00+08:00');
    const { came, row } = await decide(asked.row, false);
    const after = await gradeFor(STUDENT, {});
    expect([came, row.state, row['resultSnapshotId']]).toEqual([
      'OK',
      'RECOMPUTED',
      after?.snapshotId,
    ]);
    expect([after?.grade, after?.snapshotId === before]).toEqual(['B', false]);
    await sql(`update conduct_record set severity = 'S3' where id = $1`, [rows.id('EXAM')]);
    college.clock.set('2026-04-14T10:01:00+08:00');
    await compute();
  });

  test('not by whoever confirmed the grade, or declared a relation (SOD, F-02)', async () => {
    await confirm();
    const { row } = await ask(await ownSnapshot());
    expect((await refused(() => decide(row, true, 'T0002'))).came).toBe('SOD_VIOLATION');
    await sql(
      `insert into relation_declaration (staff_no, student_no, kind, declared_on)
       values ('T0001', $1, 'RELATIVE', '2026-04-01')`,
      [STUDENT],
    );
    expect((await refused(() => decide(row, true, 'T0001'))).came).toBe('SOD_VIOLATION');
    await sql('delete from relation_declaration');
    expect((await decide(row, true, 'T0001')).came).toBe('OK');
  });

  test('and whoever decided on it does not confirm the grade', async () => {
    const snapshotId = await ownSnapshot();
    const { row } = await ask(snapshotId);
    await decide(row, true, 'T0001');
    await put(college, 'archive', 'grade_confirmation', {
      student_no: STUDENT,
      snapshot_id: snapshotId,
      level: 'COLLEGE',
      recorded_by: 'T0110',
      recorded_at: '2026-04-13T02:02:00Z',
    });
    const confirmGrade = (person: string) =>
      mutate(
        college,
        person,
        {
          name: 'confirmGrade',
          noun: 'GradeConfirmation',
          fields: 'level',
          args: { studentNo: STUDENT, snapshotId, reason: '核对' },
        },
        REVIEW,
      );
    expect((await refused(() => confirmGrade('T0001'))).came).toBe('SOD_VIOLATION');
    expect((await confirmGrade('T0002')).came).toBe('OK');
  });

  test('without a reason nothing is decided', async () => {
    const { row } = await ask(await ownSnapshot());
    const blank = await refused(() => decide(row, true, 'T0001', ' '));
    expect(refusalsOf(blank, 'decideHumanReview')).toEqual(['VALIDATION reason']);
  });

  test('a grade that has given way to another is decided on no more', async () => {
    const { row } = await ask(await ownSnapshot());
    await lapse();
    expect((await sql('select state from human_review'))[0]).toEqual({ state: 'REQUESTED' });
    await sql(`update conduct_record set state = 'MITIGATED' where id = $1`, [rows.id('EXAM')]);
    college.clock.set('2026-04-15T10:00:00+08:00');
    await compute();
    await lapse();
    await lapse();
    expect((await sql('select state from human_review'))[0]).toEqual({ state: 'LAPSED' });
    expect((await sql('select kind from notice order by kind')).map(({ kind }) => kind)).toEqual([
      'REVIEW_LAPSED',
      'REVIEW_REQUESTED',
    ]);
    expect((await refused(() => decide({ ...row, version: 2 }, true))).came).toBe('STATE_CONFLICT');
    expect((await ask(await ownSnapshot())).came).toBe('OK');
    await sql(`update conduct_record set state = 'ACTIVE' where id = $1`, [rows.id('EXAM')]);
    college.clock.set('2026-04-15T10:01:00+08:00');
    await compute();
  });
});

describe('What waits', () => {
  const QUEUE = `{ humanReviewQueue(first: 10) {
    nodes { student { studentNo } state dueOn isOverdue } } }`;
  test('is visible to Student Affairs, with what is overdue; one query for any number', async () => {
    await ask(await ownSnapshot());
    college.clock.set('2026-04-28T10:00:00+08:00');
    const read = () => college.request('T0001', QUEUE, { headers: REVIEW });
    expect((await read()).data).toEqual({
      humanReviewQueue: {
        nodes: [
          {
            student: { studentNo: STUDENT },
            state: 'REQUESTED',
            dueOn: '2026-04-27',
            isOverdue: true,
          },
        ],
      },
    });
    const { data } = await college.request('T0001', '{ myTasks { kind count dueOn } }', {
      headers: REVIEW,
    });
    expect(data).toEqual({
      myTasks: [{ kind: 'DECIDE_HUMAN_REVIEWS', count: 1, dueOn: '2026-04-27' }],
    });
    const one = await countStatements(read);
    await followRecords(forkOf(archive().orm), college.clock.now(), [OTHER]);
    const [snapshot] = await sql(
      'select snapshot_id as id from credit_snapshot where student_no = $1',
      [OTHER],
    );
    expect((await ask(String(snapshot?.['id']), {}, OTHER)).came).toBe('OK');
    expect((await countStatements(read)).byOffice).toEqual(one.byOffice);
  });

  test.each([
    ['a counsellor', 'T0101', REVIEW],
    ['a college', 'T0110', REVIEW],
    ['the operator', 'T0903', {}],
  ])('%s reads none of it', async (_, person, headers) => {
    const { errors } = await college.request(person, QUEUE, { headers });
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN_FIELD']);
  });
});

test('a record that is erased takes the reviews of its grade along (INV-11)', async () => {
  const { row } = await ask(await ownSnapshot());
  const left = () =>
    sql(
      `select (select count(*)::int from human_review) as reviews,
        (select count(*)::int from notice where subject_id = $1) as notices,
        (select count(*)::int from record_key where key = $1) as keys`,
      [row.id],
    );
  expect(await left()).toEqual([{ reviews: 1, notices: 1, keys: 1 }]);
  await sql(`select erase_old_records(array[$1]::uuid[], '2026-04-01', '2026-04-13')`, [
    rows.id('EXAM'),
  ]);
  expect(await left()).toEqual([{ reviews: 0, notices: 0, keys: 0 }]);
});
