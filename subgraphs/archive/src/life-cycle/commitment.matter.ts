/** SQL: whether a student has promised something to an office. */
export const promisedTo =
  (office: string) =>
  (studentNo: string): string =>
    `exists (select from commitment m where m.student_no = ${studentNo} and m.owner_office = '${office}')`;
