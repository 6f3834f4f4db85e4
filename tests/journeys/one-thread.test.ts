import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2025-11-01T10:00:00+08:00' });
  await college.bring('finance', 'bills', [
    {
      账单编号: 'B-2025-0415',
      学号: '2025020415',
      学年: '2025-2026',
      收费项目: '学费',
      应缴金额: '9800.00',
      缴费截止日期: '2025-10-31',
    },
  ]);
});
afterAll(() => college.stop());

const QUERY = `{ student(studentNo: "2025020415") { name idNumber arrears { outstandingFen category } } }`;

test('the finance clerk reads name and amount, and no ID number (SC-08)', async () => {
  expect(await college.request('T0401', QUERY)).toEqual({
    data: {
      student: {
        name: '赵文博',
        idNumber: null,
        arrears: [{ outstandingFen: 980000, category: 'UNEXPLAINED' }],
      },
    },
    errors: [
      {
        message: expect.any(String),
        path: ['student', 'idNumber'],
        extensions: {
          code: 'FORBIDDEN_FIELD',
          group: 'SENSITIVE_IDENTITY',
          clause: 'FG02',
          rule: 'FIN_CLERK.FG02',
        },
      },
    ],
  });
});
