/** What is requested of everybody who is compared; no two requests of a run in a row are alike. */

/** A person of the demo college, as a request of his names himself. */
export interface Caller {
  readonly person: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PeerRequest extends Caller {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface PeerCase {
  readonly name: string;
  /** Who asks, as an office without signatures believes it. */
  readonly role: 'SCHOOL_ADMIN' | 'STU_SELF';
  /** The request of a number. */
  request(index: number, studentNos: readonly string[]): PeerRequest;
}

const REVIEWER: Caller = { person: 'T0001', headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const SMALLEST_PAGE = 70;
const PAGES = 31;
/** Prime to the numbers of students and pages: each comes up, and never after its neighbour. */
const STRIDE = 7919;

const studentAt = (studentNos: readonly string[], index: number): string =>
  studentNos[(index * STRIDE) % studentNos.length] ?? '';

/** One student by his number, asked for by a reviewer who may see all that is selected. */
const oneStudent = (name: string, selected: string): PeerCase => ({
  name,
  role: 'SCHOOL_ADMIN',
  request: (index, studentNos) => ({
    ...REVIEWER,
    query: `query ($no: ID!) { student(studentNo: $no) { ${selected} } }`,
    variables: { no: studentAt(studentNos, index) },
  }),
});

const VIEW = `name classCode grades { courseName score { raw } } academicSummary { gpa }
  arrears { category } cadrePosts { post level } lawViolations { category }`;
const NODE = `studentNo name classCode arrears { category } academicSummary { gpa rankBand }
  cadrePosts { post level }`;

export const VIEW_CASE = oneStudent('one student, five offices', VIEW);
export const PAGE_CASE: PeerCase = {
  name: 'a page of 70–100 students, four offices',
  role: 'SCHOOL_ADMIN',
  request: (index) => ({
    ...REVIEWER,
    query: `query ($first: Int!) { students(first: $first) { nodes { ${NODE} } } }`,
    variables: { first: SMALLEST_PAGE + ((index * STRIDE) % PAGES) },
  }),
};
export const NAME_CASE = oneStudent('one name, one office', 'name');
export const CASES: readonly PeerCase[] = [VIEW_CASE, PAGE_CASE, NAME_CASE];

/** What each further office adds to the view that a student has of himself. */
const OF_OFFICES = [
  'name',
  'grades { courseName }',
  'arrears { category }',
  'cadrePosts { post level }',
  'lawViolations { category }',
  'phoneBills { month amountFen }',
];

/** A student's view of himself, from one office to all six: he alone may see something of each. */
export const GROWTH_CASES: readonly PeerCase[] = OF_OFFICES.map((_, more) => ({
  name: String(more + 1),
  role: 'STU_SELF',
  request(index, studentNos) {
    const no = studentAt(studentNos, index);
    const selected = OF_OFFICES.slice(0, more + 1).join(' ');
    return {
      person: no,
      headers: {},
      query: `query ($no: ID!) { student(studentNo: $no) { ${selected} } }`,
      variables: { no },
    };
  },
}));
