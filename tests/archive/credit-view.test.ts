/** `Student.credit`: the one view that the caller may see (DOMAIN 3.7(14), 4.2, 2.4). */
import { followRecords } from '@chengxin/archive/conduct/follow';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { consent } from '../thirdparty/provider-files.js';

const STUDENT = '2024010317';
const QUERY = `{ student(studentNo: "${STUDENT}") { credit {
  grade score view ledger { points indicatorCode capCode } dimensions { code score } } } }`;
const COUNSELLOR = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-15T10:00:00+08:00' });
  await college.bring('archive', 'consents', [consent({ 学号: STUDENT })]);
});
afterAll(() => college.stop());

const archive = () => {
  const running = college.started.offices.get('archive');
  if (!running) throw new Error('The archive is not running.');
  return running;
};
const compute = () =>
  followRecords(forkOf(archive().orm), college.clock.now(), [STUDENT, '2024010305']);

/** A record that Student Affairs accepted; the flow that does so comes later. */
async function accept(indicator: string, origin: string, severity: string, on: string) {
  await asOwner(
    college,
    'archive',
    `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
       occurred_on, found_on, finding_on, finding_body, finding_doc_no, legal_basis, state,
       notice_delivered_at, evidence, consent_id, source_subgraph, source_typename, source_id, source_version,
       recorded_at)
     values ($1, $2, $3, 'SAO', $4, $5::date, $5::date, $5::date, 'SAO', 'D-1', 'rule', 'ACTIVE', now(),
       '[{"id":"1","docNo":"D-1"}]', case when $2 in ('D2-02', 'D2-03') then 'CS-BANK' end, 'archive', 'ConductRecord', $2 || $5, 1, now())`,
    [STUDENT, indicator, origin, severity, on],
  );
  await compute();
}

const creditOfStudent = async (person: string, options = {}) => {
  const answer = await college.request(person, QUERY, options);
  return (answer.data?.['student'] as { credit: Record<string, unknown> } | null)?.credit;
};

test('whoever is enrolled stands at 100.00, and a snapshot is written once (4.2)', async () => {
  expect(await creditOfStudent(STUDENT)).toEqual({
    grade: 'A',
    score: 10000,
    view: 'FULL',
    ledger: [],
    dimensions: ['D1', 'D2', 'D3', 'D4', 'D5', 'D6'].map((code) => ({ code, score: 10000 })),
  });
  await compute();
  await compute();
  const rows = await execute(
    forkOf(archive().orm),
    'select 1 from credit_snapshot where student_no = ?',
    [STUDENT],
  );
  expect(rows.length).toBe(1);
});

test('good records of the offices move the score as soon as they are published', async () => {
  await college.bring('youthleague', 'volunteerHours', [
    { 学号: STUDENT, 学期: '2025-2', 时长: '45', 确认日期: '2026-04-01' },
  ]);
  const credit = await creditOfStudent(STUDENT);
  expect(credit).toMatchObject({
    score: 10100,
    ledger: [{ points: 100, indicatorCode: 'P-07', capCode: null }],
  });
});

test('the school sees no third-party line, and its sum agrees (SC-05 step 4)', async () => {
  await accept('D3-06', 'BAD_CONDUCT', 'S1', '2026-03-10');
  await accept('D2-02', 'CARD_OVERDRAFTS', 'S2', '2026-03-02');
  expect(await creditOfStudent(STUDENT)).toMatchObject({ view: 'FULL', score: 9650, grade: 'A' });
  const seen = await creditOfStudent('T0110', COUNSELLOR);
  expect(seen).toMatchObject({
    view: 'SCHOOL',
    score: 9950,
    grade: 'A',
    ledger: [
      { points: -150, indicatorCode: 'D3-06', capCode: null },
      { points: 100, indicatorCode: 'P-07', capCode: null },
    ],
  });
});

