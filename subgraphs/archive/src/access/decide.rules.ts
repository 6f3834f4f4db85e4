/** The decision on one student: pure in the caller and his relation to him. Source: DOMAIN 3.1. */
import type { Identity } from '@chengxin/kit/call/identity';
import type { Ruling, Rulings } from '@chengxin/kit/privacy/decision';
import { ROW_GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { predicatesOf } from '@chengxin/kit/privacy/predicates';
import { isNamed } from './named.rules.js';
import { NOTES, type RelationFacts } from './note.rules.js';

/** The groups selected, IDENTITY which opens a student at all, and those that rows may take. */
export function groupsToDecide(selected: readonly Group[]): readonly Group[] {
  const wanted = new Set<Group>(['IDENTITY', ...selected]);
  for (const group of selected) for (const also of ROW_GROUPS[group] ?? []) wanted.add(also);
  return [...wanted];
}

function rulingOf(identity: Identity, group: Group, facts: RelationFacts): Ruling | undefined {
  const { effect, note } = cell(identity.role, group);
  if (!isOpen(effect)) return undefined;
  const condition = note === undefined ? undefined : NOTES[note];
  if (condition && !condition(facts, group)) return undefined;
  return { effect, predicates: predicatesOf(identity.role, group) };
}

/**
 * Effects by group on one student. Empty when the student does not exist for this caller: out of
 * relation, not named by the reference of the purpose, or a role whose IDENTITY cell is shut.
 *
 * @param groups  What is decided; the groups that the operation selects, when nothing is said.
 */
export function decide(
  identity: Identity,
  facts: RelationFacts,
  groups: readonly Group[] = identity.groups,
): Rulings {
  const rulings = new Map<Group, Ruling>();
  if (!facts.related || !isNamed(identity, facts)) return rulings;
  if (!rulingOf(identity, 'IDENTITY', facts)) return rulings;
  for (const group of groupsToDecide(groups)) {
    const ruling = rulingOf(identity, group, facts);
    if (ruling) rulings.set(group, ruling);
  }
  return rulings;
}
