import {
  isAbstractType,
  isCompositeType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { conditionsOf, type Conditions } from './conditions.js';

/** What selections are read with. */
export interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Called for each selection; throws when there are too many. */
  readonly spend: () => void;
}

/** A field as it is selected on one object, out of all fragments. */
export interface CollectedField {
  /** Response key. */
  readonly key: string;
  readonly node: FieldNode;
  /** Type under which it was written. */
  readonly on: GraphQLCompositeType;
  /** Runtime types of the object on which it is selected. */
  readonly types: ReadonlySet<string>;
  readonly conditions: Conditions;
  /**
   * What is selected below, in document order; several when the field was written several times.
   */
  readonly sets: readonly SelectionSetNode[];
}

const ABOUT_SCHEMA: ReadonlySet<string> = new Set(['__schema', '__type']);

/** Whether a field is answered from the schema, and by no office. */
export const isAboutSchema = ({ node }: CollectedField): boolean =>
  ABOUT_SCHEMA.has(node.name.value);

/** Names of the object types that something of this type can be. */
export const possibleTypes = (
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
): ReadonlySet<string> =>
  isAbstractType(type)
    ? new Set(schema.getPossibleTypes(type).map(({ name }) => name))
    : new Set([type.name]);

/**
 * The fields that the selection sets of one object select, in document order. The same response key
 * under the same types and conditions is one field, so that repetition costs nothing below.
 */
export function collectFields(
  { schema, fragments, spend }: Reading,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): readonly CollectedField[] {
  const fields = new Map<string, CollectedField & { sets: SelectionSetNode[] }>();
  const spreads = new Set<string>();

  const collect = (
    set: SelectionSetNode,
    on: GraphQLCompositeType,
    types: ReadonlySet<string>,
    outer: Conditions,
  ): void => {
    const within = [...types].join();
    for (const selection of set.selections) {
      spend();
      const conditions = conditionsOf(selection, outer);
      if (!conditions) continue;
      const where = `${on.name} ${within} ${JSON.stringify(conditions)}`;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const id = `${key} ${where}`;
        const field = fields.get(id) ?? { key, node: selection, on, types, conditions, sets: [] };
        if (selection.selectionSet) field.sets.push(selection.selectionSet);
        fields.set(id, field);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const id = `${selection.name.value} ${where}`;
        if (spreads.has(id)) continue;
        spreads.add(id);
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!fragment) continue;
      const condition = fragment.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const inner = isCompositeType(condition) ? condition : on;
      const narrowed = types.intersection(possibleTypes(schema, inner));
      if (narrowed.size > 0) collect(fragment.selectionSet, inner, narrowed, conditions);
    }
  };
  for (const set of sets) collect(set, type, possibleTypes(schema, type), []);
  return [...fields.values()];
}
