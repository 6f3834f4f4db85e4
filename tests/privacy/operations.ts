/** Random valid operations over a schema: aliases, fragments, conditions, filters, orders, pages. */
import * as fc from 'fast-check';
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
} from 'graphql';

export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, boolean>>;
}

const VARIABLES = { yes: true, no: false };
const DIRECTIVES = ['', '', '', '', ' @include(if: $yes)', ' @skip(if: $yes)', ' @skip(if: $no)'];
const DEPTH = 4;

/** @param texts  What arguments of type ID and String are given, by their names. */
export function operations(
  schema: GraphQLSchema,
  texts: (name: string) => readonly string[],
): fc.Arbitrary<Operation> {
  const value = (name: string, given: GraphQLInputType): fc.Arbitrary<string> => {
    const type = getNullableType(given);
    if (isEnumType(type)) return fc.constantFrom(...type.getValues().map((one) => one.name));
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).map((field: GraphQLInputField) =>
        fc
          .option(value(field.name, field.type), { freq: 2, nil: '' })
          .map((text) => (text ? `${field.name}: ${text}` : '')),
      );
      return fc.tuple(...fields).map((parts) => `{ ${parts.filter(Boolean).join(', ')} }`);
    }
    const { name: scalar } = getNamedType(type);
    if (scalar === 'Boolean') return fc.constantFrom('true', 'false');
    if (scalar === 'Int')
      return name === 'first' ? fc.constantFrom('1', '2', '100') : fc.constantFrom('2024', '2025');
    return fc.constantFrom(...texts(name)).map((text) => JSON.stringify(text));
  };

  const argument = (one: GraphQLArgument): fc.Arbitrary<string> => {
    if (one.name === 'after') return fc.constant('');
    const given = value(one.name, one.type).map((text) => `${one.name}: ${text}`);
    return isRequiredArgument(one) ? given : fc.option(given, { freq: 1, nil: '' });
  };

  const argumentsOf = (field: GraphQLField<unknown, unknown>): fc.Arbitrary<string> =>
    fc.tuple(...field.args.map(argument)).map((parts) => {
      const given = parts.filter(Boolean).join(', ');
      return given && `(${given})`;
    });

  const selected = (field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> => {
    const type = getNamedType(field.type);
    if (isUnionType(type)) return members(type, depth);
    if (!isObjectType(type)) return fc.constant('');
    return depth > 0 ? selections(type, depth - 1) : fc.constant(' { __typename }');
  };

  /** Of a union a fragment for some of its members. */
  const members = (type: GraphQLUnionType, depth: number): fc.Arbitrary<string> =>
    fc
      .subarray([...type.getTypes()], { minLength: 1 })
      .chain((some) => fc.tuple(...some.map((one) => onMember(one, depth))))
      .map((fragments) => ` { __typename ${fragments.join(' ')} }`);
  const onMember = (type: GraphQLObjectType, depth: number): fc.Arbitrary<string> =>
    selections(type, Math.max(0, depth - 1)).map((below) => `... on ${type.name}${below}`);

  const selections = (type: GraphQLObjectType, depth: number): fc.Arbitrary<string> => {
    const fields = Object.values(type.getFields());
    const one = fc
      .constantFrom(...fields)
      .chain((field) =>
        fc
          .tuple(
            fc.constantFrom('', '', '', `${field.name}_: `, `__proto__${field.name}: `),
            fc.constantFrom(...DIRECTIVES),
            argumentsOf(field),
            selected(field, depth),
          )
          .map(([as, directive, args, below]) => `${as}${field.name}${args}${directive}${below}`),
      );
    const fragment = fc
      .tuple(fc.constantFrom(...DIRECTIVES), fc.array(one, { minLength: 1, maxLength: 3 }))
      .map(([directive, inner]) => `... on ${type.name}${directive} { ${inner.join(' ')} }`);
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const all = fc.constant(leaves.map(({ name }) => name).join(' '));
    return fc
      .array(
        fc.oneof(
          { weight: 6, arbitrary: one },
          { weight: 1, arbitrary: fragment },
          { weight: 2, arbitrary: all },
        ),
        { minLength: 1, maxLength: 5 },
      )
      .map((texts): string => ` { __typename ${texts.join(' ')} }`);
  };

  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries.');
  const roots = Object.values(query.getFields());
  const student = roots.filter(({ name }) => name === 'student');
  const root = fc
    .oneof(
      { weight: 2, arbitrary: fc.constantFrom(...student) },
      { weight: 3, arbitrary: fc.constantFrom(...roots) },
    )
    .chain((field) =>
      fc.tuple(fc.constant(field.name), argumentsOf(field), selected(field, DEPTH)),
    );
  return fc.array(root, { minLength: 1, maxLength: 3 }).map((fields) => {
    const texts = fields.map(([name, args, below], i) => `r${i}: ${name}${args}${below}`);
    const body = texts.join('\n');
    const used = Object.entries(VARIABLES).filter(([name]) => body.includes(`$${name}`));
    const declared = used.map(([name]) => `$${name}: Boolean!`).join(', ');
    return {
      query: `query${declared && ` (${declared})`} {\n${body}\n}`,
      variables: Object.fromEntries(used),
    };
  });
}
