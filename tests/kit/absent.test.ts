/** A null in a query says what leaving it out says; in a mutation it may clear a value (issue 9, 2.4). */
import { readNullsAsAbsent } from '@chengxin/kit/schema/absent';
import { buildSchema, graphql, type GraphQLFieldResolver, type GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';

const schema = buildSchema(`
  input Roster { college: String, year: Int = 2024 }
  input Filter { item: String, student: Roster, any: [Roster!], state: String! = "OPEN" }
  type Student { bills(filter: Filter): String }
  type Query { bills(filter: Filter, version: String = "CR-1", terms: [String!]): String, student: Student }
  type Mutation { setRemark(remark: String, filter: Filter): String }
`);
const argumentsOf: GraphQLFieldResolver<unknown, unknown> = (_, args) => JSON.stringify(args);
for (const type of ['Query', 'Mutation', 'Student'])
  for (const field of Object.values((schema.getType(type) as GraphQLObjectType).getFields()))
    field.resolve = field.name === 'student' ? () => ({}) : argumentsOf;
readNullsAsAbsent(schema);

/** The arguments that the resolver of a field gets. */
async function given(source: string, variableValues = {}): Promise<unknown> {
  const { data, errors } = await graphql({ schema, source, variableValues });
  expect(errors).toBe(undefined);
  const [value] = Object.values(data ?? {});
  return JSON.parse(typeof value === 'string' ? value : (value as { bills: string }).bills);
}

const READ_AS_ABSENT = { version: 'CR-1' };

test.each([
  ['bills(filter: null, version: null, terms: null)', READ_AS_ABSENT],
  ['bills(filter: { item: null })', { ...READ_AS_ABSENT, filter: { state: 'OPEN' } }],
  [
    'bills(filter: { student: { college: null, year: null }, any: [{ college: null }] })',
    {
      ...READ_AS_ABSENT,
      filter: { student: { year: 2024 }, any: [{ year: 2024 }], state: 'OPEN' },
    },
  ],
  ['student { bills(filter: null) }', {}],
])('%s', async (field, expected) => {
  expect(await given(`{ ${field} }`)).toEqual(expected);
});

test('a variable that is null too, whatever its default', async () => {
  const query = `query ($f: Filter = { item: "RENT" }, $v: String = "CR-2") {
    bills(filter: $f, version: $v)
  }`;
  expect(await given(query, { f: null, v: null })).toEqual(READ_AS_ABSENT);
});

test('what is given stays as it is', async () => {
  const field =
    'bills(filter: { item: "", student: { year: 0 }, state: "PAID" }, version: "CR-2", terms: [])';
  expect(await given(`{ ${field} }`)).toEqual({
    filter: { item: '', student: { year: 0 }, state: 'PAID' },
    version: 'CR-2',
    terms: [],
  });
});

test('in a mutation too a null is absent', async () => {
  const remark = 'mutation { setRemark(remark: null, filter: { item: null }) }';
  expect(await given(remark)).toEqual({ filter: { state: 'OPEN' } });
});
