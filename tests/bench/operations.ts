/** What the benchmark requests; the first is what the others are compared to. */
export interface Operation {
  readonly name: string;
  readonly person: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
}

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'one name, from the archive alone',
    person: 'T0401',
    headers: {},
    query: '{ student(studentNo: "2024010317") { name } }',
  },
  {
    name: 'one student with arrears, two offices',
    person: 'T0401',
    headers: {},
    query: '{ student(studentNo: "2024010317") { name arrears { category outstandingFen } } }',
  },
  {
    name: "one student's full view, six offices",
    person: '2024010317',
    headers: {},
    query: `{ student(studentNo: "2024010317") { name grades { courseName score { raw } }
      arrears { category outstandingFen } lawViolations { category } cadrePosts { post level }
      phoneBills { month amountFen } } }`,
  },
  {
    name: 'a page of 100, four offices',
    person: 'T0001',
    headers: { 'x-purpose': 'ADMIN_REVIEW' },
    query: `{ students(first: 100) { nodes { studentNo name classCode arrears { category }
      academicSummary { gpa rankBand } cadrePosts { post level } } } }`,
  },
];
