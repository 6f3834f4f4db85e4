/** Who may do what: the action table in the words of the people whom it names. Source: DOMAIN 3.8. */
import { isRole, type Role } from '../privacy/roles.js';
import { names, readTable } from '../privacy/tables.js';
import { table } from './markdown.js';

const RELATIONS: Readonly<Record<string, string>> = {
  SELF: 'self',
  OWN_CLASS: 'own classes',
  OWN_COLLEGE: 'own college',
  OWN_OFFICE: 'own office',
  SCHOOL: 'the whole school',
  CASE: 'own case',
  PROVIDER: 'own rows',
  NONE: 'no student',
};

interface Actor {
  readonly role: Role;
  readonly relation: string;
}

/** One relation for all roles, or one for each. */
function actorsOf(row: Readonly<Record<string, string>>): readonly Actor[] {
  const relations = names(row['relation']);
  return names(row['roles'])
    .filter(isRole)
    .map((role, index) => {
      const relation = (relations.length === 1 ? relations[0] : relations[index]) ?? '';
      const words = RELATIONS[relation];
      if (!words)
        throw new Error(`action-matrix.csv: ${row['action']} has no relation for ${role}.`);
      return { role, relation: words };
    });
}

const rows = readTable('action-matrix').map((row) => ({ row, actors: actorsOf(row) }));

const yes = (text: string | undefined): string => (text === 'yes' ? 'yes' : '');

/** `grant.import, grant.holder`: whoever took these is not the one who takes this. */
const second = (text: string | undefined): string => names(text).join(', ');

/** Actions that some of the roles may take, these roles alone named with their relations. */
export const actionsTable = (roles: readonly Role[]): readonly string[] =>
  table(
    ['action', 'who', 'another person than of', 'second factor', 'reason', 'source'],
    rows.flatMap(({ row, actors }) => {
      const own = actors.filter(({ role }) => roles.includes(role));
      if (!own.length) return [];
      const others = actors.length - own.length;
      const who = own.map(({ role, relation }) => `${role} (${relation})`).join(', ');
      return [
        [
          `\`${row['action']}\``,
          others ? `${who}; ${others} of other parts` : who,
          second(row['secondPerson']),
          yes(row['secondFactor']),
          yes(row['reasonRequired']),
          row['clause'] ?? '',
        ],
      ];
    }),
  );

/** What no person does. */
export const jobsTable = (): readonly string[] =>
  table(
    ['action', 'done by', 'source'],
    rows
      .filter(({ actors }) => !actors.length)
      .map(({ row }) => [`\`${row['action']}\``, row['mutation'] ?? '', row['clause'] ?? '']),
  );
