import { isGroup, type Group } from '@chengxin/kit/privacy/groups';
import { mayStandInList } from '@chengxin/kit/privacy/matrix';
import { ROLES, type Role } from '@chengxin/kit/privacy/roles';
import { refusedByRole } from '@chengxin/kit/privacy/verdict';
import { readPolicies } from '@chengxin/gateway/privacy/policies';
import * as fc from 'fast-check';
import {
  buildSchema,
  execute,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  parse,
  printSchema,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type GraphQLCompositeType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { college as factsOf } from './small-college-facts.js';
import { startCollege, type College } from './small-college.js';
import { compose } from './small-college-schema.js';

const POLICIES = readPolicies(compose());
const SINGLE = ['student', 'me', 'caseDossier', 'employerReport'];
const TUITION_IN_LISTS = ['Student.arrears', 'Arrears.category'];

/** Where a field stands, as a path of types, fields and list positions. */
interface Step {
  readonly type: string;
  readonly field: string;
  readonly isList: boolean;
}

/** DOMAIN 3.3 and 3.1 once more, as plainly as it goes: may the last step of a path be answered? */
function isRefused(role: Role, steps: readonly Step[]): boolean {
  const { type, field } = steps.at(-1)!;
  const students = steps.flatMap((step, at) => (step.type === 'Student' ? [at] : []));
  const isListed =
    !SINGLE.includes(steps[0]!.field) &&
    students.some((at) => steps.slice(0, at).some((step) => step.isList));
  const mayBeListed = (group: Group) =>
    mayStandInList(group) && (group !== 'TUITION' || TUITION_IN_LISTS.includes(`${type}.${field}`));
  const alternatives = POLICIES.get(`${type}.${field}`)!;
  return !alternatives.some((names) =>
    names.every(
      (name) =>
        refusedByRole(role, name, type, field) === null &&
        (!isListed || !isGroup(name) || mayBeListed(name)),
    ),
  );
}

/** Arguments without which a field cannot be selected. */
const ARGUMENTS: Record<string, string> = {
  student: '(studentNo: "1")',
  caseDossier: '(studentNo: "1")',
};
const DIRECTIVES = ['yes', 'also', 'no'].flatMap((name) => [
  '',
  '',
  ` @include(if: $${name})`,
  ` @skip(if: $${name})`,
]);
const VARIABLES = { yes: true, also: true, no: false };
const COMMON: Role[] = ['STU_SELF', 'COUNSELLOR', 'SCHOOL_ADMIN', 'FIN_CLERK', 'EV_PARTY'];

/** Random selections on a type: fields, aliases, conditions, inline fragments. */
function selections(schema: GraphQLSchema, type: GraphQLCompositeType, depth: number) {
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
  const one = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(null, ...fields) },
    ...(depth > 0 ? [{ weight: 2, arbitrary: fc.constantFrom(type, ...possible) }] : []),
  );
  const selection = one.chain((what): fc.Arbitrary<string> => {
    const directive = fc.constantFrom(...DIRECTIVES);
    if (what === null) return directive.map((text) => `__typename${text}`);
    if (!('args' in what)) {
      const condition = what === type ? '' : `on ${what.name}`;
      return fc
        .tuple(directive, selections(schema, what, depth - 1))
        .map(([text, inner]) => `... ${condition}${text} ${inner}`);
    }
    const named = getNamedType(what.type);
    const isDeep = isObjectType(named) || isAbstractType(named);
    if (isDeep && depth === 0) return fc.constant('__typename');
    const below = isDeep ? selections(schema, named, depth - 1) : fc.constant('');
    const alias = fc.constantFrom('', '', '', `${what.name}_: `, 'typename_: ');
    return fc
      .tuple(alias, directive, below)
      .map(([as, text, inner]) => `${as}${what.name}${ARGUMENTS[what.name] ?? ''}${text} ${inner}`);
  });
  return fc
    .array(selection, { minLength: 1, maxLength: 4 })
    .map((texts): string => `{ ${texts.join(' ')} }`);
}

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type Info = Parameters<Resolver>[3];

