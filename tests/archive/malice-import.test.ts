/** Malicious arrears by file: the record keeps its bill, whose settling is its duty (T-01, 4.5, U-10). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { malice, OWN_STUDENT } from './own-rows.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-02-01T10:00:00+08:00' });
  await college.bring('finance', 'bills', [
    {
      账单编号: 'B2025T1',
      学号: OWN_STUDENT,
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    },
  ]);
  await college.bring('archive', 'conduct-records', [malice()]);
});
afterAll(() => college.stop());

async function part(person: string, fields: string) {
  const query = `{ student(studentNo: "${OWN_STUDENT}") { ${fields} } }`;
  return (await college.request(person, query)).data?.['student'];
}

test('finance consumes that malice was found on the bill', async () => {
  expect(await part('T0401', 'arrears { category }')).toEqual({
    arrears: [{ category: 'MALICIOUS' }],
  });
});

test('while the bill is unpaid nothing fades; once it is paid the days count from there', async () => {
  expect(await part(OWN_STUDENT, 'credit { score grade }')).toEqual({
    credit: { score: 9040, grade: 'B' },
  });
  college.clock.set('2026-12-01T10:00:00+08:00');
  await college.bring('archive', 'conduct-records', [malice({ 认定文号: '学处〔2026〕1号' })]);
  expect(await part(OWN_STUDENT, 'credit { score }')).toEqual({ credit: { score: 9040 } });
  await college.bring('finance', 'payments', [
    {
      缴费流水号: 'P-1',
      账单编号: 'B2025T1',
      学号: OWN_STUDENT,
      实缴金额: '9800.00',
      缴费日期: '2026-03-15',
    },
  ]);
  expect(await part(OWN_STUDENT, 'credit { score }')).toEqual({ credit: { score: 9520 } });
});
