/** What may not be read may not be filtered, sorted, counted or paged by either (DOMAIN 3.7(1), (4)). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../../support/callers.js';
import { startCollege, type TestCollege } from '../../support/college.js';
import { countStatements } from '../../support/statements.js';
import { bringFacts } from '../../support/student-facts.js';
import { train } from '../../support/trainings.js';
import { CLASSMATE, STRANGER, STUDENTS } from '../allowed.js';
import { caller, send, masked, partOf, refused, wrong, type Attempt } from './attempts.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, STUDENTS);
  await train(college, 'T0101', '2025-08-25');
  await college.bring('archive', 'grants', [
    {
      工号: 'T0101',
      角色: 'COLLEGE_ADMIN',
      机构代码: 'C01',
      生效时间: '2025-09-01 00:00:00',
      失效时间: '',
      培训编号: '',
    },
  ]);
});
afterAll(() => college.stop());

const COUNSELLOR = ['T0101', { 'x-role': 'COUNSELLOR', 'x-purpose': 'ADMIN_REVIEW' }] as const;
const COLLEGE_ADMIN = [
  'T0101',
  { 'x-role': 'COLLEGE_ADMIN', 'x-purpose': 'ADMIN_REVIEW' },
] as const;
const NOTHING = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
const noField = (field: string, type: string) =>
  wrong(`Field "${field}" is not defined by type "${type}".`);
const filtered = (filter: string) => `{ students(filter: ${filter}) { nodes { studentNo } } }`;
const paged = (list: string, args: string) =>
  `{ ${list}(${args}) { nodes { studentNo } pageInfo { hasNextPage endCursor } } }`;

const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  'a filter by a phone that is overdue': {
    as: COUNSELLOR,
    query: filtered('{ phoneOverdue: true }'),
    answer: noField('phoneOverdue', 'StudentFilter'),
  },
  'a filter by the number of the identity document': {
    as: 'SEC_CLERK',
    query: filtered('{ idNumber: "990000200605141021" }'),
    answer: noField('idNumber', 'StudentFilter'),
  },
  'a filter by a phone number, in a variable': {
    as: 'SCHOOL_ADMIN',
    query: 'query ($f: StudentFilter) { students(filter: $f) { nodes { studentNo } } }',
    variables: { f: { phone: '19900001001' } },
    answer: wrong(
      'Variable "$f" got invalid value { phone: "19900001001" }; Field "phone" is not defined by type "StudentFilter".',
    ),
  },
  'a filter by the grade of credit': {
    as: COUNSELLOR,
    query: filtered('{ creditGrade: A }'),
    answer: noField('creditGrade', 'StudentFilter'),
  },
  'an order by the score': {
    as: COUNSELLOR,
    query: '{ students(order: SCORE) { nodes { studentNo } } }',
    answer: wrong('Value "SCORE" does not exist in "StudentOrder" enum.'),
  },
  'an order by the birth date, in a variable': {
    as: 'SCHOOL_ADMIN',
    query: 'query ($o: StudentOrder!) { students(order: $o) { nodes { studentNo } } }',
    variables: { o: 'BIRTH_DATE' },
    answer: wrong(
      'Variable "$o" got invalid value "BIRTH_DATE"; Value "BIRTH_DATE" does not exist in "StudentOrder" enum.',
    ),
  },
  'a count of all': {
    as: COUNSELLOR,
    query: '{ students { totalCount nodes { studentNo } } }',
    answer: wrong('Cannot query field "totalCount" on type "StudentConnection".'),
  },
  'an order of an office by an amount, for who sees a category': {
    as: COUNSELLOR,
    query: '{ arrearsList(order: OUTSTANDING) { nodes { studentNo } } }',
    answer: {
      data: { arrearsList: null },
      errors: [masked('COUNSELLOR', 'TUITION', 'arrearsList')],
    },
  },
  'a list of an office, for those who see its facts one by one': {
    as: 'SCHOOL_ADMIN',
    query: '{ bills { nodes { billNo } pageInfo { hasNextPage } } }',
    answer: {
      data: { bills: null },
      errors: [refused('SCHOOL_ADMIN', 'TUITION', 'bills')],
    },
  },
  'facts of a student in a list, that are shown of one alone': {
    as: COUNSELLOR,
    query: `{ students(first: 1) { nodes { name grades { courseName } phoneMasked credit { grade scoreMasked } } } }`,
    answer: {
      data: {
        students: {
          nodes: [
            {
              name: '张明远',
              grades: null,
              phoneMasked: null,
              credit: { grade: 'A', scoreMasked: null },
            },
          ],
        },
      },
      errors: [
        refused('COUNSELLOR', 'GRADES', 'students.nodes.0.grades'),
        refused('COUNSELLOR', 'SENSITIVE_IDENTITY', 'students.nodes.0.phoneMasked'),
        refused('COUNSELLOR', 'CREDIT_SCORE', 'students.nodes.0.credit.scoreMasked'),
      ],
    },
  },
  'the same facts on the edges of the list': {
    as: COUNSELLOR,
    query: '{ students(first: 1) { edges { node { name grades { courseName } } } } }',
    answer: {
      data: { students: { edges: [{ node: { name: '张明远', grades: null } }] } },
      errors: [refused('COUNSELLOR', 'GRADES', 'students.edges.0.node.grades')],
    },
  },
  'a stranger by name': {
    as: COUNSELLOR,
    query: paged('students', 'filter: { name: "赵文博" }'),
    answer: { data: { students: NOTHING } },
  },
  'a stranger by the class of his': {
    as: COUNSELLOR,
    query: paged('students', 'filter: { classCode: "20250204" }, first: 1'),
    answer: { data: { students: NOTHING } },
  },
  'a student of the case, beyond the case': {
    as: 'EV_AWARD',
    query: paged('students', 'first: 100'),
    answer: {
      data: {
        students: {
          nodes: [{ studentNo: STUDENT }],
          pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
        },
      },
    },
  },
  ...Object.fromEntries(
    ['RDO_STAFF', 'DIS_OFFICER', 'AEO_STAFF', 'AUDITOR'].map((role): [string, Attempt] => [
      `whether there is somebody of that name, by the page, for ${role}`,
      {
        as: role,
        query: paged('students', 'filter: { name: "李思源" }, first: 1'),
        answer: { data: { students: NOTHING } },
      },
    ]),
  ),
  'pending exam violations by a filter': {
    as: 'FIN_CLERK',
    query: '{ examViolations(filter: { state: PROPOSED }) { nodes { id } } }',
    answer: {
      data: { examViolations: null },
      errors: [refused('FIN_CLERK', 'ACADEMIC_MISCONDUCT', 'examViolations')],
    },
  },
  'sealed cases by a filter of the office itself': {
    as: 'SEC_CLERK',
    query: paged('lawViolations', 'filter: { state: SEALED }'),
    answer: { data: { lawViolations: NOTHING } },
  },
  'closed cases by a filter of the office itself': {
    as: 'AAO_CLERK',
    query: paged('examViolations', 'filter: { state: LIFTED }'),
    answer: { data: { examViolations: NOTHING } },
  },
  'rows of another provider by its consent': {
    as: 'TPC_INST',
    query: `{ phoneBills(filter: { consentId: "CS-T-1" }) { nodes { month } pageInfo { hasNextPage endCursor } } }`,
    answer: { data: { phoneBills: NOTHING } },
  },
  'rows of a person, by a provider': {
    as: 'TPC_INST',
    query: `{ cardOverdrafts(filter: { studentNo: "${STUDENT}" }) { nodes { overdueFen } } }`,
    answer: noField('studentNo', 'CardOverdraftFilter'),
  },
  'rows of one’s own, whose person is withheld': {
    as: 'TPC_INST',
    query: '{ cardOverdrafts(first: 1) { nodes { cardTail4 studentNo } } }',
    answer: {
      data: { cardOverdrafts: { nodes: [{ cardTail4: '4323', studentNo: null }] } },
      errors: [
        {
          ...masked('TPC_INST', 'CARD_OVERDRAFTS', ''),
          path: ['cardOverdrafts', 'nodes', 0, 'studentNo'],
        },
      ],
    },
  },
  'a page of none': {
    as: COUNSELLOR,
    query: '{ students(first: 0) { pageInfo { hasNextPage } } }',
    answer: {
      data: { students: null },
      errors: [
        {
          message: '输入有误。 The input is not valid. first: 1–100.',
          path: ['students'],
          extensions: { code: 'VALIDATION' },
        },
      ],
    },
  },
  'a page of all': {
    as: COUNSELLOR,
    query: '{ students(first: 101) { nodes { name } } }',
    answer: {
      data: { students: null },
      errors: [
        {
          message: '输入有误。 The input is not valid. first: 1–100.',
          path: ['students'],
          extensions: { code: 'VALIDATION' },
        },
      ],
    },
  },
};

test.each(Object.entries(ATTEMPTS))('%s finds nothing out', async (_, attempt) => {
  expect(await send(college, attempt)).toEqual(attempt.answer);
});

describe('a cursor serves the caller, role, purpose, list, filter and order that it was made for', () => {
  type As = Attempt['as'];
  const page = async (as: As, args: string, after: string | null = null, list = 'students') => {
    const query = `query ($after: String) { ${list}(first: 1, after: $after${args && `, ${args}`}) {
      nodes { studentNo } pageInfo { endCursor } } }`;
    return send(college, { as, query, variables: { after } });
  };
  const cursorOf = async (as: As, args: string, list = 'students') => {
    const answer = await page(as, args, null, list);
    return partOf<{ pageInfo: { endCursor: string } }>(answer, list).pageInfo.endCursor;
  };
  const foreign = (list: string) => ({
    data: { [list]: null },
    errors: [
      {
        message:
          '输入有误。 The input is not valid. after: 游标不属于此列表。 This cursor does not belong to this list.',
        path: [list],
        extensions: { code: 'VALIDATION' },
      },
    ],
  });

  test('it goes on where it was made', async () => {
    const cursor = await cursorOf(COUNSELLOR, '');
    expect(await page(COUNSELLOR, '', cursor)).toEqual({
      data: {
        students: { nodes: [{ studentNo: STUDENT }], pageInfo: { endCursor: expect.any(String) } },
      },
    });
  });

  const OTHERS: Readonly<Record<string, readonly [As, string, string?]>> = {
    'another person of the role': [['T0102', COUNSELLOR[1]], ''],
    'another role of the same person': [COLLEGE_ADMIN, ''],
    'another office': ['FIN_CLERK', ''],
    'a student': ['STU_SELF', ''],
    'another filter': [COUNSELLOR, 'filter: { cohort: 2024 }'],
    'another order': [COUNSELLOR, 'order: NAME'],
  };
  test.each(Object.entries(OTHERS))('and not %s', async (_, [as, args]) => {
    const cursor = await cursorOf(COUNSELLOR, '');
    expect(await page(as, args, cursor)).toEqual(foreign('students'));
  });

  test('nor another list of another office', async () => {
    const cursor = await cursorOf('FIN_CLERK', '');
    expect(await page('FIN_CLERK', '', cursor, 'bills')).toEqual(foreign('bills'));
    const bills = await cursorOf('FIN_CLERK', '', 'bills');
    expect(await page('FIN_CLERK', '', bills, 'payments')).toEqual(foreign('payments'));
  });

  test('nor a position that somebody wrote himself', async () => {
    const positions = [
      Buffer.from(JSON.stringify(['2024010305'])).toString('base64url'),
      JSON.stringify(['2024010305']),
      '2024010305',
    ];
    for (const position of positions)
      expect(await page(COUNSELLOR, '', position)).toEqual(foreign('students'));
  });

  test('a role that changes between two pages begins anew, and sees what it sees', async () => {
    const cursor = await cursorOf(COLLEGE_ADMIN, '');
    expect(await page(COUNSELLOR, '', cursor)).toEqual(foreign('students'));
    expect(await page(COLLEGE_ADMIN, '', cursor)).toEqual({
      data: {
        students: {
          nodes: [{ studentNo: CLASSMATE }],
          pageInfo: { endCursor: expect.any(String) },
        },
      },
    });
  });

  test('it says nothing of the place that it stands for', async () => {
    const cursor = await cursorOf(COUNSELLOR, '');
    const bytes = Buffer.from(cursor, 'base64url').toString('latin1');
    expect(cursor.includes(CLASSMATE) || bytes.includes(CLASSMATE)).toBe(false);
    expect(await cursorOf(COUNSELLOR, '')).not.toBe(cursor);
  });
});

describe('what is not there and what is not his cost the same and read the same (3.7(4))', () => {
  const texts = (statements: readonly { database: string; text: string }[]) =>
    statements.map(
      ({ database, text }) => `${database} ${text.replaceAll(/'(?:[^']|'')*'/g, '?')}`,
    );
  const cost = async (role: string, query: string) => {
    const [person, headers] = caller(role);
    await college.request(person, '{ __typename }', { headers });
    const { result, statements } = await countStatements(() =>
      college.request(person, query, { headers }),
    );
    return { result, texts: texts(statements).toSorted() };
  };
  const student = (no: string) =>
    `{ student(studentNo: "${no}") { name studentNo grades { id } arrears { id } credit { grade } } }`;
  const PAIRS: Readonly<Record<string, readonly [role: string, his: string, none: string]>> = {
    'a student, for a counsellor': ['COUNSELLOR', student(STRANGER), student('2099999999')],
    'a student, for another student': ['STU_SELF', student(CLASSMATE), student('2099999999')],
    'a student, for an evaluator': ['EV_AID', student(CLASSMATE), student('2099999999')],
    'a student, for who sees none': ['RDO_STAFF', student(STUDENT), student('2099999999')],
    'a student, for a provider': ['TPC_INST', student(STUDENT), student('2099999999')],
    'a consent, for a provider': [
      'TPC_INST',
      '{ consentRows(consentId: "CS-T-1") { phoneBills { id } } }',
      '{ consentRows(consentId: "CS-NONE") { phoneBills { id } } }',
    ],
    'a name in a list, for who sees none': [
      'RDO_STAFF',
      paged('students', 'filter: { name: "李思源" }'),
      paged('students', 'filter: { name: "无名氏" }'),
    ],
    'a class in a list, for a counsellor': [
      'COUNSELLOR',
      paged('students', 'filter: { classCode: "20250204" }'),
      paged('students', 'filter: { classCode: "20990204" }'),
    ],
  };
  test.each(Object.entries(PAIRS))('%s', async (_, [role, his, none]) => {
    expect(await cost(role, none)).toEqual(await cost(role, his));
  });
});
