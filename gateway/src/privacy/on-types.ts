import {
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import type { AskedField, AskedObject } from './asked.js';
import { under } from './conditions.js';
import { possibleTypes } from './selected.js';

/** A field to be sent, and the runtime types for which it is. */
export interface Sending {
  readonly field: AskedField;
  readonly node: FieldNode;
  readonly types: ReadonlySet<string>;
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && a.isSubsetOf(b);

const isAlike = (a: Sending, b: Sending): boolean =>
  a.field.on === b.field.on &&
  isSame(a.types, b.types) &&
  JSON.stringify(a.field.conditions) === JSON.stringify(b.field.conditions);

/** `... on Type { … }` */
const onType = (name: string, selections: readonly SelectionNode[]): SelectionNode => ({
  kind: Kind.INLINE_FRAGMENT,
  typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
  selectionSet: { kind: Kind.SELECTION_SET, selections },
});

/**
 * Writes fields so that each is selected on its runtime types, under its conditions, and no
 * further: below the type under which it stood if that says just this, else below each type.
 */
export function onTypes(
  schema: GraphQLSchema,
  object: AskedObject,
  sendings: readonly Sending[],
): readonly SelectionNode[] {
  const conditionsOn = ({ field, types }: Sending): readonly string[] => {
    const isAll = isSame(types, object.types);
    if (isAll && (field.on === object.type || isObjectType(object.type))) return [];
    const isOn = isSame(types, possibleTypes(schema, field.on).intersection(object.types));
    return isOn ? [field.on.name] : [...types];
  };

  const runs: [Sending, ...Sending[]][] = [];
  for (const sending of sendings) {
    const run = runs.at(-1);
    if (run && isAlike(run[0], sending)) run.push(sending);
    else runs.push([sending]);
  }
  return runs.flatMap((run) => {
    const nodes = run.map(({ node }) => node);
    const names = conditionsOn(run[0]);
    const onThem = names.length > 0 ? names.map((name) => onType(name, nodes)) : nodes;
    return under(run[0].field.conditions, onThem);
  });
}
