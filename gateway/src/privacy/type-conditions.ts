import {
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import type { SelectedField, SelectedObject } from './selection-tree.js';
import { asDirectives, type Conditions } from './conditions.js';
import { possibleTypes } from './collect-fields.js';

/** A field to be forwarded, and the runtime types for which it is. */
export interface ForwardedField {
  readonly field: SelectedField;
  readonly node: FieldNode;
  readonly types: ReadonlySet<string>;
  /** Conditions that its node has no room for. */
  readonly others: Conditions;
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && a.isSubsetOf(b);

const isAlike = (a: ForwardedField, b: ForwardedField): boolean =>
  a.field.on === b.field.on &&
  isSame(a.types, b.types) &&
  JSON.stringify(a.others) === JSON.stringify(b.others);

/**
 * `... on Type { … }`, one in the other while conditions are left. The type always stands there:
 * the planner renames fields that cannot be merged by their types, and fails without.
 */
function onType(
  name: string,
  conditions: Conditions,
  selections: readonly SelectionNode[],
): SelectionNode {
  const { directives, others } = asDirectives(conditions);
  const inner = others.length > 0 ? [onType(name, others, selections)] : selections;
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } },
    directives,
    selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
  };
}

/**
 * Writes fields so that each is selected on its runtime types, under its conditions, and no
 * further: below the type under which it stood if that says just this, else below each type.
 */
export function withTypeConditions(
  schema: GraphQLSchema,
  object: SelectedObject,
  forwarded: readonly ForwardedField[],
): readonly SelectionNode[] {
  const typesFor = ({ field, types, others }: ForwardedField): readonly string[] => {
    const isAll = isSame(types, object.types);
    const isPlain = field.on === object.type || isObjectType(object.type);
    if (isAll && isPlain) return others.length > 0 ? [object.type.name] : [];
    const isOn = isSame(types, possibleTypes(schema, field.on).intersection(object.types));
    return isOn ? [field.on.name] : [...types];
  };

  const runs: [ForwardedField, ...ForwardedField[]][] = [];
  for (const sending of forwarded) {
    const run = runs.at(-1);
    if (run && isAlike(run[0], sending)) run.push(sending);
    else runs.push([sending]);
  }
  return runs.flatMap((run) => {
    const nodes = run.map(({ node }) => node);
    const names = typesFor(run[0]);
    return names.length > 0 ? names.map((name) => onType(name, run[0].others, nodes)) : nodes;
  });
}
