/**
 * A pending loan or a hardship excuses the bills of its year; finance consumes that, and not which
 * (T-01).
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { published } from '../support/published.js';
import { hardship, loan, OWN_STUDENT } from './own-rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await college.bring(
    'finance',
    'bills',
    ['2024-2025', '2025-2026'].map((year, i) => ({
      账单编号: `B-${i}`,
      学号: OWN_STUDENT,
      学年: year,
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: `${year.slice(0, 4)}-10-31`,
    })),
  );
});
afterAll(() => college.stop());

/** Categories of the two bills, the elder first, as finance reads them. */
async function categories() {
  const { data } = await college.request(
    'T0401',
    `{ student(studentNo: "${OWN_STUDENT}") { arrears { category } } }`,
  );
  const student = data?.['student'] as { arrears: { category: string }[] } | undefined;
  return student?.arrears.map(({ category }) => category);
}
const events = () => published(college, 'archive', 'excuse');
/** Each version says what holds now. */
const excuse = (excused: boolean, ...versions: readonly number[]) =>
  versions.map((version) => ({
    topic: 'excuse',
    key: `${OWN_STUDENT}:2025-2026`,
    version,
    payload: { studentNo: OWN_STUDENT, academicYear: '2025-2026', excused },
  }));

test('a loan that is applied for excuses the bills of its year alone, until it is paid out', async () => {
  expect(await categories()).toEqual(['UNEXPLAINED', 'UNEXPLAINED']);
  await college.bring('archive', 'loans', [loan({ 贷款状态: '已申请' })]);
  expect(await categories()).toEqual(['UNEXPLAINED', 'EXCUSED']);
  await college.bring('archive', 'loans', [loan({ 贷款状态: '已放款' })]);
  expect(await categories()).toEqual(['UNEXPLAINED', 'UNEXPLAINED']);
  expect(await events()).toEqual(excuse(false, 1, 2));
});

test('a hardship excuses in the same words, and a second reason publishes nothing more', async () => {
  await college.bring('archive', 'aid', [hardship()]);
  expect(await categories()).toEqual(['UNEXPLAINED', 'EXCUSED']);
  await college.bring('archive', 'loans', [loan({ 贷款状态: '已签约' })]);
  expect(await events()).toEqual(excuse(true, 1, 2, 3));
});

test('a hardship that stands beside a grant excuses as one of its own does', async () => {
  await college.bring('archive', 'aid', [
    hardship({
      资助编号: 'A-GRANT',
      资助类别: '国家助学金',
      学年: '2024-2025',
      资助金额: '3300.00',
    }),
  ]);
  expect(await categories()).toEqual(['EXCUSED', 'EXCUSED']);
});
