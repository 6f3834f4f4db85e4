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
import { isAboutSchema } from './collect-fields.js';
import { nullPropagationsOf } from './null-propagation.js';
import { withTypeConditions, type ForwardedField } from './type-conditions.js';

/** The selections of an operation that are forwarded to the planner. */
export interface Pruned {
  readonly selections: readonly SelectionNode[];
  /** The fields that are forwarded, and the runtime types for which they are. */
  readonly forwarded: ReadonlyMap<SelectedField, ReadonlySet<string>>;
  /** Nothing was pruned: the operation can be forwarded as it is. */
  readonly isWhole: boolean;
}

/** Non-null object fields exist whenever their parent does, so nothing need show that they do. */
const isImplied = ({ outputs }: SelectedField): boolean =>
  [...outputs.values()].every((type) => isNonNullType(type) && isObjectType(type.ofType));

const TYPENAME: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

/**
 * Prunes refused fields from an operation, and the fields that would be fetched in vain without them.
 * A `__typename` stands where nothing else would show whether an object is there. Questions about
 * the schema are no office's either.
 *
 * @param runs  The operation is a mutation: what is open is forwarded, whatever its payload.
 */
export function prune(schema: GraphQLSchema, root: SelectedObject, runs: boolean): Pruned {
  const propagation = nullPropagationsOf(root, runs);
  const forwarded = new Map<SelectedField, ReadonlySet<string>>();
  let isWhole = true;

  /** The selections below a field; null when it need not be forwarded at all. */
  const below = (field: SelectedField, mustRun: boolean): readonly SelectionNode[] | null => {
    const { object } = field;
    if (!object) return field.sets.flatMap((set) => set.selections);
    const fields = send(object, false);
    const isAllRefused = object.fields.length > 0 && fields.length === 0;
    if (isAllRefused && isImplied(field) && !mustRun) return null;
    const selections = withTypeConditions(schema, object, fields);
    const isCertain = fields.some((one) => one.field.conditions.length === 0);
    if (isCertain) return selections;
    isWhole = false;
    return [...selections, TYPENAME];
  };

  const send = (object: SelectedObject, mustRun: boolean): readonly ForwardedField[] =>
    object.fields.flatMap((field) => {
      const isFetched = (type: string) =>
        !isAboutSchema(field) &&
        !propagation.nulled(object).has(type) &&
        propagation.of(field, type) === 'FETCH';
      const types = new Set([...field.types].filter(isFetched));
      const selections = types.size > 0 ? below(field, mustRun) : null;
      if (selections === null || types.size < field.types.size) isWhole = false;
      if (selections === null) return [];
      forwarded.set(field, types);
      const { directives, others } = asDirectives(field.conditions, field.node.directives);
      const isDeep = selections.length > 0;
      const node: FieldNode = {
        ...field.node,
        directives,
        ...(isDeep && { selectionSet: { kind: Kind.SELECTION_SET, selections } }),
      };
      return [{ field, node, types, others }];
    });

  const selections = withTypeConditions(schema, root, send(root, runs));
  return { selections, forwarded, isWhole };
}
