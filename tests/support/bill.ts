/** A bill of 9,800 yuan that fell due in October 2025, as finance writes it. */
export const bill = (billNo: string, studentNo: string): Record<string, string> => ({
  账单编号: billNo,
  学号: studentNo,
  学年: '2025-2026',
  收费项目: '学费',
  应缴金额: '9800.00',
  缴费截止日期: '2025-10-31',
});
