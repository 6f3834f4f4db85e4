import { office } from '@chengxin/youthleague/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openDesk,
  refusalOf,
  refusedBy,
  publishedBy,
  type Desk,
} from '../academics/office-files.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { cadrePost, practice, volunteering } from './rows.js';

const clerk = importer('T0601', 'CYL_CLERK');
const reviewer = importer('T0602', 'CYL_REVIEWER');

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege();
  desk = await openDesk(college, office);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const bring = async (kind: string, rows: Record<string, string>[]) => {
  const { batchId } = await desk.propose(kind, rows, clerk);
  return desk.approve(batchId, reviewer);
};
/** What was published since the last time. */
let seen = 0;
const news = async () => {
  const events = await publishedBy(college, 'youthleague', 'good');
  const fresh = events.slice(seen);
  seen = events.length;
  return fresh;
};
const idOf = async (table: string, studentNo: string) => {
  const find = `select id from ${table} where student_no = $1`;
  const [row] = await asOwner<{ id: string }>(college, 'youthleague', find, [studentNo]);
  return row?.id;
};

const HOURS = `{ volunteerHours { nodes { studentNo termCode hours state version } } }`;
const hours = async () => (await college.request('T0601', HOURS)).data;

test('a GB18030 file with Chinese headers waits for the reviewer, then it is in force and published (G6.4, P-07)', async () => {
  const staged = await desk.propose('volunteerHours', [volunteering({})], clerk);
  expect(staged).toEqual({
    batchId: expect.any(String),
    kind: 'volunteerHours',
    rows: 1,
    rejected: 0,
    changes: { added: 1, columns: [] },
    notes: [],
    state: 'PROPOSED',
  });
  expect(await hours()).toEqual({ volunteerHours: { nodes: [] } });
  expect(await news()).toEqual([]);

  expect(await desk.approve(staged.batchId, reviewer)).toEqual({
    ...staged,
    changed: 1,
    state: 'APPROVED',
  });
  const row = { studentNo: '2024010305', termCode: '2024-2', hours: '40.0', state: 'APPROVED' };
  expect(await hours()).toEqual({ volunteerHours: { nodes: [{ ...row, version: 1 }] } });
  const id = await idOf('volunteer_hours', '2024010305');
  expect(await news()).toEqual([
    {
      topic: 'good',
      key: `youthleague:VolunteerHours:${id}`,
      version: 1,
      payload: {
        studentNo: '2024010305',
        polarity: 'GOOD',
        indicatorCode: 'P-07',
        level: 'SCHOOL',
        occurredOn: '2025-05-20',
        amount: '40.0',
        state: 'APPROVED',
        source: { subgraph: 'youthleague', typename: 'VolunteerHours', id },
      },
    },
  ]);
});

test('the same file changes and publishes nothing; corrected hours are published as the next version (F-13)', async () => {
  expect(await bring('volunteerHours', [volunteering({})])).toMatchObject({ rows: 1, changed: 0 });
  expect(await news()).toEqual([]);
  const corrected = volunteering({ 时长: '46.5' });
  expect(await bring('volunteerHours', [corrected])).toMatchObject({ changed: 1 });
  const events = await news();
  expect(events.map(({ version, payload }) => [version, payload['amount']])).toEqual([[2, '46.5']]);
});

test('hours without a day of confirmation are a fact of the day of approval at +08:00 (2.1)', async () => {
  await bring('volunteerHours', [volunteering({ 学号: '2024010317', 确认日期: '' })]);
  const [event] = await news();
  expect(event?.payload['occurredOn']).toBe('2026-04-12');
});

test('a practice is published with its day and the level of the office that confirmed it (P-06)', async () => {
  await bring('practices', [practice({})]);
  const id = await idOf('practice_record', '2024010305');
  expect(await news()).toEqual([
    {
      topic: 'good',
      key: `youthleague:PracticeRecord:${id}`,
      version: 1,
      payload: {
        studentNo: '2024010305',
        polarity: 'GOOD',
        indicatorCode: 'P-06',
        level: 'SCHOOL',
        occurredOn: '2025-07-15',
        state: 'APPROVED',
        source: { subgraph: 'youthleague', typename: 'PracticeRecord', id },
      },
    },
  ]);
});

test('a cadre post is published once it is appraised competent, and taken back when it no longer is (P-05)', async () => {
  const held = { 学号: '2024010317', 任职结束: '', 考核结果: '' };
  await bring('cadrePosts', [cadrePost(held)]);
  await bring('cadrePosts', [cadrePost({ ...held, 级别: '院级' })]);
  expect(await news()).toEqual([]);

  await bring('cadrePosts', [cadrePost({ 学号: '2024010317' })]);
  const id = await idOf('cadre_post', '2024010317');
  const event = {
    topic: 'good',
    key: `youthleague:CadrePost:${id}`,
    version: 3,
    payload: {
      studentNo: '2024010317',
      polarity: 'GOOD',
      indicatorCode: 'P-05',
      level: 'SCHOOL',
      occurredOn: '2025-03-01',
      endedOn: '2025-12-31',
      state: 'APPROVED',
      source: { subgraph: 'youthleague', typename: 'CadrePost', id },
    },
  };
  expect(await news()).toEqual([event]);

  await bring('cadrePosts', [cadrePost({ 学号: '2024010317', 考核结果: '不称职' })]);
  expect(await news()).toEqual([{ ...event, version: 4, payload: {}, gone: true }]);
});

