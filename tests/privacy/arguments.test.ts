/**
 * Arguments are no way to a value: whoever does not see all of a field may not choose, sort or group
 * by it (3.7(1)). Every argument of every list, used by every role; the tables say what must come.
 */
import { loadOffices } from '@chengxin/college/office-list';
import { sentence } from '@chengxin/kit/errors';
import type { ReadArgument } from '@chengxin/kit/schema/arguments';
import { buildOfficeSchema } from '@chengxin/kit/schema/federation';
import type { Group } from '@chengxin/kit/privacy/groups';
import { predicatesOf } from '@chengxin/kit/privacy/predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestAs, CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { groupsOf, shownUnder } from './reviewed.js';

/** One argument under one value, written out, with what it reads. */
interface Try {
  readonly on: string;
  readonly path: string;
  readonly reads: ReadArgument['reads'][string];
  readonly text: string;
}
/** A list as it is selected without any argument that it can do without. */
interface Listed {
  readonly on: string;
  readonly groups: readonly string[];
  readonly bare: string;
  readonly tries: readonly Try[];
}

let college: TestCollege;
const lists: Listed[] = [];
beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  for (const office of await loadOffices()) {
    const { schema, readBy } = await buildOfficeSchema(office);
    for (const [on, leaves] of readBy) {
      const [type = '', name = ''] = on.split('.');
      const field = fieldOf(schema, type, name);
      const tries = leaves.flatMap(({ path, reads }) =>
        Object.entries(reads).flatMap(([value, fields]) => {
          if (isUsual(field, path, value)) return [];
          const given = literal(field, path, value === '*' ? undefined : value);
          return [{ on, path, reads: fields, text: call(field, given) }];
        }),
      );
      lists.push({ on, groups: groupsOf(type, name) ?? [], bare: call(field), tries });
    }
  }
});
afterAll(() => college.stop());

function fieldOf(
  schema: GraphQLSchema,
  type: string,
  name: string,
): GraphQLField<unknown, unknown> {
  const owner = schema.getType(type);
  const field = isObjectType(owner) ? owner.getFields()[name] : undefined;
  if (!field) throw new Error(`There is no ${type}.${name}.`);
  return field;
}

const SAMPLES: Readonly<Record<string, string>> = {
  ID: `"${STUDENT}"`,
  String: '"2025-2026"',
  Int: '2025',
  Boolean: 'true',
  Date: '"2026-06-30"',
  DateTime: '"2026-01-01T00:00:00Z"',
};

/** A value of a type: the one that is given, or any. */
function sample(type: GraphQLInputType, value?: string): string {
  if (isNonNullType(type)) return sample(type.ofType, value);
  if (isListType(type)) return `[${sample(type.ofType as GraphQLInputType, value)}]`;
  const named = getNamedType(type);
  if (isEnumType(named)) return value ?? named.getValues()[0]?.name ?? '';
  if (isInputObjectType(named)) {
    const needed = Object.values(named.getFields()).filter(
      (one) => isNonNullType(one.type) && one.defaultValue === undefined,
    );
    return `{ ${needed.map((one) => `${one.name}: ${sample(one.type)}`).join(', ')} }`;
  }
  const text = SAMPLES[named.name];
  if (!text) throw new Error(`No sample of ${named.name}.`);
  return text;
}

/** `filter: { student: { name: "x" } }` */
function literal(field: GraphQLField<unknown, unknown>, path: string, value?: string) {
  const [first = '', ...rest] = path.split('.');
  const argument = field.args.find(({ name }) => name === first);
  const inner = (of: GraphQLArgument | GraphQLInputField, names: readonly string[]): string => {
    const [next, ...more] = names;
    if (next === undefined) return sample(of.type, value);
    const type = getNamedType(of.type);
    const part = isInputObjectType(type) ? type.getFields()[next] : undefined;
    if (!part) throw new Error(`There is no ${path}.`);
    return `{ ${next}: ${inner(part, more)} }`;
  };
  if (!argument) throw new Error(`There is no ${path}.`);
  return { name: first, text: inner(argument, rest) };
}

/** A field with its required arguments, and one more. */
function call(field: GraphQLField<unknown, unknown>, given?: { name: string; text: string }) {
  const needed = field.args
    .filter((one) => isNonNullType(one.type) && one.defaultValue === undefined)
    .filter(({ name }) => name !== given?.name)
    .map(({ name, type }) => ({ name, text: sample(type) }));
  const all = [...needed, ...(given ? [given] : [])];
  const args = all.length ? `(${all.map(({ name, text }) => `${name}: ${text}`).join(', ')})` : '';
  return `${field.name}${args} { __typename }`;
}

/** Whether a role sees the whole of a field on every row of a list, by the tables. */
const isWhole = (role: string, read: Try['reads'][number], ofList: readonly string[]): boolean => {
  const { field: name, under } = typeof read === 'string' ? { field: read, under: [] } : read;
  const [type = '', field = ''] = name.split('.');
  return (groupsOf(type, field) ?? []).every(
    (group) =>
      shownUnder(group, role, type, field) === 'VALUE' &&
      (ofList.includes(group) ||
        predicatesOf(role as Role, group as Group)
          .toSorted()
          .join() === under.toSorted().join()),
  );
};

