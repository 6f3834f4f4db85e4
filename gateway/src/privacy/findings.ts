import { isGroup, type Group } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import { maskOf, type Mask } from '@chengxin/kit/privacy/verdict';
import { isNonNullType } from 'graphql';
import type { SelectedField, SelectedObject } from './selection-tree.js';
import { holds, type Variables } from './conditions.js';
import type { Filtered } from './filter.js';

/** A selection that is answered in part, and by which cell (docs/decisions/0011). */
export interface MaskedSelection extends Mask {
  readonly path: readonly string[];
}

/** What the filter found in one request, with its variables. */
export interface Findings {
  /** Groups selected of the offices. */
  readonly groups: readonly Group[];
  /** Groups of each selected leaf, each set once. */
  readonly leaves: readonly (readonly Group[])[];
  /** Groups refused somewhere. */
  readonly deniedAtGateway: readonly Group[];
  /** Selections that are forwarded and come masked, in document order. */
  readonly masked: readonly MaskedSelection[];
}

/**
 * Through which masks a role reads a field, on each of the runtime types that it is selected on.
 */
function masksOf(
  { path, node, types, open }: SelectedField,
  role: Role,
): readonly MaskedSelection[] {
  const on = [...types];
  return on.flatMap((type) => {
    const masks = open.map((group) => maskOf(role, group, type, node.name.value));
    const mask = masks.find((one) => one !== undefined);
    return mask ? [{ path, ...mask }] : [];
  });
}

/** Groups and masks of the selections that are included. */
export function findingsOf(
  { root, forwarded }: Filtered,
  variables: Variables,
  role: Role,
): Findings {
  const groups = new Set<Group>();
  const leaves = new Map<string, readonly Group[]>();
  const deniedAtGateway = new Set<Group>();
  const masked = new Map<string, MaskedSelection>();

  /** @param entrance  Groups of the field that leads to the object, which its key and counts share. */
  const find = ({ fields }: SelectedObject, entrance: readonly Group[]): void => {
    for (const field of fields) {
      if (!holds(field.conditions, variables)) continue;
      for (const { group } of field.refusals) if (isGroup(group)) deniedAtGateway.add(group);
      if (forwarded.has(field)) {
        for (const group of field.open) groups.add(group);
        if (!field.object && field.outputs.size) {
          const open = field.open.length ? field.open : entrance;
          leaves.set(open.join(), open);
        }
        for (const mask of masksOf(field, role)) masked.set(JSON.stringify(mask), mask);
      }
      if (field.object) find(field.object, field.open);
    }
  };
  find(root, []);
  return {
    groups: [...groups],
    leaves: [...leaves.values()].filter((open) => open.length > 0),
    deniedAtGateway: [...deniedAtGateway],
    masked: [...masked.values()],
  };
}

/**
 * Whether a refused top-level field leaves nothing of the answer. Then nothing is forwarded, so
 * that no mutation runs: a reader of `data: null` may conclude that nothing happened.
 */
export const isNullAtRoot = ({ root }: Filtered, variables: Variables): boolean =>
  root.fields.some(
    ({ refusals, conditions, outputs }) =>
      refusals.length > 0 && holds(conditions, variables) && outputs.values().some(isNonNullType),
  );
