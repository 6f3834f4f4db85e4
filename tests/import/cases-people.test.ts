/** Rolls as clerks have them (`cases/`), and what is right for each (F-13). */
import { office } from '@chengxin/archive/office';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { caseDesk, refusal } from './case-desk.js';

const reviewer = importer('T0002', 'SCHOOL_ADMIN', ['SCHOOL']);
let college: TestCollege;
let desk: Awaited<ReturnType<typeof caseDesk>>;
beforeAll(async () => {
  college = await startCollege();
  desk = await caseDesk(college, office, importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']));
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const PRIVATE =
  'holds a character of private use, or half of one; write it with a standard character';
const stored = async (studentNo: string) => {
  const [row] = await asOwner(
    college,
    'archive',
    `select phone, email, address, emergency_contact, ethnic_code, political_status, version
     from student where student_no = $1`,
    [studentNo],
  );
  return row;
};

test('13: names stay as they are written, what is not seen goes, and numbers are right or rejected (F-13)', async () => {
  const report = await desk.bring('students', '13-students-names-and-ids.csv');
  const names = [
    '阿依古丽·买买提',
    '阿依古丽•买买提',
    '阿依古丽・买买提',
    '阿依古丽‧买买提',
    '阿依古丽．买买提',
    '欧阳𠮷',
    '㐂田小雨',
    '刘䶮',
    null,
    '马〇一',
    '王 小 明',
    '李\u3000明',
    'MARÍA LÓPEZ',
    '张三(大)',
    '陈星',
    '林海',
    '李😀',
    'e\u0301\u0301toile',
    '买买提·阿不都热合曼·艾力江·吐尔逊·阿卜杜拉',
    '李小写',
    '李全角',
    '钱带区号',
    '钱带横线',
    '钱带空格',
  ];
  const waiting = await desk.waiting(report, 'name', 'phone');
  expect(waiting.map(([line, name]) => [line, String(name).normalize('NFD')])).toEqual(
    names.flatMap((name, at) => (name ? [[at + 2, name.normalize('NFD')]] : [])),
  );
  expect(waiting.slice(-3).map(([, , phone]) => phone)).toEqual([
    '19900009002',
    '19900009003',
    '19900009004',
  ]);
  const code = 'does not have the form of this code';
  expect(await desk.rejections(report)).toEqual([
    [10, '姓名', PRIVATE],
    [26, '民族代码', code],
    [26, '政治面貌代码', code],
    [27, '年级', 'is not a whole number'],
    [28, '民族代码', code],
    [28, '政治面貌代码', code],
    [29, '出生日期', 'is not the birth date in the ID number'],
  ]);
});

test('14: bytes that GB18030 has moved are the characters of its present edition (F-13)', async () => {
  const report = await desk.bring('students', '14-students-gb18030-moved.csv');
  expect(await desk.waiting(report, 'name', 'address')).toEqual([
    [2, '\u9fb4小龙', '示范市诚信路9号'],
    [3, '李\u{200cc}', '示范市诚信路9号'],
    [4, '刘䶮', '示范市诚信路9号'],
    [5, '欧阳𠮷', '示范市诚信路9号'],
    [6, '吴欧元', '€路1号'],
  ]);
  expect(report).toMatchObject({ rows: 5, rejected: 0 });
});

test('16: a missing column and an empty cell clear nothing; a cell is cleared where that is requested (F-13)', async () => {
  const [li, zhang] = [await stored('2024010317'), await stored('2024010305')];
  expect(li).toMatchObject({ phone: expect.any(String), email: expect.any(String) });
  const none = { added: 0, columns: [] };
  const columns = await desk.bring('students', '16a-students-required-columns-only.csv');
  expect(columns).toMatchObject({ rows: 1, rejected: 0, changes: none });
  expect(await desk.approve(columns.batchId, reviewer)).toMatchObject({
    changed: 0,
    changes: none,
  });
  expect(await stored('2024010317')).toEqual(li);

  const changed = (field: string, heading: string, cleared: number) => ({
    field,
    heading,
    changed: 1,
    cleared,
  });
  const address = changed('address', '家庭住址', 0);
  const contact = changed('emergencyContact', '紧急联系人', 0);
  const cells = await desk.bring('students', '16b-students-empty-optional-cells.csv');
  expect(cells).toMatchObject({ rows: 1, changes: { added: 0, columns: [address, contact] } });
  await desk.approve(cells.batchId, reviewer);
  expect(await stored('2024010305')).toEqual({
    ...zhang,
    address: '示范市诚信路9号',
    emergency_contact: '家长 19900019001',
    version: 2,
  });

  const emptyClears = ['phone', '电子邮箱'];
  const clearing = await desk.bring('students', '16b-students-empty-optional-cells.csv', {
    emptyClears,
  });
  const cleared = [changed('phone', '手机号', 1), changed('email', '电子邮箱', 1)];
  const changes = { added: 0, columns: cleared };
  expect(clearing).toMatchObject({ changes });
  const before = await stored('2024010305');
  expect(await desk.review(clearing.batchId, reviewer)).toEqual({ ...clearing, changes });
  expect(await stored('2024010305')).toEqual(before);
  await desk.approve(clearing.batchId, reviewer);
  expect(await stored('2024010305')).toMatchObject({ phone: null, email: null, version: 3 });
});

test('16: what a student clears between a file and its approval is not brought back by it (F-13)', async () => {
  const columns = await desk.bring('students', '16a-students-required-columns-only.csv');
  await asOwner(
    college,
    'archive',
    `update student set phone = null where student_no = '2024010317'`,
  );
  await desk.approve(columns.batchId, reviewer);
  expect(await stored('2024010317')).toMatchObject({ phone: null, version: 1 });
});

test('16: a column is cleared only where the file has it and no row must fill it (F-13)', async () => {
  const clearing = (name: string, ...emptyClears: string[]) =>
    refusal(desk.bring('students', name, { emptyClears }));
  expect(await clearing('16a-students-required-columns-only.csv', '手机号')).toBe(
    'VALIDATION: --empty-clears: the file has no column “手机号”.',
  );
  expect(await clearing('16b-students-empty-optional-cells.csv', 'name')).toBe(
    'VALIDATION: --empty-clears: every row must fill “name”, it cannot be cleared.',
  );
});

test('31: half a character and control characters are rejected, a whole one in two escapes is read (F-13)', async () => {
  const report = await desk.bring('students', '31a-students-lone-surrogate.xlsx');
  expect(await desk.waiting(report, 'name')).toEqual([
    [5, '孙整😀'],
    [6, '周常规'],
  ]);
  expect(await desk.rejections(report)).toEqual([
    [2, '姓名', PRIVATE],
    [3, '姓名', 'holds unprintable characters'],
    [4, '姓名', 'holds unprintable characters'],
  ]);
});
