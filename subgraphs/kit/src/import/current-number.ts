/** Files that name a student by a number that he had before (F-07): they find him all the same. */

/** Field of a staged row that says by which number the file named its student. */
export const FORMER_NO = 'formerNo';

/**
 * A row of a file under the numbers that hold: `studentNo`, and each of `students`.
 *
 * @param current  The number that holds, by each former one.
 */
export function withCurrentNumber<Row extends object>(
  row: Row,
  current: ReadonlyMap<string, string>,
): Row {
  const { studentNo, students } = row as { studentNo?: unknown; students?: unknown };
  const holds = typeof studentNo === 'string' ? current.get(studentNo) : undefined;
  if (holds !== undefined) return { ...row, studentNo: holds, [FORMER_NO]: studentNo };
  if (!Array.isArray(students) || !current.size) return row;
  const numbers = (students as string[]).map((one) => current.get(one) ?? one);
  return { ...row, students: [...new Set(numbers)] };
}
