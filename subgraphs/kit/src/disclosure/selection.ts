/** What an operation selects below a field, whether objects exist there or not (DOMAIN 3.7(16)). */
import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A field of an object type, as the schema names it. */
export type Place = readonly [type: string, field: string];
type Places = Map<string, Place>;
type Reading = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;

const isRun = (node: SelectionNode, { variableValues }: Reading): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false;

const typesOf = ({ schema }: Reading, type: GraphQLNamedType): ReadonlySet<string> =>
  isAbstractType(type)
    ? new Set(schema.getPossibleTypes(type).map(({ name }) => name))
    : new Set([type.name]);

function readField(reading: Reading, type: string, node: SelectionNode, found: Places): void {
  if (node.kind !== Kind.FIELD) return;
  const object = reading.schema.getType(type);
  const field = isObjectType(object) ? object.getFields()[node.name.value] : undefined;
  if (!field) return;
  found.set(`${type}.${field.name}`, [type, field.name]);
  const inner = getNamedType(field.type);
  if (node.selectionSet) readSet(reading, node.selectionSet, typesOf(reading, inner), found);
}

function readSet(
  reading: Reading,
  { selections }: SelectionSetNode,
  types: ReadonlySet<string>,
  found: Places,
): void {
  for (const node of selections) {
    if (!isRun(node, reading)) continue;
    if (node.kind === Kind.FIELD) {
      for (const type of types) readField(reading, type, node, found);
      continue;
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? reading.fragments[node.name.value] : node;
    if (!fragment) continue;
    const on = fragment.typeCondition && reading.schema.getType(fragment.typeCondition.name.value);
    const narrowed = on ? types.intersection(typesOf(reading, on)) : types;
    if (narrowed.size) readSet(reading, fragment.selectionSet, narrowed, found);
  }
}

/**
 * The fields that are selected below the field of a resolver, on every type that may stand there.
 */
export function placesBelow(info: GraphQLResolveInfo): readonly Place[] {
  const found: Places = new Map();
  const inner = getNamedType(info.returnType);
  if (!isCompositeType(inner)) return [];
  const types = typesOf(info, inner);
  for (const { selectionSet } of info.fieldNodes)
    if (selectionSet) readSet(info, selectionSet, types, found);
  return [...found.values()];
}
