/** The command as a process of its own: mappings, large files, and a sudden end. */
import { createWriteStream } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { office } from '@chengxin/academics/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { openDesk, type Desk } from './desk.js';
import { outside } from './process.js';

const clerk = importer('T0301', 'AAO_CLERK');
const reviewer = importer('T0302', 'AAO_REVIEWER');
const PORTION = 10_000;
const MEMORY_MB = 300;

let college: TestCollege;
let desk: Desk;
let academics: Awaited<ReturnType<typeof outside>>;
beforeAll(async () => {
  college = await startCollege();
  desk = await openDesk(college, office);
  academics = await outside(college, 'academics', desk.folder);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

/** A file of so many grades of one student, a course each; the first marks as given. */
async function gradesFile(name: string, rows: number, marks: readonly string[] = []) {
  const path = join(desk.folder, name);
  function* portions() {
    yield '学号,学期,课程代码,课程名称,学分,成绩,成绩类型,绩点,修读次数,成绩状态\n';
    for (let from = 0; from < rows; from += PORTION)
      yield Array.from({ length: PORTION }, (_, at) => {
        const mark = marks[from + at] ?? '87.5';
        return `2024010305,2025-1,C${from + at},程序设计基础,4.0,${mark},百分制,3.75,1,\n`;
      }).join('');
  }
  await pipeline(Readable.from(portions()), createWriteStream(path));
  return path;
}

const inOffice = (sql: string) => asOwner(college, 'academics', sql);
const batches = () =>
  inOffice(`select b.state, b.row_count as rows, b.rejected_count as rejected,
      (select count(*)::int from import_row r where r.batch_id = b.id) as staged
    from import_batch b order by b.state`);

test('the command reads by a mapping, and a mistake in it is reported before anything is requested or read (F-13)', async () => {
  const rows = '学号,成绩\n2024010305,优秀\n2024010305,缓考\n';
  const file = await desk.file('export.csv', rows);
  const mapping = `kind: grades
columns:
  学号: studentNo
  成绩: { field: mark, values: { 优秀: 95 } }
constants: { termCode: 2025-1, courseCode: CS101, courseName: 程序设计, credits: 4, scoreScale: PERCENT }
`;
  const map = await desk.file('columns.yaml', mapping);
  const run = async (...more: string[]) =>
    (await academics.start('T0301', 'grades', file, '--map', map, '--dry-run', ...more)).ended;
  const { code, said, warned } = await run();
  const [, batch, peak] = /batch (\S+), (?:.|\n)*peak memory: (\d+) MB/.exec(said) ?? [];
  expect([code, said, warned]).toEqual([
    0,
    [
      `grades: 批次 batch ${batch}, 1 行 rows, 退回 rejected 1, CHECKED`,
      `退回行 rejected rows: ${file}.rejected.csv`,
      '新记录 new records: 1',
      '试读，未保留任何数据。 A dry run: nothing was kept.',
      `内存峰值 peak memory: ${peak} MB`,
      '',
    ].join('\n'),
    '',
  ]);
  await desk.file('columns.yaml', mapping.replace('field: mark', 'field: marks'));
  expect(await run()).toEqual({
    code: 1,
    signal: null,
    said: '',
    warned: expect.stringMatching(
      /^输入有误。 The input is not valid\. 对照表 columns\.yaml 第 4 行：.* Mapping columns\.yaml, line 4: grades has no field “marks”; use .*\n$/,
    ),
  });
  await inOffice('truncate import_row, import_rejected, closed_review, import_batch');
  for (const name of await readdir(desk.folder)) await rm(join(desk.folder, name));
});

test('a clerk and a reviewer work through the gateway alone, without database or key', async () => {
  const grade = (course: string, mark: string) =>
    `2024010305,2025-1,${course},程序设计,4.0,${mark},百分制`;
  const file = await desk.file(
    'away.csv',
    `学号,学期,课程代码,课程名称,学分,成绩,成绩类型\n${grade('A1', 'many')}\n${grade('A2', '90')}\n`,
  );
  const run = async (person: string, ...args: string[]) =>
    (await academics.startAway(person, ...args)).ended;
  const brought = await run('T0301', 'grades', file, '--basis', '教字 3 号');
  const [, batch = '', peak] =
    /batch (\S+), (?:.|\n)*peak memory: (\d+) MB/.exec(brought.said) ?? [];
  expect([brought.code, brought.said, brought.warned]).toEqual([
    0,
    [
      `grades: 批次 batch ${batch}, 1 行 rows, 退回 rejected 1, PROPOSED`,
      `退回行 rejected rows: ${file}.rejected.csv`,
      '新记录 new records: 1',
      `由另一人审核 A second person approves it: … -- approve ${batch} --as <reviewer> --reason <why>`,
      `内存峰值 peak memory: ${peak} MB`,
      '',
    ].join('\n'),
    '',
  ]);
  expect((await stat(`${file}.rejected.csv`)).mode & 0o777).toBe(0o600);
  expect(await readFile(`${file}.rejected.csv`, 'utf8')).toBe(
    '\ufeffline,column,reason 中文,reason English\r\n2,成绩,不是数字,is not a number\r\n',
  );
  const at = /\d{4}-\d\d-\d\dT[\d:.]+Z/;
  const line = (state: string) => `${batch}  grades  1 行 rows, 退回 rejected 1, ${state}, AT`;
  const seen = (state: string) =>
    [
      line(state),
      '依据文件 basis document: 教字 3 号',
      '新记录 new records: 1',
      '第 2 行 line 2: 成绩: 不是数字 is not a number',
      '',
    ].join('\n');
  const told = async (person: string, ...args: string[]) => {
    const { code, said, warned } = await run(person, ...args);
    return [code, said.replace(at, 'AT'), warned];
  };
  expect(await told('T0302', '--list')).toEqual([0, `${line('PROPOSED')}\n`, '']);
  expect(await told('T0302', '--show', batch)).toEqual([0, seen('PROPOSED'), '']);
  expect(await told('T0302', 'approve', batch, '--reason', '核对无误')).toEqual([
    0,
    seen('APPROVED'),
    '',
  ]);
  expect(await told('T0302', '--list')).toEqual([
    0,
    '没有待审核的批次。 Nothing waits for its reviewer.\n',
    '',
  ]);
  const [code, said, warned] = await told('T0601', 'grades', file);
  expect([code, said]).toEqual([1, '']);
  expect(warned).toContain('You may not do this.');
  await inOffice('truncate import_row, import_rejected, closed_review, import_batch, course_grade');
  for (const name of await readdir(desk.folder)) await rm(join(desk.folder, name));
});

test('a million rows are read, checked and staged within the memory of a small machine (F-13)', async () => {
  const path = await gradesFile('million.csv', 1_000_000);
  const { ended } = await academics.start('T0301', 'grades', path);
  const { code, said, warned } = await ended;
  const [, batch, peak] = /batch (\S+), (?:.|\n)*peak memory: (\d+) MB/.exec(said) ?? [];
  process.stdout.write(`a million rows: peak memory ${peak} MB\n`);
  expect([code, said]).toEqual([
    0,
    [
      `grades: 批次 batch ${batch}, 1000000 行 rows, 退回 rejected 0, PROPOSED`,
      '新记录 new records: 1000000',
      `由另一人审核 A second person approves it: … -- approve ${batch} --as <reviewer> --reason <why>`,
      `内存峰值 peak memory: ${peak} MB`,
      '',
    ].join('\n'),
  ]);
  expect(warned).toBe(
    Array.from({ length: 10 }, (_, at) => `${(at + 1) * 100_000} rows\n`).join(''),
  );
  expect(Number(peak)).toBeLessThanOrEqual(MEMORY_MB);
  expect(await batches()).toEqual([
    { state: 'PROPOSED', rows: 1_000_000, rejected: 0, staged: 1_000_000 },
  ]);
  await rm(path);
  await inOffice('truncate import_row, import_rejected, closed_review, import_batch');
}, 300_000);

test('an import that was killed half-way is run again: nothing is doubled, nothing left behind (F-13)', async () => {
  const path = await gradesFile('killed.csv', 110_000, ['many']);
  const killed = await academics.start('T0301', 'grades', path);
  await killed.progress();
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toMatchObject({ code: null, signal: 'SIGKILL', said: '' });
  const [torn] = await batches();
  expect(torn).toMatchObject({ state: 'READING', rows: 0, rejected: 0 });
  expect(torn?.['staged']).toBeGreaterThan(0);
  expect(await readdir(desk.folder)).toEqual([
    'killed.csv',
    expect.stringMatching(/^killed\.csv\.rejected\.csv\..+\.part$/),
  ]);

  const again = await desk.propose('grades', path, clerk);
  expect(again).toMatchObject({ rows: 109_999, rejected: 1, state: 'PROPOSED' });
  expect(await desk.rejected(again)).toEqual([['2', '成绩', '不是数字', 'is not a number']]);
  expect(await readdir(desk.folder)).toEqual(['killed.csv', 'killed.csv.rejected.csv']);
  expect(await batches()).toEqual([
    { state: 'FAILED', rows: 0, rejected: 0, staged: 0 },
    { state: 'PROPOSED', rows: 109_999, rejected: 1, staged: 109_999 },
  ]);

  expect(await desk.approve(again.batchId, reviewer)).toMatchObject({ changed: 109_999 });
  expect(
    await inOffice('select count(*)::int as rows, max(version) as version from course_grade'),
  ).toEqual([{ rows: 109_999, version: 1 }]);
  expect((await batches()).map(({ staged }) => staged)).toEqual([0, 0]);
}, 120_000);
