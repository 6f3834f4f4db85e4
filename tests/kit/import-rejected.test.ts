import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetTornLists, rejectedFile } from '@chengxin/kit/import/rejected';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

let root: string;
let folder: string;
let path: string;
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'import-rejected-'));
});
beforeEach(async () => {
  folder = join(root, String((count += 1)));
  path = join(folder, 'bills.csv');
  await mkdir(folder);
});
afterAll(() => rm(root, { recursive: true }));

const reason = { zh: '学号格式不正确', en: 'is not a student number' };

test('a reject list reports line, column and reason, for its owner alone (F-13)', async () => {
  const rejected = rejectedFile(path);
  await rejected.add(3, [
    { column: '学号', reason, cell: '2024' },
    { column: '金额,元', reason: { zh: '不得为空', en: 'must not be "empty"' } },
  ]);
  await rejected.add(9, [{ column: null, reason }]);
  expect(await rejected.finish()).toBe(`${path}.rejected.csv`);
  expect(await readFile(`${path}.rejected.csv`, 'utf8')).toBe(
    [
      '\ufeffline,column,reason 中文,reason English',
      '3,学号,学号格式不正确,is not a student number',
      '3,"金额,元",不得为空,"must not be ""empty"""',
      '9,,学号格式不正确,is not a student number',
      '',
    ].join('\r\n'),
  );
  expect((await stat(`${path}.rejected.csv`)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['bills.csv.rejected.csv']);
});

test('values stand in the list when requested, and none of them is a formula (F-13)', async () => {
  const cells = [
    '2024',
    '=1+1',
    '+1',
    '-1',
    '@x',
    '＝1',
    ' =1',
    '\n=1',
    '\t1',
    'a=1',
    '=HYPERLINK("x")',
  ];
  const rejected = rejectedFile(path, { withValues: true });
  for (const cell of cells) await rejected.add(2, [{ column: '=学号', reason, cell }]);
  await rejected.add(3, [{ column: null, reason }]);
  await rejected.finish();
  const [header, ...rows] = (await readFile(`${path}.rejected.csv`, 'utf8')).split('\r\n');
  const start = "'=学号,学号格式不正确,is not a student number";
  expect(header).toBe('\ufeffline,column,reason 中文,reason English,cell');
  expect(rows).toEqual([
    `2,${start},2024`,
    `2,${start},'=1+1`,
    `2,${start},'+1`,
    `2,${start},'-1`,
    `2,${start},'@x`,
    `2,${start},'＝1`,
    `2,${start},' =1`,
    `2,${start},"'\n=1"`,
    `2,${start},"'\t1"`,
    `2,${start},a=1`,
    `2,${start},"'=HYPERLINK(""x"")"`,
    '3,,学号格式不正确,is not a student number,',
    '',
  ]);
});

test('no list is made when no row was rejected (F-13)', async () => {
  const rejected = rejectedFile(path);
  expect(await rejected.finish()).toBe(null);
  await rejected.discard();
  expect(await readdir(folder)).toEqual([]);
});

test('until it is finished a list has another name and is for its owner alone too (F-13)', async () => {
  const rejected = rejectedFile(path);
  await rejected.add(2, [{ column: '学号', reason }]);
  const [draft = '', ...others] = await readdir(folder);
  expect(draft).toMatch(/^bills\.csv\.rejected\.csv\.\d+@.+\.[0-9a-f]{8}\.part$/);
  expect(others).toEqual([]);
  expect((await stat(join(folder, draft))).mode & 0o777).toBe(0o600);
  await rejected.discard();
  expect(await readdir(folder)).toEqual([]);
});

test('half-written lists of killed processes are taken away, those of others stay (F-13)', async () => {
  const { pid } = process;
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const [host, id] = [hostname().slice(0, 16), '0123abcd'];
  const kept = [
    `bills.csv.rejected.csv.${pid}@${host}.${id}.part`,
    `bills.csv.rejected.csv.${dead}@elsewhere.${id}.part`,
    `other.csv.rejected.csv.${dead}@${host}.${id}.part`,
    'bills.csv.rejected.csv',
  ];
  const torn = `bills.csv.rejected.csv.${dead}@${host}.${id}.part`;
  for (const name of [...kept, torn]) await writeFile(join(folder, name), '');
  await forgetTornLists(path);
  expect((await readdir(folder)).toSorted()).toEqual(kept.toSorted());
});

test('a new list replaces an earlier one and its mode; a discarded one does not (F-13)', async () => {
  const target = `${path}.rejected.csv`;
  await writeFile(target, 'earlier', { mode: 0o644 });
  const dropped = rejectedFile(path);
  await dropped.add(2, [{ column: '学号', reason }]);
  await dropped.discard();
  expect(await readFile(target, 'utf8')).toBe('earlier');

  const kept = rejectedFile(path);
  await kept.add(2, [{ column: '学号', reason }]);
  await kept.finish();
  expect(await readFile(target, 'utf8')).toBe(
    '\ufeffline,column,reason 中文,reason English\r\n2,学号,学号格式不正确,is not a student number\r\n',
  );
  expect((await stat(target)).mode & 0o777).toBe(0o600);
});

test('a long list is written in order and whole (F-13)', async () => {
  const rejected = rejectedFile(path);
  for (let line = 2; line < 5002; line += 1) await rejected.add(line, [{ column: '学号', reason }]);
  await rejected.finish();
  const rows = (await readFile(`${path}.rejected.csv`, 'utf8')).split('\r\n').slice(1, -1);
  expect(rows).toEqual(
    Array.from(
      { length: 5000 },
      (_, at) => `${at + 2},学号,学号格式不正确,is not a student number`,
    ),
  );
});
