import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const tuition = (...path: (string | number)[]) => refusal(path, 'TUITION', 'FG16', 'FIN_CLERK');

test('a list of students shows the groups that may stand in lists (DOMAIN 3.3, LIST)', async () => {
  const answer = await college.request(
    'SCHOOL_ADMIN',
    `{ students(first: 2) {
         nodes { studentNo name phone credit { grade score } grades { course } summary { gpa } }
         pageInfo { hasNextPage } total } }`,
  );

  const student = (studentNo: string, name: string) => ({
    studentNo,
    name,
    phone: null,
    credit: { grade: 'A', score: null },
    grades: null,
    summary: { gpa: 3.62 },
  });
  const both = (...path: (string | number)[]) =>
    [0, 1].map((i) => ['students', 'nodes', i, ...path]);
  const of = (group: string, clause: string) => (path: (string | number)[]) =>
    refusal(path, group, clause, 'SCHOOL_ADMIN');
  expect(answer).toEqual({
    data: {
      students: {
        nodes: [student('1', 'Li Lei'), student('2', 'Han Mei')],
        pageInfo: { hasNextPage: false },
        total: 2,
      },
    },
    errors: [
      ...both('phone').map(of('SENSITIVE_IDENTITY', 'FG02')),
      ...both('credit', 'score').map(of('CREDIT_SCORE', 'FG21')),
      ...both('grades').map(of('GRADES', 'FG08')),
    ],
  });
});

test('the same student opened alone shows all that the role may see', async () => {
  const answer = await college.request(
    'SCHOOL_ADMIN',
    '{ student(studentNo: "1") { credit { grade score } grades { course } phone } }',
  );

  expect(answer).toEqual({
    data: {
      student: {
        credit: { grade: 'A', score: 87 },
        grades: [{ course: 'Algebra' }],
        phone: '13800000001',
      },
    },
  });
});

test('of tuition a list shows the category only (DOMAIN 3.3)', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ students { nodes {
         arrears { category outstandingFen daysOverdue student { name } } balance { fen } } } }`,
  );

  const both = (...path: (string | number)[]) =>
    [0, 1].map((i) => tuition('students', 'nodes', i, ...path));
  const row = {
    arrears: [{ category: 'UNEXPLAINED', outstandingFen: null, daysOverdue: null, student: null }],
    balance: null,
  };
  expect(answer).toEqual({
    data: { students: { nodes: [row, row] } },
    errors: [
      ...both('arrears', 0, 'outstandingFen'),
      ...both('arrears', 0, 'daysOverdue'),
      ...both('arrears', 0, 'student'),
      ...both('balance'),
    ],
  });
});

test('the list of an office shows its own rows in full, and of their students what lists may', async () => {
  const answer = await college.request(
    'FIN_CLERK',
    `{ arrearsList { nodes { outstandingFen student { name arrears { category daysOverdue } } } } }`,
  );

  const row = (name: string) => ({
    outstandingFen: 520_000,
    student: { name, arrears: [{ category: 'UNEXPLAINED', daysOverdue: null }] },
  });
  expect(answer).toEqual({
    data: { arrearsList: { nodes: [row('Li Lei'), row('Han Mei')] } },
    errors: [0, 1].map((i) =>
      tuition('arrearsList', 'nodes', i, 'student', 'arrears', 0, 'daysOverdue'),
    ),
  });
});

test('a student met again below one student is the same one', async () => {
  const answer = await college.request(
    'STU_SELF',
    `{ student(studentNo: "1") { grades { student { grades { course } phoneBills { amountFen } } } }
       own: me { student { grades { student { phone } } } } }`,
  );

  expect(answer).toEqual({
    data: {
      student: {
        grades: [
          { student: { grades: [{ course: 'Algebra' }], phoneBills: [{ amountFen: 9900 }] } },
        ],
      },
      own: { student: { grades: [{ student: { phone: '13800000001' } }] } },
    },
  });
});

test('the students of a case are shown as its profile says, in its list too (DOMAIN 3.3)', async () => {
  const answer = await college.request(
    'EV_PARTY',
    '{ caseDossier(studentNo: "1") { students { name records { origin } grades { course } } } }',
  );

  const student = (name: string) => ({ name, records: [{ origin: 'D2-03' }], grades: null });
  expect(answer).toEqual({
    data: { caseDossier: { students: [student('Li Lei'), student('Han Mei')] } },
    errors: [0, 1].map((i) =>
      refusal(['caseDossier', 'students', i, 'grades'], 'GRADES', 'FG08', 'EV_PARTY'),
    ),
  });
});

test('below an interface in a list the rule holds for students alone', async () => {
  const answer = await college.request(
    'SCHOOL_ADMIN',
    '{ subjects { name records { text origin } } }',
  );

  const at = ['subjects', 0, 'records', 0];
  expect(answer).toEqual({
    data: {
      subjects: [
        { name: 'Li Lei', records: [{ text: null, origin: null }] },
        { name: 'Wang Fang', records: [{ text: 'staff entry', origin: 'D1-01' }] },
      ],
    },
    errors: [
      refusal([...at, 'text'], 'RULES', 'FG34', 'SCHOOL_ADMIN'),
      refusal([...at, 'origin'], 'CREDIT_SCORE', 'FG21', 'SCHOOL_ADMIN'),
    ],
  });
});
