/** Every place where a value can be given: arguments and fields of inputs, read from a schema. */
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  TypeMetaFieldDef,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import { STUDENT } from './callers.js';

type Field = GraphQLField<unknown, unknown>;
type Input = GraphQLArgument | GraphQLInputField;

export interface Place {
  /** `filter.student.name` */
  readonly name: string;
  readonly type: GraphQLInputType;
  /** The value that nothing stands for here. */
  readonly hasDefault: boolean;
  /** Some value of its type, as a literal. */
  readonly sample: string;
  /** The selection with a value in this place, and no more beside it than is required. */
  readonly selectWith: (value: string) => string;
}
/** A field with arguments. */
export interface FieldWithArguments {
  /** `Query.bills` */
  readonly name: string;
  /** The selection with what is required alone. */
  readonly bare: string;
  readonly places: readonly Place[];
}

const SAMPLES: Readonly<Record<string, string>> = {
  ID: `"${STUDENT}"`,
  String: '"2025-2026"',
  Int: '2025',
  Boolean: 'true',
  Date: '"2026-06-30"',
  DateTime: '"2026-04-01T00:00:00+08:00"',
};

/** The one release of `tests/gateway/nulls.test.ts`. */
export const RELEASE = '00000000-0000-4000-8000-0000000000ce';
/** Of arguments that name something else than a student. */
const NAMED: Readonly<Record<string, string>> = { group: '"TUITION"', releaseId: `"${RELEASE}"` };

const sampleOf = ({ name, type }: Input): string => NAMED[name] ?? sample(type);

function sample(given: GraphQLInputType): string {
  const type = getNullableType(given);
  if (isListType(type)) return `[${sample(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) return `{ ${required(Object.values(type.getFields())).join(' ')} }`;
  const text = SAMPLES[getNamedType(type).name];
  if (text === undefined) throw new Error(`Write a sample of ${String(type)}.`);
  return text;
}

const isRequired = (input: Input): boolean =>
  isNonNullType(input.type) && input.defaultValue === undefined;

/** @param but  Is written elsewhere. */
const required = (inputs: readonly Input[], but?: Input): string[] =>
  inputs
    .filter((one) => one !== but && isRequired(one))
    .map((one) => `${one.name}: ${sampleOf(one)}`);

/** @param around  Writes what stands around the inputs. */
function placesOf(
  inputs: readonly Input[],
  above: readonly string[],
  around: (given: string) => string,
): Place[] {
  return inputs.flatMap((input) => {
    const { name, type, defaultValue } = input;
    const selectWith = (value: string) =>
      around([...required(inputs, input), `${name}: ${value}`].join(' '));
    const path = [...above, name];
    const own = {
      name: path.join('.'),
      type,
      hasDefault: defaultValue !== undefined,
      sample: sampleOf(input),
      selectWith,
    };
    const inner = getNullableType(type);
    const fields = isInputObjectType(inner) ? Object.values(inner.getFields()) : [];
    return [own, ...placesOf(fields, path, (given) => selectWith(`{ ${given} }`))];
  });
}

/** Objects of an answer that are entered. */
const ENTERED = new Set(['nodes', 'pageInfo']);
/** Sealed for one answer. */
const CURSORS = new Set(['startCursor', 'endCursor']);
/** So many values of an object distinguish one from another. */
const VALUES = 4;

function selectionOf({ type }: Field): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const fields = isObjectType(named) ? Object.values(named.getFields()) : [];
  const plain = fields.filter(({ args }) => !args.some(isRequiredArgument));
  const values = plain.filter(
    (one) => isLeafType(getNamedType(one.type)) && !CURSORS.has(one.name),
  );
  const below = plain.filter(({ name }) => ENTERED.has(name));
  const selected = [...values.slice(0, VALUES), ...below];
  return `{ __typename ${selected.map((one) => `${one.name} ${selectionOf(one)}`).join(' ')} }`;
}

/** How one comes to a field of each type that has fields with arguments. */
const WAYS: Readonly<Record<string, (field: string) => string>> = {
  Query: (field) => field,
  Student: (field) => `student(studentNo: "${STUDENT}") { ${field} }`,
  __Schema: (field) => `__schema { ${field} }`,
  __Type: (field) => `__type(name: "OrgKind") { ${field} }`,
  __Field: (field) => `__type(name: "Query") { fields { ${field} } }`,
  __Directive: (field) => `__schema { directives { ${field} } }`,
};

function withArguments(type: string, field: Field): FieldWithArguments {
  const way = WAYS[type];
  if (!way) throw new Error(`Write a way to ${type}.${field.name}.`);
  const write = (given: string) =>
    way(`${field.name}${given && `(${given})`} ${selectionOf(field)}`);
  return {
    name: `${type}.${field.name}`,
    bare: write(required(field.args).join(' ')),
    places: placesOf(field.args, [], write),
  };
}

/** Every field with arguments but mutations, those of the introspection included. */
export const fieldsWithArguments = (schema: GraphQLSchema): readonly FieldWithArguments[] => [
  withArguments('Query', TypeMetaFieldDef),
  ...Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => type !== schema.getMutationType())
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.length > 0)
        .map((field) => withArguments(type.name, field)),
    ),
];
