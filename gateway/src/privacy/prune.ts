import {
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import type { SelectedField, SelectedObject } from './selection-tree.js';
import { asDirectives } from './conditions.js';
import { nullPropagationsOf } from './null-propagation.js';
import { withTypeConditions, type ForwardedField } from './type-conditions.js';

/** The selections of an operation that are forwarded to the planner. */
export interface Pruned {
  readonly selections: readonly SelectionNode[];
  readonly forwarded: ReadonlySet<SelectedField>;
  /** Objects whose response differs from the selection: they are reassembled from it. */
  readonly reassembled: ReadonlySet<SelectedObject>;
}

/** Non-null object fields exist whenever their parent does, so they need no probe. */
const isImplied = ({ outputs }: SelectedField): boolean =>
  [...outputs.values()].every((type) => isNonNullType(type) && isObjectType(type.ofType));

/**
 * Prunes refused fields from an operation, and the fields that would be fetched in vain without them.
 *
 * @param runs   The operation is a mutation: what is open is forwarded, whatever its payload.
 * @param probe  Response key used nowhere else. A `__typename` stands under it where nothing else
 *               shows whether an object is there, or its type.
 */
export function prune(
  schema: GraphQLSchema,
  root: SelectedObject,
  runs: boolean,
  probe: string,
): Pruned {
  const propagation = nullPropagationsOf(root, runs);
  const forwarded = new Set<SelectedField>();
  const reassembled = new Set<SelectedObject>();
  const typename: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: probe },
    name: { kind: Kind.NAME, value: '__typename' },
  };

  /** The selections below a field; null when it need not be forwarded at all. */
  const below = (field: SelectedField, mustRun: boolean): readonly SelectionNode[] | null => {
    const { object } = field;
    if (!object) return field.sets.flatMap((set) => set.selections);
    const fields = send(object, false);
    if (fields.length === 0 && isImplied(field) && !mustRun) return null;
    const selections = withTypeConditions(schema, object, fields);
    const isCertain = fields.some((one) => one.field.conditions.length === 0);
    const isClear = object.types.size === 1 || !reassembled.has(object);
    if (isCertain && isClear) return selections;
    reassembled.add(object);
    return [...selections, typename];
  };

  const send = (object: SelectedObject, mustRun: boolean): readonly ForwardedField[] =>
    object.fields.flatMap((field) => {
      const isFetched = (type: string) =>
        !propagation.nulled(object).has(type) && propagation.of(field, type) === 'FETCH';
      const types = new Set([...field.types].filter(isFetched));
      const selections = types.size > 0 ? below(field, mustRun) : null;
      const isWhole = selections !== null && types.size === field.types.size;
      if (!isWhole || (field.object && reassembled.has(field.object))) reassembled.add(object);
      if (selections === null) return [];
      forwarded.add(field);
      const { directives, others } = asDirectives(field.conditions, field.node.directives);
      const isDeep = selections.length > 0;
      const node: FieldNode = {
        ...field.node,
        directives,
        ...(isDeep && { selectionSet: { kind: Kind.SELECTION_SET, selections } }),
      };
      return [{ field, node, types, others }];
    });

  return { selections: withTypeConditions(schema, root, send(root, runs)), forwarded, reassembled };
}