/** What is taken when nothing is said: the list is so ordered for whoever may select it. */
function isUsual({ args }: GraphQLField<unknown, unknown>, path: string, value: string): boolean {
  const argument = args.find(({ name }) => name === path);
  const type = argument && getNamedType(argument.type);
  return isEnumType(type) && type.getValue(value)?.value === argument?.defaultValue;
}

const AT_ONCE = 6;
/** Request several selections of one type together; each with the errors of its own. */
async function each(
  role: Role,
  on: string,
  texts: readonly string[],
): Promise<NonNullable<Answer['errors']>[]> {
  const found: NonNullable<Answer['errors']>[] = [];
  for (let from = 0; from < texts.length; from += AT_ONCE) {
    const some = texts.slice(from, from + AT_ONCE);
    const selected = some.map((text, at) => `a${at}: ${text}`).join(' ');
    const isRoot = on.startsWith('Query.');
    const answer = await requestAs(
      college,
      role,
      isRoot ? `{ ${selected} }` : `{ student(studentNo: "${STUDENT}") { ${selected} } }`,
    );
    const depth = isRoot ? 0 : 1;
    for (const at of some.keys())
      found.push(
        (answer.errors ?? []).filter(({ path }) => (path?.[depth] ?? `a${at}`) === `a${at}`),
      );
  }
  return found;
}
/** What was refused, of lists that are open. */
const refused: string[] = [];
const refusalOf = (path: string) => `${sentence('VALIDATION')} ${path}`;

test('every list is found, with every argument of it', () => {
  const names = lists.map(({ on }) => on);
  for (const on of [
    'Query.arrearsList',
    'Query.students',
    'Query.operationLog',
    'Student.selfEntries',
  ])
    expect(names).toContain(on);
  expect(lists.flatMap(({ tries }) => tries).length).toBeGreaterThan(90);
});

test.each(CALLERS.map(([role]) => role))(
  'whatever %s does not see whole cannot be filtered by (3.7(1))',
  async (role) => {
    const wrong: string[] = [];
    for (const { on, groups, bare, tries } of lists) {
      const [plain = []] = await each(role, on, [bare]);
      // What a list cannot do without (`stats(run:)`) may be refused for what it names.
      const own = tries.filter(({ path }) => !bare.includes(`${path}:`));
      if (plain.some(({ message }) => own.some(({ path }) => message === refusalOf(path))))
        wrong.push(`${on} is refused without an argument`);
      // A list that is shut is shut with an argument too: the role decides before it is read.
      if (plain.length > 0) continue;
      const answers = await each(
        role,
        on,
        tries.map(({ text }) => text),
      );
      for (const [at, { path, reads, text }] of tries.entries()) {
        const messages = answers[at]?.map(({ message }) => message) ?? [];
        const mayUse = reads.every((read) => isWhole(role, read, groups));
        const isRefused = messages.length === 1 && messages[0] === refusalOf(path);
        if (isRefused) refused.push(`${role} ${on} ${path}`);
        if (mayUse === isRefused)
          wrong.push(`${text}: ${mayUse ? 'refused' : 'answered'} (${messages.join(' ')})`);
      }
    }
    expect(wrong).toEqual([]);
  },
);

test('these arguments are refused to somebody to whom the list is open (3.7(1))', () => {
  expect([...new Set(refused)].toSorted()).toEqual([
    'AEO_STAFF Query.caseDossiers filter.politicalStatus',
    'AEO_STAFF Query.caseDossiers filter.student.classCode',
    'AEO_STAFF Query.caseDossiers filter.student.cohort',
    'AEO_STAFF Query.caseDossiers filter.student.college',
    'AEO_STAFF Query.caseDossiers filter.student.enrolmentStatus',
    'AEO_STAFF Query.caseDossiers filter.student.majorCode',
    'AEO_STAFF Query.caseDossiers filter.student.name',
    'AEO_STAFF Query.caseDossiers order',
    'APPEAL_COMMITTEE Query.caseDossiers filter.politicalStatus',
    'APPEAL_COMMITTEE Query.caseDossiers order',
    'AUDITOR Query.caseDossiers filter.politicalStatus',
    'AUDITOR Query.caseDossiers order',
    'COLLEGE_ADMIN Query.caseDossiers filter.politicalStatus',
    'COLLEGE_ADMIN Query.caseDossiers order',
    'EV_AID Query.caseDossiers filter.politicalStatus',
    'EV_AWARD Query.caseDossiers filter.politicalStatus',
    'EV_EMPLOY Query.caseDossiers filter.politicalStatus',
    'SCHOOL_ADMIN Query.caseDossiers order',
    'SCHOOL_ADMIN Query.operationLog filter.actor',
    'STAFF_SELF Query.operationLog filter.actor',
    'STAFF_SELF Query.operationLog filter.requestId',
    'STU_SELF Query.operationLog filter.actor',
    'STU_SELF Query.operationLog filter.requestId',
    'SYS_OPERATOR Query.operationLog filter.actor',
  ]);
});