type Path = readonly (string | number)[];
const pathOf = (path: Info['path'] | undefined): Path =>
  path ? [...pathOf(path.prev), path.key] : [];
/** A path with `@` for positions in lists. */
const written = (path: Info['path'] | undefined): Path =>
  pathOf(path).map((step) => (typeof step === 'number' ? '@' : step));

/** Whether an error stands at a place, or at all places of a list that was not fetched. */
const isAt = (reported: Path, place: Path): boolean =>
  reported.length === place.length &&
  reported.every((step, i) => step === place[i] || (step === '@' && typeof place[i] === 'number'));

/** Whether `@` stands for positions of a list that is in the answer. */
const isVague = (reported: Path, data: unknown): boolean => {
  const list = reported.slice(0, reported.indexOf('@'));
  const at = (value: unknown, step: string | number): unknown =>
    typeof value === 'object' && value ? Reflect.get(value, step) : undefined;
  return reported.includes('@') && Array.isArray(list.reduce(at, data));
};

/** Answers like a server that holds all facts and gives null for what is refused. */
function reference(role: Role, refused: Path[]): Resolver {
  const stepsAt = new Map<string, readonly Step[]>();
  return (source, args, _, info) => {
    const above = written(info.path.prev)
      .join('.')
      .replace(/(\.@)+$/, '');
    const isList = isListType(getNullableType(info.returnType));
    const step = { type: info.parentType.name, field: info.fieldName, isList };
    const steps = [...(stepsAt.get(above) ?? []), step];
    stepsAt.set(written(info.path).join('.'), steps);
    if (isRefused(role, steps)) {
      refused.push(pathOf(info.path));
      return null;
    }
    const value = Reflect.get(Object(source), info.fieldName);
    return typeof value === 'function' ? value(args) : value;
  };
}

let college: College;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

test('whatever is selected, each role gets what a server without offices would answer it', async () => {
  // Built anew, for a server puts resolvers of its own into the schema that it serves.
  const schema = buildSchema(printSchema(college.apiSchema()));
  const role = fc.oneof(fc.constantFrom(...COMMON), fc.constantFrom(...ROLES));
  const requests = fc.record({ role, text: selections(schema, schema.getQueryType()!, 5) });

  await fc.assert(
    fc.asyncProperty(requests, async ({ role, text }) => {
      const used = Object.keys(VARIABLES).filter((name) => text.includes(`$${name}`));
      const declared = used.map((name) => `$${name}: Boolean!`).join();
      const query = `query${declared && `(${declared})`} ${text}`;
      const document = parse(query);
      fc.pre(validate(schema, document).length === 0);
      const refused: Path[] = [];
      const expected = await execute({
        schema,
        document,
        rootValue: factsOf([]),
        variableValues: VARIABLES,
        fieldResolver: reference(role, refused),
      });

      const answer = await college.request(role, query, { variables: VARIABLES });

      // Keys in any order: in what the filter leaves alone, the planner puts them as it likes.
      expect(answer.data).toEqual(JSON.parse(JSON.stringify(expected.data)));
      const reported = answer.errors?.map(({ path = [] }) => path) ?? [];
      expect(refused.filter((place) => !reported.some((one) => isAt(one, place)))).toEqual([]);
      expect(reported.filter((one) => isVague(one, answer.data))).toEqual([]);
      for (const call of college.calls) expect(refusedIn(schema, role, call.query)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** Fields of a document sent to an office that the role can never see. */
function refusedIn(schema: GraphQLSchema, role: Role, query: string): string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  visit(
    parse(query),
    visitWithTypeInfo(info, {
      Field(node) {
        const type = info.getParentType();
        if (!type || !isObjectType(type) || node.name.value.startsWith('_')) return;
        const { name } = type;
        if (isRefused(role, [{ type: name, field: node.name.value, isList: false }]))
          found.push(`${name}.${node.name.value}`);
      },
    }),
  );
  return found;
}
