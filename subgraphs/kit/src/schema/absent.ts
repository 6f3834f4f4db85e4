/** A null that is given for an argument says what leaving it out says (docs/decisions/0030). */
import {
  defaultFieldResolver,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

function read(given: GraphQLInputType, value: unknown): unknown {
  const type = getNullableType(given);
  if (isListType(type) && Array.isArray(value))
    return value.map((one) => (one === null ? null : read(type.ofType, one)));
  return isInputObjectType(type)
    ? withoutNulls(Object.values(type.getFields()), value as Values)
    : value;
}

/** What was given or is the default, at every depth of the input; never a null. */
function withoutNulls(
  inputs: readonly (GraphQLArgument | GraphQLInputField)[],
  values: Values,
): Values {
  const given: Record<string, unknown> = {};
  for (const { name, type, defaultValue } of inputs) {
    const value = values[name] ?? defaultValue ?? undefined;
    if (value !== undefined) given[name] = read(type, value);
  }
  return given;
}

/**
 * Lets no resolver meet a null: `bills(filter: null)` is read as `bills`, and
 * `bills(filter: { item: null })` as `bills(filter: {})`, with the defaults of the schema. What a
 * mutation clears it names by an argument of its own.
 */
export function readNullsAsAbsent(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.args.length === 0) continue;
      const { args: inputs, resolve = defaultFieldResolver } = field;
      field.resolve = (parent, args, context, info) =>
        resolve(parent, withoutNulls(inputs, args), context, info);
    }
  }
}
