import type { GuardedField } from '@chengxin/kit/privacy/guards';
import { cell } from '@chengxin/kit/privacy/matrix';

/** One row of the table: which group (or action) guards a field, and where it stands. */
function row({ type, field, guard }: GuardedField): string[] {
  const where = `| ${type.name}.${field.name}`;
  if (guard.kind === 'action') return [`${where} | action ${guard.action} | DOMAIN 3.8 |`];
  if (guard.kind !== 'group') return [`${where} | ${guard.kind} | — |`];
  const clauses = guard.policies.map((policy) => cell('PUBLIC', policy).clause);
  return [`${where} | ${guard.policies.join(' and ')} | ${clauses.join(', ')} |`];
}

/** What guards each field of an office, as a table that people can review and sign. */
export const privacyTable = (office: string, guarded: readonly GuardedField[]): string =>
  [
    `# Who may see what: ${office}`,
    '',
    'A group is a row of the privacy matrix; `key` names a thing, `inherit` is decided by the field',
    'that returns it, `decision` is for the offices alone.',
    '',
    '| field | guarded by | clause |',
    '|---|---|---|',
    ...[...guarded]
      .sort((a, b) =>
        `${a.type.name}.${a.field.name}`.localeCompare(`${b.type.name}.${b.field.name}`),
      )
      .flatMap(row),
    '',
  ].join('\n');
