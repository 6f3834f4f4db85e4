import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER } from '@chengxin/college/demo-folder';
import { idNumberOf } from '@chengxin/college/demo/people';
import { barLawViolations } from '@chengxin/security/law-violation.bar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { published } from '../support/published.js';
import { aCase, approveCases, inDatabase, proposeCases, running } from './cases.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const STUDENT = '2024020130';

/** The row of the roll as it was first brought in, with another birth date. */
function rollRow(birthDate: string): Record<string, string> {
  const [heads = '', ...lines] = readFileSync(join(DEMO_FOLDER, 'students.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const cells = lines.find((line) => line.startsWith(STUDENT))?.split(',') ?? [];
  const row = Object.fromEntries(heads.split(',').map((head, at) => [head, cells[at] ?? '']));
  // A birth date that the ID number contradicts is rejected (F-13).
  return { ...row, 出生日期: birthDate, 证件号码: idNumberOf(birthDate, 130) };
}

/** What the archive published of the student's birth date. */
const corrections = async () =>
  (await published(college, 'archive', 'birthDate')).filter(({ key }) => key === STUDENT);
const actsHeld = () =>
  inDatabase(
    college,
    `select case_no as no, act_on::text as "actOn" from law_violation order by 1`,
  );
const checkAgain = () => barLawViolations.run(running(college), college.clock.now());

test('a corrected birth date takes away what was done before coming of age, and that is published (INV-05)', async () => {
  const early = aCase({ 案件编号: 'M-1', 学号: STUDENT, 行为日期: '2024-01-15' });
  const open = aCase({ 案件编号: 'M-2', 学号: STUDENT, 行为日期: '2024-01-16', 文书编号: '' });
  const late = aCase({ 案件编号: 'M-3', 学号: STUDENT, 行为日期: '2026-03-01' });
  const { report } = await proposeCases(college, [early, open, late]);
  await approveCases(college, report.batchId);
  await checkAgain();
  expect(await actsHeld()).toEqual([
    { no: 'M-1', actOn: '2024-01-15' },
    { no: 'M-2', actOn: '2024-01-16' },
    { no: 'M-3', actOn: '2026-03-01' },
  ]);

  await college.bring('archive', 'students', [rollRow('2008-02-29')]);
  expect(await corrections()).toEqual([
    { topic: 'birthDate', key: STUDENT, version: 2, payload: {} },
  ]);
  await checkAgain();
  expect(await actsHeld()).toEqual([{ no: 'M-3', actOn: '2026-03-01' }]);
  const finding = {
    studentNo: STUDENT,
    polarity: 'BAD',
    indicatorCode: 'D3-03',
    severity: 'S2',
    state: 'FOUND',
    occurredOn: '2026-03-01',
    foundOn: '2026-03-20',
    findingBody: '保卫处',
    findingDocNo: '保认字〔2026〕1号',
    findingOn: '2026-03-20',
    noticeDeliveredOn: '2026-03-06',
    legalBasis: '学生违纪处分办法第十二条',
    recordedBy: 'T0501',
    approvedBy: 'T0502',
    approvedAt: expect.any(String) as string,
  };
  const events = await published(college, 'security', 'finding');
  const [barred, kept] = [events[0]?.key ?? '', events[1]?.key ?? ''];
  const source = { subgraph: 'security', typename: 'LawViolation', id: kept.split(':')[1] };
  expect(events).toEqual([
    { topic: 'finding', key: barred, version: 1, payload: {}, gone: true },
    { topic: 'finding', key: kept, version: 1, payload: { ...finding, source } },
    { topic: 'finding', key: barred, version: 2, payload: {}, gone: true },
  ]);
  expect(
    await inDatabase(
      college,
      `select actor, action from operation_log where action = 'lawViolation.bar'`,
    ),
  ).toEqual([
    { actor: 'security', action: 'lawViolation.bar' },
    { actor: 'security', action: 'lawViolation.bar' },
  ]);
  expect(await inDatabase(college, `select student_no from age_recheck`)).toEqual([]);
});

test('a roll that says the same again causes no check (INV-05)', async () => {
  const before = await corrections();
  await college.bring('archive', 'students', [
    { ...rollRow('2008-02-29'), 家庭住址: '示范市新路2号' },
  ]);
  expect(await corrections()).toEqual(before);
});
