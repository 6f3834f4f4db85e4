/** Who graduates, and the list by which archives are closed: brought in, published, consumed (G10.1). */
import { office } from '@chengxin/academics/office';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { mutate, refusalsOf } from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { openDesk, refusedBy, type Desk } from './office-files.js';

const CLERK = importer('T0301', 'AAO_CLERK');
const REVIEWER = importer('T0302', 'AAO_REVIEWER');
const [STUDENT, OTHER, THIRD] = ['2024010317', '2024010305', '2024020111'];
const DAY = '2026-06-30';

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege({ at: '2026-06-10T10:00:00+08:00' });
  desk = await openDesk(college, office);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});
beforeEach(async () => {
  await asOwner(college, 'academics', 'delete from graduation');
  await asOwner(college, 'academics', 'delete from graduation_list');
  await asOwner(college, 'archive', 'delete from graduation');
});

const line = (学号: string, 毕业结论 = '毕业', 毕业日期 = DAY) => ({ 学号, 毕业日期, 毕业结论 });
const bring = (...rows: Record<string, string>[]) =>
  college.bring('academics', 'graduations', rows);
const publish = (args: object = {}) =>
  mutate(college, 'T0302', {
    name: 'publishGraduationList',
    noun: 'GraduationList',
    args: { graduationOn: DAY, ...args },
    fields: 'id version state graduationOn decisionDocNo studentCount recordedAt availableActions',
  });
const refusals = async (args: object = {}) =>
  refusalsOf(await publish(args), 'publishGraduationList');
const lines = () =>
  asOwner(
    college,
    'academics',
    `select student_no as "studentNo", outcome, version, list_id is not null as "isListed"
     from graduation order by student_no`,
  );
const lists = () => asOwner(college, 'academics', 'select id from graduation_list');
const inArchive = () =>
  asOwner(
    college,
    'archive',
    `select student_no as "studentNo", graduation_on::text as "on", outcome, version
     from graduation order by student_no`,
  );

test('a list is of all who graduate on its day; the archive learns of them, and of nothing before', async () => {
  await bring(line(STUDENT), line(OTHER, '结业'), line(THIRD, '毕业', '2026-07-15'));
  expect(await inArchive()).toEqual([]);
  const { came, row } = await publish({ decisionDocNo: ' 教毕〔2026〕1号 ' });
  expect({ came, row }).toEqual({
    came: 'OK',
    row: {
      id: expect.any(String) as string,
      version: 1,
      state: 'PUBLISHED',
      graduationOn: DAY,
      decisionDocNo: '教毕〔2026〕1号',
      studentCount: 2,
      recordedAt: '2026-06-10T02:00:00.000Z',
      availableActions: [],
    },
  });
  await college.settle();
  expect(await inArchive()).toEqual([
    { studentNo: OTHER, on: DAY, outcome: 'COMPLETED', version: 2 },
    { studentNo: STUDENT, on: DAY, outcome: 'GRADUATED', version: 2 },
  ]);
  const students = await asOwner(
    college,
    'archive',
    `select enrolment_status as status, graduation_on as "on" from student
     where student_no = any($1)`,
    [[STUDENT, OTHER]],
  );
  // What everybody reads of a student comes by the file of students.
  expect(students).toEqual([
    { status: 'ENROLLED', on: null },
    { status: 'ENROLLED', on: null },
  ]);
});

test('without anybody to publish there is no list, and nobody stands on two', async () => {
  expect(await refusals()).toEqual(['VALIDATION graduationOn']);
  await bring(line(STUDENT), line(OTHER, '延期'));
  expect((await publish()).row).toMatchObject({ studentCount: 1 });
  expect(await refusals()).toEqual(['VALIDATION graduationOn']);
  expect(await lists()).toHaveLength(1);
  expect(await lines()).toEqual([
    { studentNo: OTHER, outcome: 'POSTPONED', version: 1, isListed: false },
    { studentNo: STUDENT, outcome: 'GRADUATED', version: 2, isListed: true },
  ]);
  // Whoever is approved later makes a further list of the same day.
  await bring(line(OTHER));
  expect((await publish()).row).toMatchObject({ studentCount: 1 });
  expect(
    await refusedBy(
      college,
      'academics',
      `insert into graduation (student_no, recorded_by, recorded_at, approved_by, approved_at,
         graduation_on, outcome)
       select student_no, 'A', now(), 'B', now(), graduation_on, outcome from graduation`,
    ),
  ).toBe('graduation_student_no_key');
  expect(await refusedBy(college, 'academics', `update graduation set outcome = 'POSTPONED'`)).toBe(
    'graduation_postponed',
  );
});

test('two who publish at once make one list', async () => {
  await bring(line(STUDENT), line(OTHER));
  const results = await Promise.all([publish(), publish()]);
  expect(results.map(({ came }) => came).toSorted()).toEqual(['OK', 'VALIDATION']);
  expect(await lists()).toHaveLength(1);
});

