/** What tools select of the schema: the introspection of the specification, whole (issue 10, 1). */
import { getIntrospectionQuery, introspectionFromSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type College } from './small-college.js';

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const EVERYTHING = {
  descriptions: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
  experimentalDirectiveDeprecation: true,
};

test('is answered by the schema as clients see it, with isOneOf and specifiedByURL, and calls no office', async () => {
  expect(await college.request('PUBLIC', getIntrospectionQuery(EVERYTHING))).toEqual({
    data: JSON.parse(JSON.stringify(introspectionFromSchema(college.apiSchema(), EVERYTHING))),
  });
  expect({ called: college.called(), passedOn: college.passedOn }).toEqual({
    called: [],
    passedOn: [],
  });
});

test('may use fragments, variables, aliases and conditions, in one of several operations', async () => {
  const query = `
    query Other { students { nodes { name } } }
    query Types($one: String!, $more: Boolean!) {
      __typename
      access: __type(name: $one) { ...Named studentNo: isOneOf specifiedByURL }
      gone: __type(name: "Nothing") { name }
      none: __type(name: "Grade") @include(if: $more) { name }
      student(studentNo: "1") @include(if: false) { name }
    }
    fragment Named on __Type { kind name __typename }`;
  const question = { operationName: 'Types', variables: { one: 'Grade', more: false } };

  expect(await college.request('FIN_CLERK', query, question)).toEqual({
    data: {
      __typename: 'Query',
      access: {
        kind: 'OBJECT',
        name: 'Grade',
        __typename: '__Type',
        studentNo: null,
        specifiedByURL: null,
      },
      gone: null,
    },
  });
});
