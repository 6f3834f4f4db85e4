/**
 * SQL: whether a student has promised something to an office. An offer that he has not signed brings
 * him before nobody: an office could open any student by offering him something.
 */
export const promisedTo =
  (office: string) =>
  (studentNo: string): string =>
    `exists (select from commitment m where m.student_no = ${studentNo}
       and m.owner_office = '${office}' and m.signed_at is not null)`;