test('whoever recorded a line does not publish it (INV-02)', async () => {
  await bring(line(STUDENT), line(OTHER));
  await asOwner(
    college,
    'academics',
    `update graduation set recorded_by = 'T0302', approved_by = 'T0303' where student_no = $1`,
    [OTHER],
  );
  expect(await refusals()).toEqual(['SOD_VIOLATION']);
  expect(await lists()).toEqual([]);
  expect((await lines()).map(({ isListed }) => isListed)).toEqual([false, false]);
  await asOwner(
    college,
    'academics',
    `update graduation set recorded_by = 'T0301', approved_by = 'T0302'`,
  );
  // Whoever approved them does.
  expect((await publish()).came).toBe('OK');
});

test('a reason is given, and a number of a document has its length', async () => {
  await bring(line(STUDENT));
  expect(await refusals({ reason: ' ' })).toEqual(['VALIDATION reason']);
  expect(await refusals({ decisionDocNo: '号'.repeat(61) })).toEqual(['VALIDATION decisionDocNo']);
  expect(await lists()).toEqual([]);
  const { row } = await publish({ decisionDocNo: null });
  expect(row['decisionDocNo']).toBeNull();
});

test('a line is corrected until it is published, and by no file after that', async () => {
  await bring(line(STUDENT));
  await bring(line(STUDENT, '结业'));
  const waiting = await desk.propose('graduations', [line(STUDENT, '延期')], CLERK);
  await publish();
  await expect(desk.approve(waiting.batchId, REVIEWER)).rejects.toThrow(/已列入发布的毕业名单/);
  const late = await desk.propose('graduations', [line(STUDENT, '毕业')], CLERK);
  expect(await desk.rejected(late)).toEqual([
    [
      '2',
      'studentNo',
      '该生已列入发布的毕业名单，不得由导入更改',
      'is on a graduation list that was published and is not changed by a file',
    ],
  ]);
  // The same once more changes nothing.
  await bring(line(STUDENT, '结业'));
  expect(await lines()).toEqual([
    { studentNo: STUDENT, outcome: 'COMPLETED', version: 3, isListed: true },
  ]);
});

test('academic affairs finds its lists and who stands on them, the student himself alone', async () => {
  await bring(line(STUDENT), line(OTHER, '结业'));
  const { row } = await publish();
  const { data } = await college.request(
    'T0301',
    `{ graduationLists { id studentCount }
       graduations(filter: { listId: "${row.id}", outcome: COMPLETED }) {
         nodes { studentNo graduationOn outcome listId student { studentNo } } }
       none: graduations(filter: { listId: "1" }) { nodes { id } } }`,
  );
  expect(data).toEqual({
    none: { nodes: [] },
    graduationLists: [{ id: row.id, studentCount: 2 }],
    graduations: {
      nodes: [
        {
          studentNo: OTHER,
          graduationOn: DAY,
          outcome: 'COMPLETED',
          listId: row.id,
          student: { studentNo: OTHER },
        },
      ],
    },
  });
  const own = await college.request(
    STUDENT,
    `{ student(studentNo: "${STUDENT}") { graduation { graduationOn outcome } } }`,
  );
  expect(own).toEqual({
    data: { student: { graduation: { graduationOn: DAY, outcome: 'GRADUATED' } } },
  });
  for (const asked of ['graduationLists { id }', 'graduations { nodes { id } }']) {
    const refused = await college.request(STUDENT, `{ ${asked} }`);
    expect(refused.errors?.map(({ extensions }) => extensions['code'])).toEqual([
      'FORBIDDEN_FIELD',
    ]);
  }
});

/** So many who graduate on a day, of nobody's class. */
const addLines = (count: number, on: string) =>
  asOwner(
    college,
    'academics',
    `insert into graduation (student_no, recorded_by, recorded_at, approved_by, approved_at,
       graduation_on, outcome)
     select ($2::date - '2000-01-01'::date)::text || i, 'T0301', now(), 'T0302', now(), $2::date, 'GRADUATED'
     from generate_series(10000, 9999 + $1::integer) i`,
    [count, on],
  );

test('thousands are published in as many statements as two, each with its line in the log', async () => {
  await addLines(2, '2027-06-28');
  const few = await countStatements(() => publish({ graduationOn: '2027-06-28' }));
  await addLines(3000, '2027-06-29');
  const many = await countStatements(() => publish({ graduationOn: '2027-06-29' }));
  expect(many.result.row).toMatchObject({ studentCount: 3000 });
  expect(many.byOffice['academics']).toBe(few.byOffice['academics']);
  const [logged] = await asOwner<{ n: number }>(
    college,
    'academics',
    `select count(*)::integer as n from operation_log
     where action = 'graduationList.publish' and target_type = 'Graduation' and basis = $1`,
    [`graduationList.publish GraduationList ${many.result.row.id}`],
  );
  expect(logged).toEqual({ n: 3000 });
  await college.settle();
  const [known] = await asOwner<{ n: number }>(
    college,
    'archive',
    'select count(*)::integer as n from graduation',
  );
  expect(known).toEqual({ n: 3002 });
});
