/** What the benchmark asks; the first is what the others are compared to. */
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
    name: 'a page of 100 with arrears',
    person: 'T0001',
    headers: { 'x-purpose': 'ADMIN_REVIEW' },
    query: '{ students(first: 100) { nodes { studentNo name classCode arrears { category } } } }',
  },
];
