/**
 * Each field of a student and of all that hangs on him answers the same under an alias that is a key,
 * a field that offices require, or `__typename` (issue 9, 2.3; DOMAIN 3.7(6)).
 */
import {
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestAs, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { schemaOf } from '../support/selection.js';
import { bringFacts } from '../support/student-facts.js';

/** The key of the graph's entity, what every office requires of it, and the meta field. */
const NAMES = ['studentNo', 'access', '__typename'];
const MINUTES = 60_000;

let college: TestCollege;
let schema: GraphQLSchema;
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await bringFacts(college, [STUDENT]);
  schema = await schemaOf(college);
});
afterAll(() => college.stop());

type Field = GraphQLField<unknown, unknown>;

const typeOf = ({ type }: Field): GraphQLObjectType | undefined => {
  const named = getNamedType(type);
  return isObjectType(named) ? named : undefined;
};

/** Each request adds to it. */
const GROWS = 'accessEvents';

/** What can be selected of a type without arguments; no type is entered again below itself. */
const fieldsOf = (type: GraphQLObjectType, above: readonly string[]): Field[] =>
  Object.values(type.getFields()).filter((field) => {
    if (field.name === GROWS || field.args.some(isRequiredArgument)) return false;
    const inner = typeOf(field);
    return inner ? !above.includes(inner.name) : isLeafType(getNamedType(field.type));
  });

/** Fields by their response keys, those of one round under the names above. */
function keysOf(fields: readonly Field[], round?: number): ReadonlyMap<string, Field> {
  const keys = new Map<string, Field>();
  const aliased = new Set<Field>();
  for (const [i, name] of round === undefined ? [] : NAMES.entries()) {
    const field = fields[((round ?? 0) + i) % fields.length];
    if (!field || aliased.has(field)) continue;
    aliased.add(field);
    keys.set(name, field);
  }
  const isWanted = (field: Field) => round === undefined || typeOf(field) !== undefined;
  for (const field of fields)
    if (!aliased.has(field) && isWanted(field)) keys.set(field.name, field);
  return keys;
}

const keysOn = (type: GraphQLObjectType, above: readonly string[], round?: number) =>
  keysOf(fieldsOf(type, [...above, type.name]), round);

function selection(type: GraphQLObjectType, above: readonly string[], round?: number): string {
  const path = [...above, type.name];
  const keys = [...keysOn(type, above, round)].map(([key, field]) => {
    const inner = typeOf(field);
    return `${key}: ${field.name} ${inner ? selection(inner, path, round) : ''}`;
  });
  return `{ ${keys.join(' ')} }`;
}

/** What one round answers, read out of the answer without aliases. */
function expected(
  type: GraphQLObjectType,
  above: readonly string[],
  round: number,
  whole: unknown,
): unknown {
  if (whole === null) return null;
  if (Array.isArray(whole)) return whole.map((one) => expected(type, above, round, one));
  const path = [...above, type.name];
  const values = [...keysOn(type, above, round)].map(([key, field]) => {
    const value: unknown = Reflect.get(whole as object, field.name);
    const inner = typeOf(field);
    return [key, inner ? expected(inner, path, round, value) : value];
  });
  return Object.fromEntries(values);
}

const question = (selected: string) => `{ student(studentNo: "${STUDENT}") ${selected} }`;

test.each(['STU_SELF', 'COUNSELLOR'] as const)(
  'to %s no alias changes what a field answers',
  async (role) => {
    const type = schema.getType('Student') as GraphQLObjectType;
    const whole = await requestAs(college, role, question(selection(type, [])));
    const rounds = fieldsOf(type, [type.name]).length;

    expect(whole.data?.['student']).not.toBeNull();
    for (let round = 0; round < rounds; round++) {
      const { data } = await requestAs(college, role, question(selection(type, [], round)));
      const student = expected(type, [], round, whole.data?.['student']);
      expect({ round, data }).toEqual({ round, data: { student } });
    }
  },
  5 * MINUTES,
);
