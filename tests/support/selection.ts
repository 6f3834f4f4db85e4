/**
 * What can be selected of a type, read from the gateway's own answer: so that no new field is
 * forgotten.
 */
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import type { TestCollege } from './college.js';

/** The schema as clients see it. */
export async function schemaOf(college: TestCollege): Promise<GraphQLSchema> {
  const { data } = await college.request(null, getIntrospectionQuery());
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

/** Every field of a type and of what lies below it; students in facts are not entered again. */
export function selectAll(
  schema: GraphQLSchema,
  name: string,
  above: readonly string[] = [],
): string {
  const type = schema.getType(name) as GraphQLObjectType;
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return [field.name];
    if (!isObjectType(inner) || [name, ...above].includes(inner.name)) return [];
    return [`${field.name} ${selectAll(schema, inner.name, [name, ...above])}`];
  });
  return `{ ${fields.join(' ')} }`;
}
