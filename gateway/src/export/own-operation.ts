/**
 * The operations by which a person takes all that the graph shows him of himself: read from the schema,
 * so that no office and no field is forgotten. Pure.
 */
import {
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { FieldOffices } from '../limits/field-offices.js';
import type { FieldOfStudent } from './own-archive.js';

const STUDENT = 'Student';
/** What may be done next is no record; the last 30 days of the log stand in the whole of it. */
const LEFT_OUT: ReadonlySet<string> = new Set(['availableActions', 'Student.accessEvents']);

type AnyField = GraphQLField<unknown, unknown>;

const isLeftOut = (type: string, { name, args }: AnyField): boolean =>
  LEFT_OUT.has(name) ||
  LEFT_OUT.has(`${type}.${name}`) ||
  args.some((arg) => isRequiredArgument(arg) || arg.name === 'first');

/** Every field of a type and of what lies below it; no type is entered again below itself. */
function selectionOf(type: GraphQLObjectType, above: readonly string[]): string | undefined {
  const within = [type.name, ...above];
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (isLeftOut(type.name, field)) return [];
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return [field.name];
    if (!isObjectType(inner) || within.includes(inner.name)) return [];
    const below = selectionOf(inner, within);
    return below ? [`${field.name} ${below}`] : [];
  });
  return fields.length ? `{ ${fields.join(' ')} }` : undefined;
}

function typeOf(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The schema has no ${name}.`);
  return type;
}

/** Everything of the student, of every office. */
export const ownRecords = (schema: GraphQLSchema): string =>
  `query ExportMyArchive { me { student ${selectionOf(typeOf(schema, STUDENT), []) ?? ''} } }`;

/** A page of a list of the caller's own: who has looked, what was changed. */
export const ownPage = (schema: GraphQLSchema, list: string, node: string): string =>
  `query ExportMyArchive($after: String) { ${list}(first: 100, after: $after) {
    nodes ${selectionOf(typeOf(schema, node), []) ?? ''} pageInfo { hasNextPage endCursor } } }`;

/** The office that answers a field of the student, `grades` → `academics`, and whether it is an item. */
export function fieldOfStudent(
  schema: GraphQLSchema,
  offices: FieldOffices,
  field: string,
): FieldOfStudent {
  const type = typeOf(schema, STUDENT).getFields()[field]?.type;
  return {
    office: (offices.get(`${STUDENT}.${field}`) ?? '').toLowerCase(),
    isItem: isLeafType(getNamedType(type)) && !isListType(getNullableType(type)),
  };
}
