import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_FOLDER } from '@chengxin/gateway/college/demo-folder';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { aCase, approveCases, inDatabase, proposeCases } from './cases.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const STUDENT = '2024020130';
/** The feed waits for transactions of other tests on the same server. */
const WITHIN = { timeout: 10_000 };

/** The row of the roll as it was first brought in, with another birth date. */
function rollRow(birthDate: string): Record<string, string> {
  const [heads = '', ...lines] = readFileSync(join(DEMO_FOLDER, 'students.csv'), 'utf8')
    .trim()
    .split(/\r?\n/);
  const cells = lines.find((line) => line.startsWith(STUDENT))?.split(',') ?? [];
  const row = Object.fromEntries(heads.split(',').map((head, at) => [head, cells[at] ?? '']));
  return { ...row, 出生日期: birthDate };
}

const toldBy = (office: string) => {
  const running = college.started.offices.get(office);
  if (!running) throw new Error(`There is no ${office}.`);
  return execute<{ topic: string; payload: object }>(
    forkOf(running.orm),
    `select topic, version, payload - 'source' as payload from outbox
     where key = ? or payload->>'studentNo' = ? order by id`,
    [STUDENT, STUDENT],
  );
};

const actsHeld = () => inDatabase(college, `select act_on::text as "actOn" from law_violation`);

test('the archive tells security the day of coming of age, and no birth date to anybody (INV-05)', async () => {
  const roster = { name: '吴晓东', college: 'C02', classCode: '20240201', status: 'ENROLLED' };
  expect(await toldBy('archive')).toEqual([
    { topic: 'roster', version: 1, payload: roster },
    { topic: 'majority', version: 1, payload: { adultFrom: '2024-01-15' } },
  ]);
  expect(
    await inDatabase(college, `select adult_from::text as day from majority order by 1`),
  ).toEqual(
    [
      '2023-01-19',
      '2023-04-25',
      '2023-12-02',
      '2024-01-15',
      '2024-03-08',
      '2024-05-14',
      '2024-08-30',
      '2025-02-11',
      '2026-11-20',
    ].map((day) => ({ day })),
  );
});

test('a corrected birth date takes away what was done before coming of age, and the archive is told (INV-05)', async () => {
  const early = aCase({ 案件编号: 'M-1', 学号: STUDENT, 行为日期: '2024-01-15' });
  const { report } = await proposeCases(college, [early]);
  await approveCases(college, report.batchId);
  expect(await actsHeld()).toEqual([{ actOn: '2024-01-15' }]);

  await college.bring('archive', 'students', [rollRow('2008-02-29')]);
  await vi.waitFor(async () => {
    await college.settle();
    expect(await actsHeld()).toEqual([]);
  }, WITHIN);
  const finding = {
    studentNo: STUDENT,
    polarity: 'BAD',
    indicatorCode: 'D3-03',
    severity: 'S2',
    state: 'FOUND',
    occurredOn: '2024-01-15',
    foundOn: '2026-03-20',
    findingBody: '保卫处',
    findingDocNo: '保认字〔2026〕1号',
    findingOn: '2026-03-20',
    noticeDeliveredOn: '2026-03-06',
    legalBasis: '学生违纪处分办法第十二条',
  };
  expect(await toldBy('security')).toEqual([
    { topic: 'finding', version: 1, payload: finding },
    { topic: 'finding', version: 2, payload: { ...finding, state: 'REVOKED' } },
  ]);
});

test('whoever was born on 29 February comes of age on 1 March (INV-05)', async () => {
  const { rejected } = await proposeCases(college, [
    aCase({ 案件编号: 'M-2', 学号: STUDENT, 行为日期: '2026-02-28' }),
    aCase({ 案件编号: 'M-3', 学号: STUDENT, 行为日期: '2026-03-01' }),
  ]);
  expect(rejected).toEqual(['2,actOn,依法不得录入,may not enter by law']);
});
