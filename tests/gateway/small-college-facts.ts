/** Mutations that were executed, in order. */
export type Done = string[];

const person = (studentNo: string, name: string, college: string) => ({
  __typename: 'Student',
  studentNo,
  name,
  college,
  phone: `1380000000${studentNo}`,
  credit: { grade: 'A', score: 87 },
  loop: [[{ kind: 'commitment', level: 1 }], [{ kind: 'grade', level: 2 }, { kind: 'repair' }]],
  supervisor: { post: 'counsellor', staffNo: 'T1' },
  mentors: [{ post: 'tutor', staffNo: 'T2' }, null, { post: 'dean', staffNo: 'T3' }],
  records: [{ text: 'entry', origin: 'D2-03' }],
  account: { phone: `1390000000${studentNo}` },
  balance: { fen: 100, currency: 'CNY' },
  summary: { gpa: 3.62 },
  phoneBills: [{ amountFen: 9900 }],
  loanPerformance: 'repaid',
  arrears: () => [arrears(studentNo)],
  grades: () => [{ course: 'Algebra', student: () => student(studentNo) }],
});

const STUDENTS = [person('1', 'Li Lei', 'CS'), person('2', 'Han Mei', 'EE')];

/** A student with what every office knows of him; null when there is none. */
export const student = (studentNo: string): object | null =>
  STUDENTS.find((one) => one.studentNo === studentNo) ?? null;

const arrears = (studentNo: string) => ({
  category: 'UNEXPLAINED',
  outstandingFen: 520_000,
  daysOverdue: 40,
  student: () => student(studentNo),
  recordedBy: 'T2',
});

const STAFF = {
  __typename: 'Staff',
  staffNo: 'T1',
  name: 'Wang Fang',
  records: [{ text: 'staff entry', origin: 'D1-01' }],
};
const GRADE = {
  __typename: 'GradeFact',
  on: '2026-01-10',
  note: 'failed',
  term: '2025-1',
  source: 'AAO',
};
const BILL = { __typename: 'BillFact', on: '2026-02-11', note: 'unpaid', source: 'FIN' };

/** The whole college as one root value; each office shows its own part of it. */
export const college = (done: Done) => ({
  me: { person: 'S1', student: STUDENTS[0] },
  student: ({ studentNo }: { studentNo: string }) => student(studentNo),
  students: { nodes: STUDENTS, pageInfo: { hasNextPage: false }, total: 2 },
  caseDossier: { caseId: 'EC-1', students: STUDENTS },
  indicators: [{ code: 'D1-01', weight: 3 }],
  ruleCount: 7,
  operationCount: 9,
  timeline: [GRADE, BILL],
  found: [STAFF, BILL],
  subjects: [STUDENTS[0], STAFF],
  arrearsList: { nodes: [arrears('1'), arrears('2')] },
  offerCommitment: ({ text }: { text: string }) => {
    done.push(`offer ${text}`);
    return { text, score: 3 };
  },
  publishNotice: ({ text }: { text: string }) => {
    done.push(`publish ${text}`);
    return true;
  },
  reportBreach: ({ text }: { text: string }) => {
    done.push(`report ${text}`);
    return { score: 3 };
  },
  proposeDeferral: ({ id }: { id: string }) => {
    done.push(`propose ${id}`);
    return { state: 'PROPOSED' };
  },
  approveDeferral: ({ id }: { id: string }) => {
    done.push(`approve ${id}`);
    return { state: 'APPROVED' };
  },
});
