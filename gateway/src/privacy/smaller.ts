import {
  isNonNullType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import type { AskedField, AskedObject } from './asked.js';
import { asDirectives } from './conditions.js';
import { fatesOf } from './fates.js';
import { onTypes, type Sending } from './on-types.js';

/** What is left of an operation to be sent on. */
export interface Smaller {
  readonly selections: readonly SelectionNode[];
  readonly sent: ReadonlySet<AskedField>;
  /** Objects that do not come back as they were asked, and must be put together again. */
  readonly touched: ReadonlySet<AskedObject>;
}

/** Whether what is here is there whenever what holds it is. */
const isImplied = ({ outputs }: AskedField): boolean =>
  [...outputs.values()].every((type) => isNonNullType(type) && isObjectType(type.ofType));

/**
 * Takes out of an operation what is refused, and with it what would be asked in vain.
 *
 * @param runs   The operation is a mutation: what is open is sent, whatever its payload.
 * @param probe  Response key used nowhere else. A `__typename` stands under it where nothing else
 *               tells whether an object is there, or what it is.
 */
export function smaller(
  schema: GraphQLSchema,
  root: AskedObject,
  runs: boolean,
  probe: string,
): Smaller {
  const fates = fatesOf(root, runs);
  const sent = new Set<AskedField>();
  const touched = new Set<AskedObject>();
  const typename: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: probe },
    name: { kind: Kind.NAME, value: '__typename' },
  };

  /** The selections below a field; null when it need not be sent at all. */
  const below = (field: AskedField, mustRun: boolean): readonly SelectionNode[] | null => {
    const { object } = field;
    if (!object) return field.sets.flatMap((set) => set.selections);
    const sendings = send(object, false);
    if (sendings.length === 0 && isImplied(field) && !mustRun) return null;
    const selections = onTypes(schema, object, sendings);
    const isCertain = sendings.some((one) => one.field.conditions.length === 0);
    const isClear = object.types.size === 1 || !touched.has(object);
    if (isCertain && isClear) return selections;
    touched.add(object);
    return [...selections, typename];
  };

  const send = (object: AskedObject, mustRun: boolean): readonly Sending[] =>
    object.fields.flatMap((field) => {
      const asks = (type: string) =>
        !fates.lost(object).has(type) && fates.of(field, type) === 'ASK';
      const types = new Set([...field.types].filter(asks));
      const selections = types.size > 0 ? below(field, mustRun) : null;
      const isWhole = selections !== null && types.size === field.types.size;
      if (!isWhole || (field.object && touched.has(field.object))) touched.add(object);
      if (selections === null) return [];
      sent.add(field);
      const { directives, others } = asDirectives(field.conditions, field.node.directives);
      const isDeep = selections.length > 0;
      const node: FieldNode = {
        ...field.node,
        directives,
        ...(isDeep && { selectionSet: { kind: Kind.SELECTION_SET, selections } }),
      };
      return [{ field, node, types, others }];
    });

  return { selections: onTypes(schema, root, send(root, runs)), sent, touched };
}
