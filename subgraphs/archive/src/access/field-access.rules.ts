/** What a role may have of each group, from the tables alone, never from rows. Source: DOMAIN 3.1. */
import { GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { noteOf } from '@chengxin/kit/privacy/notes';
import { predicateInBoth, predicatesOf } from '@chengxin/kit/privacy/predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import { TABLES_HASH } from '@chengxin/kit/privacy/tables';
import { labelOf } from '@chengxin/kit/schema/labels';
import { EFFECT_WORDS, type FieldAccess } from './field-access.js';

/** What a cell says. */
type CellInWords = Pick<FieldAccess, 'effect' | 'clause' | 'rule' | 'reason' | 'rows'>;

/**
 * What a cell says, in Chinese and English.
 *
 * @param purpose  For this one; for the best one of the role, when nothing is said.
 */
export function cellInWords(role: Role, group: Group, purpose?: string): CellInWords {
  const { effect: ofCell, note: number, clause, rule } = cell(role, group);
  const note = number === undefined ? undefined : noteOf(number, group);
  const isOtherPurpose =
    purpose !== undefined && !!note?.purposes.length && !note.purposes.includes(purpose);
  const effect = isOtherPurpose ? 'DENY' : ofCell;
  const zh = `${labelOf('AccessEffect', effect)?.zh ?? ''}。${note?.zh ?? ''}`;
  const reason = [zh, EFFECT_WORDS[effect], note?.words ?? []].flat().join(' ');
  const rows = isOpen(effect) ? predicatesOf(role, group).map(predicateInBoth) : [];
  return { effect, clause, rule, reason, rows };
}

/**
 * Every group with what a role may have of it for a purpose. Conditions that depend on facts (an
 * aid round, a consent) are reported in words and not evaluated: the result would disclose rows.
 */
export const fieldAccessOf = (
  role: Role,
  purpose: string,
  of: Pick<FieldAccess, 'studentNo' | 'at'>,
): FieldAccess[] =>
  GROUPS.map((group) => ({
    group,
    ...cellInWords(role, group, purpose),
    tablesHash: TABLES_HASH,
    ...of,
  }));
