/**
 * SQL: whether nothing of a student is left to read. His archive is void or destroyed, and he has no
 * other one: the tombstone alone stays, for nobody's reading (DOMAIN 2.4, T-05, F-08).
 *
 * @param studentNo  Column, with the name of its table: `archive` has one of that name.
 */
export const erased = (studentNo: string): string =>
  `coalesce((select bool_and(z.state in ('VOID', 'DESTROYED')) from archive z
     where z.student_no = ${studentNo}), false)`;
