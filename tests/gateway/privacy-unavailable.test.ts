import { GraphQLError } from 'graphql';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sentence } from '@chengxin/kit/errors';
import type { GraphQLDataSource } from '@apollo/gateway';
import { refusal, startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterEach(() => college.instead.clear());
afterAll(() => college.stop());

/** What a data source throws when its office does not answer. */
const down =
  (...fields: string[]): GraphQLDataSource['process'] =>
  (options) => {
    const path = 'pathInIncomingRequest' in options ? (options.pathInIncomingRequest ?? []) : [];
    throw new GraphQLError(sentence('SUBGRAPH_UNAVAILABLE'), {
      path: path.filter((step) => typeof step !== 'object'),
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', fields },
    });
  };
const unavailable = (...path: (string | number)[]) => ({
  message: sentence('SUBGRAPH_UNAVAILABLE'),
  path,
  extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
});

test('an office that does not answer is one error per response key, the rest is answered', async () => {
  college.instead.set('finance', down('owes', 'balance'));

  expect(
    await college.request(
      'STU_SELF',
      '{ student(studentNo: "1") { name owes: arrears { category } balance { fen } } }',
    ),
  ).toEqual({
    data: { student: { name: 'Li Lei', owes: null, balance: null } },
    errors: [unavailable('student', 'owes'), unavailable('student', 'balance')],
  });
});

test('refused and unavailable are distinct (DOMAIN 3.7(13))', async () => {
  college.instead.set('finance', down('arrears'));

  expect(
    await college.request(
      'FIN_CLERK',
      '{ students { nodes { name grades { course } arrears { category } } } }',
    ),
  ).toEqual({
    data: {
      students: {
        nodes: [
          { name: 'Li Lei', grades: null, arrears: null },
          { name: 'Han Mei', grades: null, arrears: null },
        ],
      },
    },
    errors: [
      unavailable('students', 'nodes', 0, 'arrears'),
      unavailable('students', 'nodes', 1, 'arrears'),
      refusal(['students', 'nodes', 0, 'grades'], 'GRADES', 'FG08', 'FIN_CLERK'),
      refusal(['students', 'nodes', 1, 'grades'], 'GRADES', 'FG08', 'FIN_CLERK'),
    ],
  });
});

test('of a list that did not come nobody knows the positions', async () => {
  college.instead.set('finance', down('arrears'));

  expect(
    await college.request(
      'COUNSELLOR',
      '{ student(studentNo: "1") { arrears { __typename outstandingFen } } }',
    ),
  ).toEqual({
    data: { student: { arrears: null } },
    errors: [
      unavailable('student', 'arrears'),
      refusal(['student', 'arrears', '@', 'outstandingFen'], 'TUITION', 'FG16', 'COUNSELLOR', {
        masked: true,
      }),
    ],
  });
});

test('of a list with nothing in it nothing is refused', async () => {
  college.instead.set('finance', async () => ({ data: { _entities: [{ arrears: [] }] } }));

  expect(
    await college.request(
      'COUNSELLOR',
      '{ student(studentNo: "1") { arrears { __typename outstandingFen } } }',
    ),
  ).toEqual({ data: { student: { arrears: [] } } });
});

test('top-level keys are named when the first office does not answer', async () => {
  college.instead.set('archive', down('a', 'b'));

  expect(
    await college.request(
      'FIN_CLERK',
      '{ a: student(studentNo: "1") { name } b: student(studentNo: "2") { college phone } }',
    ),
  ).toEqual({
    data: { a: null, b: null },
    errors: [
      unavailable('a'),
      unavailable('b'),
      refusal(['b', 'phone'], 'SENSITIVE_IDENTITY', 'FG02', 'FIN_CLERK'),
    ],
  });
});

test('keys that the planner added are not named; those that came to nothing without them are', async () => {
  college.instead.set('archive', down('college', 'access'));
  college.instead.set('academics', async () => ({
    data: { _entities: [{ gpas: null }, { gpas: null }] },
  }));

  expect(
    await college.request(
      'SCHOOL_ADMIN',
      `{ arrearsList { nodes { student { studentNo college gpas: summary { gpa } arrears { category } } } } }`,
    ),
  ).toEqual({
    data: {
      arrearsList: {
        nodes: ['1', '2'].map((studentNo) => ({
          student: { studentNo, college: null, gpas: null, arrears: [{ category: 'UNEXPLAINED' }] },
        })),
      },
    },
    errors: [
      unavailable('arrearsList', 'nodes', 0, 'student', 'college'),
      unavailable('arrearsList', 'nodes', 1, 'student', 'college'),
      unavailable('arrearsList', 'nodes', 0, 'student', 'gpas'),
      unavailable('arrearsList', 'nodes', 1, 'student', 'gpas'),
    ],
  });
});

test('a key is named once, however many fetches failed it', async () => {
  college.instead.set('archive', down('college', 'access'));
  college.instead.set('academics', down('summary'));

  expect(
    await college.request(
      'SCHOOL_ADMIN',
      '{ arrearsList { nodes { student { college summary { gpa } } } } }',
    ),
  ).toEqual({
    data: {
      arrearsList: { nodes: [1, 2].map(() => ({ student: { college: null, summary: null } })) },
    },
    errors: [
      unavailable('arrearsList', 'nodes', 0, 'student', 'summary'),
      unavailable('arrearsList', 'nodes', 1, 'student', 'summary'),
      unavailable('arrearsList', 'nodes', 0, 'student', 'college'),
      unavailable('arrearsList', 'nodes', 1, 'student', 'college'),
    ],
  });
});

test('a key that could not be filled for want of another is named, though it took its object along', async () => {
  college.instead.set('archive', down('access'));

  expect(
    await college.request(
      'SCHOOL_ADMIN',
      '{ arrearsList { nodes { category student { name } } } }',
    ),
  ).toEqual({
    data: {
      arrearsList: {
        nodes: [
          { category: 'UNEXPLAINED', student: null },
          { category: 'UNEXPLAINED', student: null },
        ],
      },
    },
    errors: [0, 1].map((i) => unavailable('arrearsList', 'nodes', i, 'student', 'name')),
  });
});

test('where nothing can be named, the error stands at the object that was to be filled', async () => {
  college.instead.set('archive', async () => ({
    data: { student: { name: 'Li Lei' } },
    errors: [
      {
        message: sentence('SUBGRAPH_UNAVAILABLE'),
        path: ['student'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE', fields: ['access'] },
      },
    ],
  }));

  expect(await college.request('STU_SELF', '{ student(studentNo: "1") { name } }')).toMatchObject({
    data: { student: { name: 'Li Lei' } },
    errors: [{ path: ['student'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
  });
});

test('a key that cannot be null is named, and what it took along is not', async () => {
  college.instead.set('archive', down('ruleCount'));

  expect(
    await college.request('SCHOOL_ADMIN', '{ arrearsList { nodes { category } } ruleCount }'),
  ).toEqual({ data: null, errors: [unavailable('ruleCount')] });
});

test('other errors that carry fields are not reassembled', async () => {
  const extensions = { code: 'VALIDATION', fields: ['studentNo'] };
  college.instead.set('archive', async () => ({
    data: { student: null },
    errors: [{ message: 'Not a number.', path: ['student'], extensions }],
  }));

  expect(await college.request('STU_SELF', '{ student(studentNo: "x") { name } }')).toEqual({
    data: { student: null },
    errors: [
      {
        message: 'Not a number.',
        path: ['student'],
        extensions: { ...extensions, serviceName: 'archive' },
      },
    ],
  });
});

test('a value that an office owes by the schema is an error in its place, and no word of types leaves', async () => {
  college.instead.set('archive', async () => ({
    data: { student: { name: 'Li Lei', credit: null } },
  }));

  expect(
    await college.request('STU_SELF', '{ student(studentNo: "1") { name credit { grade } } }'),
  ).toEqual({
    data: { student: null },
    errors: [unavailable('student', 'credit')],
  });
});
