/**
 * What the clients under test select: a student with a field that the caller may not see, and a
 * list.
 */
export const CREDIT_OF = `
  query CreditOf($studentNo: ID!) {
    student(studentNo: $studentNo) {
      studentNo
      name
      arrears { billNo category }
      lawViolations { category }
    }
  }`;

export const BILLS = `
  query Bills($first: Int!, $after: String) {
    bills(first: $first, after: $after, order: STUDENT) {
      edges { cursor node { id billNo student { studentNo name } } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;

export const STUDENT_NO = '2024010317';

/** One overdue bill of each of these students: what the lists of the tests hold. */
export const bill = (billNo: string, studentNo = STUDENT_NO): Record<string, string> => ({
  账单编号: billNo,
  学号: studentNo,
  学年: '2025-2026',
  收费项目: '学费',
  应缴金额: '9800.00',
  缴费截止日期: '2025-10-31',
});