test('bad rows are listed with line, column and reason (F-13)', async () => {
  const posts = await desk.propose(
    'cadrePosts',
    [
      cadrePost({ 学号: '2024020111' }),
      cadrePost({ 学号: '2024020111', 职务: '班长', 级别: '区级' }),
      cadrePost({ 学号: '2024020111', 职务: '班长', 任职结束: '2025-02-28' }),
      cadrePost({ 学号: '2024020111', 职务: '班长', 考核结果: '良好' }),
      cadrePost({ 学号: '2024020111' }),
    ],
    clerk,
  );
  expect(posts).toMatchObject({ rows: 1, rejected: 4 });
  const oneOf = (list: string) => [
    `应为以下之一：${list}`,
    `must be one of: ${list.replaceAll('、', ', ')}`,
  ];
  expect(await desk.rejected(posts)).toEqual([
    ['3', '级别', ...oneOf('CLASS 班级、COLLEGE 院级、SCHOOL 校级、PROVINCE 省级、STATE 国家级')],
    ['4', '任职结束', '任职结束不得早于开始', 'must not be before the first day'],
    [
      '5',
      '考核结果',
      ...oneOf(
        'EXCELLENT 优秀、COMPETENT 称职、BASICALLY_COMPETENT 基本称职、NOT_COMPETENT 不称职',
      ),
    ],
    [
      '6',
      'studentNo, org, post, fromOn',
      '与前面的行重复',
      'the same record stands in an earlier row',
    ],
  ]);

  const practices = await desk.propose(
    'practices',
    [
      practice({ 学时: '0' }),
      practice({ 学时: '1.25' }),
      practice({ 核实人工号: '' }),
      practice({ 学号: '2024019999' }),
    ],
    clerk,
  );
  expect(await desk.rejected(practices)).toEqual([
    ['2', '学时', '应在 0.1 至 9999.9 之间', 'must be between 0.1 and 9999.9'],
    ['3', '学时', '最多 1 位小数', 'has more than 1 decimals'],
    ['4', '核实人工号', '不得为空', 'must not be empty'],
    ['5', 'studentNo', '学号不在册', 'no such student in the roster'],
  ]);

  const terms = await desk.propose('volunteerHours', [volunteering({ 学期: '2025秋' })], clerk);
  expect(await desk.rejected(terms)).toEqual([
    [
      '2',
      '学期',
      '学期应写作 2025-1 或 2025-2026-1',
      'must be a term such as 2025-1 or 2025-2026-1',
    ],
  ]);
});

test('a revoked record does not come back by a file, and nobody learns that it was revoked (2.4, FG14)', async () => {
  await asOwner(college, 'youthleague', `update practice_record set state = 'REVOKED'`);
  const records = () =>
    asOwner(college, 'youthleague', 'select * from practice_record order by id');
  const before = await records();
  expect(await bring('practices', [practice({ 学时: '40' })])).toMatchObject({
    rows: 1,
    rejected: 0,
    changed: 1,
    changes: { added: 1, columns: [] },
  });
  expect(await records()).toEqual(before);
});

test('what was revoked is gone for an archive that was put back from before it (2.4, 3.6)', async () => {
  const events = await publishedBy(college, 'youthleague', 'good');
  const practices = events.filter(({ key }) => key.startsWith('youthleague:PracticeRecord:'));
  expect(practices.map(({ gone, payload }) => ({ gone, payload }))).toEqual(
    practices.map(() => ({ gone: true, payload: {} })),
  );
  expect(practices).not.toEqual([]);
});

test('neither a clerk nor the same person as reviewer approves his own batch (INV-02)', async () => {
  const before = await hours();
  const own = await desk.propose('volunteerHours', [volunteering({ 学期: '2025-1' })], clerk);
  expect(await refusalOf(desk.approve(own.batchId, clerk))).toBe('FORBIDDEN_ACTION');
  const himself = importer('T0601', 'CYL_REVIEWER');
  expect(await refusalOf(desk.approve(own.batchId, himself))).toBe('SOD_VIOLATION');
  expect(await hours()).toEqual(before);
  const foreign = importer('T0301', 'AAO_CLERK');
  expect(await refusalOf(desk.propose('practices', [practice({})], foreign))).toBe(
    'FORBIDDEN_ACTION',
  );
});

test('the database itself refuses a second person who is the first (INV-02)', async () => {
  for (const table of ['cadre_post', 'practice_record', 'volunteer_hours']) {
    const statement = `update ${table} set approved_by = recorded_by`;
    expect(await refusedBy(college, 'youthleague', statement)).toBe(`${table}_second_person`);
  }
});
