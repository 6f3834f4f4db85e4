/** What a caller would get of each selection, from his role alone. Source: DOMAIN 3.1. */
import { forbiddenOf } from '@chengxin/kit/action/forbidden';
import { isGroup, type Group, type Policy } from '@chengxin/kit/privacy/groups';
import { cell, type Effect } from '@chengxin/kit/privacy/matrix';
import type { Shown } from '@chengxin/kit/privacy/masks';
import { noteOf } from '@chengxin/kit/privacy/notes';
import { predicateInBoth, predicatesOf } from '@chengxin/kit/privacy/predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import { maskOf, refusedByRole, type Refusal } from '@chengxin/kit/privacy/verdict';
import type { SelectedField, SelectedObject } from './selection-tree.js';
import { holds, type Variables } from './conditions.js';
import type { Filtered } from './filter.js';
import type { Policies } from './policies.js';

/** What would be answered to one selection. */
export interface Predicted {
  readonly path: readonly string[];
  /** Groups, or the action, that guard it; none of a key and of parts of a value. */
  readonly groups: readonly string[];
  readonly effect: Effect;
  /** How a masked value is shown; `NULL` where the mask leaves nothing of it. */
  readonly shown?: Shown;
  readonly clause?: string;
  readonly rule?: string;
  /** On what it hangs beside the role, in words. */
  readonly condition?: string;
  /** Which rows alone pass, in words. */
  readonly rows?: readonly string[];
}

const NOT_IN_LISTS =
  '不在名单中显示，只能逐人查看。 Not of students in a list: on one student only.';
const OTHER_PURPOSE = '该角色须以另一用途查看。 Under another purpose of the role.';

const conditionOf = (role: Role, group: Group): string | undefined => {
  const { note: number } = cell(role, group);
  const note = number === undefined ? undefined : noteOf(number, group);
  return note && `${note.zh} ${note.words}`;
};

/** Leaves out what says nothing. */
const said = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined && one !== ''),
  ) as T;

/** The effect of a refusal, and why: the place in a list, or the cell's own condition. */
function ofRefused(role: Role, [type, field]: readonly [string, string], refusal: Refusal) {
  const { group, clause, rule, masked } = refusal;
  const byRole = refusedByRole(role, group, type, field);
  const ofCell = isGroup(group) ? cell(role, group).effect : 'DENY';
  const effect: Effect = masked ? 'MASK' : ofCell === 'AGGREGATE' ? ofCell : 'DENY';
  const words = isGroup(group) ? conditionOf(role, group) : undefined;
  const ofPlace = isGroup(group) ? NOT_IN_LISTS : OTHER_PURPOSE;
  const condition = byRole ? words : ofPlace;
  return { effect, ...(masked && { shown: 'NULL' as const }), clause, rule, condition };
}

/** Where the tables say it: the cell of a group, the row of an action. */
function saidBy(role: Role, name: string | undefined): Partial<Pick<Refusal, 'clause' | 'rule'>> {
  if (name === undefined) return {};
  const { clause, rule } = name.includes('.')
    ? forbiddenOf(role, name)
    : cell(role, name as Policy);
  return { clause, rule };
}

/** All groups that open a field say their conditions; the mask, or the first of them, says why. */
function ofOpen(role: Role, [type, field]: readonly [string, string], names: readonly string[]) {
  const [mask] = names.flatMap((name) => maskOf(role, name, type, field) ?? []);
  const effect: Effect = mask ? 'MASK' : 'ALLOW';
  const groups = names.filter(isGroup);
  const words = groups.flatMap((group) => conditionOf(role, group) ?? []);
  const rows = groups.flatMap((group) => predicatesOf(role, group).map(predicateInBoth));
  return {
    effect,
    ...(mask && { shown: mask.shown }),
    ...saidBy(role, mask?.group ?? names[0]),
    condition: [...new Set(words)].join(' '),
    rows: rows.length ? [...new Set(rows)] : undefined,
  };
}

/** One selection on one runtime type. */
function predict(policies: Policies, role: Role, selected: SelectedField, type: string): Predicted {
  const { path, node, refusals } = selected;
  const field = node.name.value;
  const alternatives = policies.get(`${type}.${field}`) ?? [];
  const isOpen = (names: readonly string[]) =>
    names.every((name) => !refusedByRole(role, name, type, field));
  const groups = alternatives.find(isOpen) ?? alternatives[0] ?? [];
  const [refusal] = refusals;
  const rest = refusal
    ? ofRefused(role, [type, field], refusal)
    : ofOpen(role, [type, field], groups);
  return said({ path, groups, ...rest }) as Predicted;
}

/**
 * What each selection would be answered, in document order. What stands below a refused one is not
 * predicted: it would be null with it. Nobody is called, for nothing here hangs on rows.
 */
export function dryRun(
  policies: Policies,
  { root }: Filtered,
  variables: Variables,
  role: Role,
): readonly Predicted[] {
  const predicted = new Map<string, Predicted>();
  const predictBelow = ({ fields }: SelectedObject): void => {
    for (const field of fields) {
      if (field.node.name.value.startsWith('__') || !holds(field.conditions, variables)) continue;
      for (const type of field.types) {
        const one = predict(policies, role, field, type);
        predicted.set(JSON.stringify(one), one);
      }
      if (field.object) predictBelow(field.object);
    }
  };
  predictBelow(root);
  return [...predicted.values()];
}