test('the counsellor reads the grade and a band, and no score (note 1)', async () => {
  const answer = await college.request(
    'T0101',
    `{ student(studentNo: "${STUDENT}") { credit { grade score scoreMasked ledger { points } } } }`,
    COUNSELLOR,
  );
  expect(answer.data).toEqual({
    student: { credit: { grade: 'A', score: null, scoreMasked: '95-99.99', ledger: null } },
  });
  expect(answer.errors?.map(({ path, extensions }) => [path?.at(-1), extensions['rule']])).toEqual([
    ['score', 'COUNSELLOR.FG21'],
    ['ledger', 'COUNSELLOR.FG23'],
  ]);
});

test('a C waits for two people: others see the last confirmed grade and nothing of it (2.4, L-08)', async () => {
  await accept('D1-05', 'ACADEMIC_MISCONDUCT', 'S3', '2026-04-10');
  expect(await creditOfStudent(STUDENT)).toMatchObject({ grade: 'C', score: 6650 });
  expect(await creditOfStudent('T0110', COUNSELLOR)).toMatchObject({ grade: 'C', score: 6950 });
  expect(await creditOfStudent('T0101', COUNSELLOR)).toMatchObject({ grade: 'A' });
});

test('a line of a record that is closed now leaves no trace for the college (NO_CLOSED_LINE)', async () => {
  await asOwner(
    college,
    'archive',
    `update conduct_record set state = 'LIFTED' where indicator_code = 'D1-05'`,
  );
  // Before the snapshot is computed anew, the old one with the closed line is hidden already.
  expect(await creditOfStudent('T0110', COUNSELLOR)).toMatchObject({ grade: 'A', score: 9950 });
  await compute();
  expect(await creditOfStudent(STUDENT)).toMatchObject({ grade: 'A', score: 9650 });
});

test('an evaluator reads no grade while no run is locked, and never a score', async () => {
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-1',
      用途: '评优',
      名称: '评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
  const answer = await college.request(
    'T0701',
    `{ student(studentNo: "${STUDENT}") { credit { grade score } } }`,
    { headers: { 'x-case': 'EC-1' } },
  );
  expect(answer).toEqual({
    data: { student: { credit: { grade: null, score: null } } },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'credit', 'score'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'CREDIT_SCORE',
          clause: 'FG21',
          rule: 'EV_AWARD.FG21',
        },
      },
    ],
  });
});

test('the database keeps snapshots as they are (INV-08)', async () => {
  const em = forkOf(archive().orm);
  await expect(execute(em, `update credit_snapshot set grade = 'A'`)).rejects.toThrow(
    'permission denied for table credit_snapshot',
  );
  await expect(execute(em, 'delete from credit_snapshot')).rejects.toThrow(
    'permission denied for table credit_snapshot',
  );
});

test('every latest snapshot is what a recomputation of all students gives', async () => {
  const em = forkOf(archive().orm);
  const count = async () => (await execute(em, 'select 1 from credit_snapshot')).length;
  const students = await execute<{ no: string }>(em, 'select student_no as no from student');
  const before = await count();
  await followRecords(
    em,
    college.clock.now(),
    students.map(({ no }) => no),
  );
  expect(await count()).toBe(before);
  expect(students.length).toBe(9);
});

test('what only the full view shows gives the school no new snapshot (3.7(14), (15))', async () => {
  const query = `{ student(studentNo: "${STUDENT}") { credit { snapshotId asOf } } }`;
  const read = async (person: string, options = {}) =>
    (await college.request(person, query, options)).data?.['student'];
  const people: readonly (readonly [string, object])[] = [
    ['T0110', COUNSELLOR],
    ['T0101', COUNSELLOR],
    ['T0001', COUNSELLOR],
  ];
  const school = () => Promise.all(people.map(([person, options]) => read(person, options)));
  const before = await school();
  const own = await read(STUDENT);

  college.clock.set('2026-04-16T10:00:00+08:00');
  await accept('D2-03', 'PHONE_BILLS', 'S1', '2026-03-05');
  const after = await school();
  const ownAfter = await read(STUDENT);
  await asOwner(college, 'archive', `delete from conduct_record where indicator_code = 'D2-03'`);
  await compute();

  expect(after).toEqual(before);
  expect(ownAfter).toEqual({ credit: { snapshotId: expect.any(String), asOf: '2026-04-16' } });
  expect(ownAfter).not.toEqual(own);
});
