/** Aliases that the planner would take for its own selections (issue 9, 2.3; DOMAIN 3.7(6)). */
import { sentence } from '@chengxin/kit/errors';
import { GraphQLError } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { maskedAt } from '../support/masked-at.js';
import { startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterEach(() => college.instead.clear());
afterAll(() => college.stop());

/** Keys, what an office requires and clients never see, and meta names. */
const NAMES = [
  'studentNo',
  'staffNo',
  'access',
  '__typename',
  '_entities',
  'name',
  '_0',
  'note__alias_0',
];

/** A value with the response key `safe` renamed. */
const renamed = (value: unknown, name: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"safe"', JSON.stringify(name)));

const QUERIES = {
  'a leaf of an object of one office': '{ student(studentNo: "1") { safe: college } }',
  'a leaf beside a key that another office needs':
    '{ student(studentNo: "1") { safe: college arrears { category } } }',
  'an object of another office': '{ student(studentNo: "1") { safe: summary { gpa } } }',
  'a list of another office, and what is in it':
    '{ student(studentNo: "1") { safe: grades { safe: course student { safe: college } } } }',
  'students in a list': '{ students { nodes { safe: college grades { course } } } }',
  'lists in lists': '{ student(studentNo: "1") { safe: loop { safe: kind } } }',
  'members of an interface':
    '{ subjects { ... on Student { safe: records { text } summary { gpa } } ... on Staff { safe: records { text } } } }',
  'an interface itself': '{ subjects { safe: records { safe: text } } }',
  'members of an interface whose fields cannot be merged':
    '{ timeline { ... on GradeFact { safe: term } ... on BillFact { safe: source } } }',
  'members of a union':
    '{ found { ... on Staff { safe: records { text } } ... on BillFact { on } } }',
  'a fragment':
    'query { student(studentNo: "1") { ...Own } } fragment Own on Student { safe: college summary { gpa } }',
  'response keys that merge':
    '{ student(studentNo: "1") { safe: summary { gpa } ... on Student { safe: summary { safe: gpa } } } }',
  'a root field': '{ safe: student(studentNo: "1") { college summary { gpa } } }',
  'introspection beside data':
    '{ student(studentNo: "1") { safe: college } __type(name: "Grade") { safe: kind fields { safe: name } } }',
  'a refused selection': '{ student(studentNo: "1") { safe: phoneBills { amountFen } college } }',
} as const;

describe.each(Object.entries(QUERIES))('%s', (_, query) => {
  test.each(NAMES)('may be called %s', async (name) => {
    const safe = await college.request('SCHOOL_ADMIN', query);
    const expected = renamed(safe, name);

    expect(JSON.stringify(safe)).toMatch(/^\{"data":\{.*"safe":/);
    expect(await college.request('SCHOOL_ADMIN', query.replaceAll('safe:', `${name}:`))).toEqual(
      expected,
    );
  });
});

test('values are those of the field that is selected, whatever it is called', async () => {
  expect(
    await college.request(
      'SCHOOL_ADMIN',
      '{ student(studentNo: "1") { studentNo: college access: name __typename: studentNo summary { gpa } } }',
    ),
  ).toEqual({
    data: {
      student: { studentNo: 'CS', access: 'Li Lei', __typename: '1', summary: { gpa: 3.62 } },
    },
  });
});

test('keys stand in the order of the selections', async () => {
  const { data } = await college.request(
    'SCHOOL_ADMIN',
    '{ student(studentNo: "1") { b: name studentNo: college name a: studentNo } }',
  );

  expect(Object.keys(data?.['student'] as object)).toEqual(['b', 'studentNo', 'name', 'a']);
});

test('an office that does not answer is reported under the names of the caller', async () => {
  college.instead.set('academics', (options) => {
    const path = 'pathInIncomingRequest' in options ? (options.pathInIncomingRequest ?? []) : [];
    throw new GraphQLError(sentence('SUBGRAPH_UNAVAILABLE'), {
      path: path.filter((step) => typeof step !== 'object'),
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', fields: ['_1'] },
    });
  });

  expect(
    await college.request(
      'SCHOOL_ADMIN',
      '{ access: student(studentNo: "1") { studentNo: summary { gpa } college } }',
    ),
  ).toEqual({
    data: { access: { studentNo: null, college: 'CS' } },
    errors: [
      {
        message: sentence('SUBGRAPH_UNAVAILABLE'),
        path: ['access', 'studentNo'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
  });
});

test('what is masked is reported under the names of the caller', async () => {
  expect(
    await college.request(
      'COUNSELLOR',
      '{ access: student(studentNo: "1") { studentNo: arrears { __typename: category } } }',
    ),
  ).toEqual({
    data: { access: { studentNo: [{ __typename: 'UNEXPLAINED' }] } },
    ...maskedAt({ shown: 'CATEGORY', group: 'TUITION', rule: 'COUNSELLOR.FG16' }, [
      'access',
      'studentNo',
      '@',
      '__typename',
    ]),
  });
});

test('a dry run speaks of the names of the caller', async () => {
  const query = '{ safe: student(studentNo: "1") { safe: grades { safe: course } } }';
  const expected = renamed(
    await college.request('SCHOOL_ADMIN', query, { dryRun: true }),
    'access',
  );

  expect(
    await college.request('SCHOOL_ADMIN', query.replaceAll('safe:', 'access:'), { dryRun: true }),
  ).toEqual(expected);
});

test('a mutation is done once, under any name', async () => {
  expect(
    await college.request(
      'FIN_CLERK',
      'mutation { __typename: offerCommitment(text: "x") { access: text } }',
    ),
  ).toEqual({ data: { __typename: { access: 'x' } } });
  expect(college.done).toEqual(['offer x']);
});

test('the planner gets no alias of a caller', async () => {
  await college.request(
    'SCHOOL_ADMIN',
    '{ own: student(studentNo: "1") { own: name me: college } }',
  );

  expect(college.passedOn.map(({ source }) => source)).toEqual([
    '{\n  _0: student(studentNo: "1") {\n    _0: name\n    _1: college\n  }\n}',
  ]);
});

test('a variable may have the name that the planner gives its own', async () => {
  const query =
    'query ($representations: ID!) { student(studentNo: $representations) { college summary { gpa } } }';

  expect(
    await college.request('SCHOOL_ADMIN', query, { variables: { representations: '2' } }),
  ).toEqual({ data: { student: { college: 'EE', summary: { gpa: 3.62 } } } });
});
