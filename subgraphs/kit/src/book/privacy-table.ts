import type { GuardedField } from '../schema/guards.js';
import { isGroup } from '../privacy/groups.js';
import { isTwin, twinOf } from '../privacy/masks.js';
import { cell } from '../privacy/matrix.js';
import { table } from './markdown.js';
import { masksOfField } from './masks.js';

const named = ({ type, field }: GuardedField): string => `${type.name}.${field.name}`;

/** What masked cells of the field's groups leave of it, each group that has one by itself. */
function masksOf({ type, field, guard }: GuardedField, all: ReadonlySet<string>): string {
  if (guard.kind !== 'group') return '';
  const { policies } = guard;
  if (isTwin(field.name)) return `shows the masked form of ${twinOf(field.name)}`;
  const masks = policies.filter(isGroup).flatMap((group) => {
    const words = masksOfField(group, type.name, field.name);
    return words ? [policies.length > 1 ? `(${group}) ${words}` : words] : [];
  });
  const twin = `${field.name}Masked`;
  const elsewhere = all.has(`${type.name}.${twin}`) ? `; in part in ${twin}` : '';
  return masks.join('; ') + elsewhere;
}

/** Which groups (or action) guard a field, by which clause, and what masks leave of it. */
function row(guarded: GuardedField, all: ReadonlySet<string>): readonly string[] {
  const { guard } = guarded;
  if (guard.kind === 'action') return [named(guarded), `action ${guard.action}`, 'DOMAIN 3.8', ''];
  if (guard.kind !== 'group') return [named(guarded), guard.kind, '—', ''];
  const clauses = guard.policies.map((policy) => cell('PUBLIC', policy).clause);
  return [named(guarded), guard.policies.join(' and '), clauses.join(', '), masksOf(guarded, all)];
}

/** What guards each field of an office, as a table that people can review and sign. */
export function privacyTable(office: string, guarded: readonly GuardedField[]): string {
  const all = new Set(guarded.map(named));
  return [
    `# Who may see what: ${office}`,
    '',
    'A group is a row of the privacy matrix (`docs/privacy.md`); `key` names a thing, `inherit` is',
    'decided by the field that returns it, `decision` is for the offices alone. **Masks**: what roles',
    'that see the group in part, or all but this field, are shown of it; who is not named sees all of',
    'it or nothing. A shape that the type of the field cannot carry stands in its twin `…Masked`.',
    '',
    ...table(
      ['field', 'guarded by', 'clause', 'masks'],
      [...guarded].sort((a, b) => named(a).localeCompare(named(b))).map((field) => row(field, all)),
    ),
  ].join('\n');
}
