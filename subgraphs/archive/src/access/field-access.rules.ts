/** What a role may have of each group, from the tables alone, never from rows. Source: DOMAIN 3.1. */
import { GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { noteOf } from '@chengxin/kit/privacy/notes';
import { predicatesOf, predicateWords } from '@chengxin/kit/privacy/predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import { EFFECT_WORDS, type FieldAccess } from './field-access.js';

function accessTo(role: Role, purpose: string, group: Group): FieldAccess {
  const { effect: ofCell, note: number, clause, rule } = cell(role, group);
  const note = number === undefined ? undefined : noteOf(number, group);
  const isOtherPurpose = !!note?.purposes.length && !note.purposes.includes(purpose);
  const effect = isOtherPurpose ? 'DENY' : ofCell;
  const reason = note ? `${EFFECT_WORDS[effect]} ${note.words}` : EFFECT_WORDS[effect];
  const rows = isOpen(effect) ? predicatesOf(role, group).map(predicateWords) : [];
  return { group, effect, clause, rule, reason, rows };
}

/**
 * Every group with what a role may have of it for a purpose. Conditions that depend on facts (an
 * aid round, a consent) are reported in words and not evaluated: the result would disclose rows.
 */
export const fieldAccessOf = (role: Role, purpose: string): FieldAccess[] =>
  GROUPS.map((group) => accessTo(role, purpose, group));
