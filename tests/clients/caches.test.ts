/** Clients with a normalised cache keep what is allowed beside what is refused, and page on. */
import { readFileSync } from 'node:fs';
import { gql, type TypedDocumentNode } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { CLIENT_SCHEMA_FILE } from '@chengxin/gateway/supergraph-file';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { apolloClient } from './apollo-client.js';
import { bill, BILLS, CREDIT_OF, STUDENT_NO } from './operations.js';
import { urqlClient } from './urql-client.js';

const CLERK = 'T0401';
const OTHER = '2025020415';

let college: TestCollege;
let token: string;
beforeAll(async () => {
  college = await startCollege();
  await college.bring('finance', 'bills', [bill('B-1'), bill('B-2'), bill('B-3', OTHER)]);
  token = await college.token(CLERK);
});
afterAll(() => college.stop());

const student = {
  studentNo: STUDENT_NO,
  name: '李思源',
  arrears: ['B-1', 'B-2'].map((billNo) => ({ billNo, category: 'UNEXPLAINED' })),
  lawViolations: null,
};
const REFUSED = {
  path: ['student', 'lawViolations'],
  code: 'FORBIDDEN_FIELD',
  group: 'LAW_VIOLATIONS',
};

interface Bills {
  bills: {
    edges: { node: { billNo: string } }[];
    pageInfo: Record<string, unknown> & { endCursor: string };
  };
}
const numbers = ({ bills }: Bills) => bills.edges.map(({ node }) => node.billNo).toSorted();

describe('Apollo Client 4', () => {
  test('shows what is allowed, with the error of what is refused', async () => {
    const client = apolloClient(college.gateway.url, token);
    const { data, error } = await client.query({
      query: gql(CREDIT_OF),
      variables: { studentNo: STUDENT_NO },
    });
    expect(data).toEqual({
      student: {
        ...student,
        __typename: 'Student',
        arrears: student.arrears.map((row) => ({ ...row, __typename: 'Arrears' })),
      },
    });
    if (!CombinedGraphQLErrors.is(error)) throw new Error('no GraphQL errors');
    expect(
      error.errors.map(({ path, extensions }) => ({
        path,
        code: extensions?.['code'],
        group: extensions?.['group'],
      })),
    ).toEqual([REFUSED]);
    expect(Object.keys(client.cache.extract() as object).toSorted()).toEqual([
      'ROOT_QUERY',
      `Student:{"studentNo":"${STUDENT_NO}"}`,
    ]);
  });

  test('adds the second page of a list to the first, and keeps one copy of a student', async () => {
    const client = apolloClient(college.gateway.url, token);
    const query: TypedDocumentNode<Bills> = gql(BILLS);
    const first = { query, variables: { first: 2 } };
    const list = client.watchQuery(first);
    const page = await client.query(first);
    await list.fetchMore({ variables: { after: page.data?.bills.pageInfo.endCursor } });
    const both = client.cache.readQuery(first);
    if (!both) throw new Error('nothing in the cache');
    expect(numbers(both)).toEqual(['B-1', 'B-2', 'B-3']);
    const kept = Object.keys(client.cache.extract() as object);
    expect(kept.filter((key) => key.startsWith('Student:'))).toEqual([
      `Student:{"studentNo":"${STUDENT_NO}"}`,
      `Student:{"studentNo":"${OTHER}"}`,
    ]);
  });
});

describe('urql with its normalised cache', () => {
  const schema = introspectionFromSchema(buildSchema(readFileSync(CLIENT_SCHEMA_FILE, 'utf8')));

  test('shows what is allowed, with the error of what is refused', async () => {
    const client = urqlClient(college.gateway.url, token, schema);
    const { data, error } = await client.query(CREDIT_OF, { studentNo: STUDENT_NO }).toPromise();
    expect(data).toEqual({ student });
    expect(
      error?.graphQLErrors.map(({ path, extensions }) => ({
        path,
        code: extensions['code'],
        group: extensions['group'],
      })),
    ).toEqual([REFUSED]);
  });

  test('adds the second page of a list to the first', async () => {
    const client = urqlClient(college.gateway.url, token, schema);
    const first = await client.query<Bills>(BILLS, { first: 2 }).toPromise();
    const after = first.data?.bills.pageInfo.endCursor;
    const both = await client.query<Bills>(BILLS, { first: 2, after }).toPromise();
    if (!both.data) throw new Error(String(both.error));
    expect(numbers(both.data)).toEqual(['B-1', 'B-2', 'B-3']);
  });
});
