/** The words of the tables: who a role is, what a group holds, how a value is shown. */
import type { Effect } from '../privacy/matrix.js';
import { isGroup, type Group } from '../privacy/groups.js';
import type { MaskRow, Shown } from '../privacy/masks.js';
import { isRole, ROLES, type Role } from '../privacy/roles.js';
import { readTable } from '../privacy/tables.js';

/** The three parts in which the tables are signed (DOMAIN 3.3 a, b, c). */
export const AUDIENCES = ['SUBJECT', 'OFFICE', 'OUTSIDE'] as const;
export type Audience = (typeof AUDIENCES)[number];

interface RoleWords {
  readonly audience: string;
  readonly words: string;
}
const roles = new Map<Role, RoleWords>();
for (const { role = '', audience = '', words = '' } of readTable('roles'))
  if (isRole(role)) roles.set(role, { audience, words });
const groups = new Map<Group, string>();
for (const { group = '', content = '' } of readTable('groups'))
  if (isGroup(group)) groups.set(group, content);

/** @throws Error naming what is not in roles.csv or groups.csv, so that nothing is signed unread. */
function known<Key extends string, Value>(from: ReadonlyMap<Key, Value>, key: Key): Value {
  const value = from.get(key);
  if (value === undefined) throw new Error(`${key} stands in no table of words.`);
  return value;
}

export const whoIs = (role: Role): string => known(roles, role).words;
export const contentOf = (group: Group): string => known(groups, group);
export const rolesOf = (audience: Audience): readonly Role[] =>
  ROLES.filter((role) => known(roles, role).audience === audience);

const reasons = new Map(readTable('privacy-matrix').map((row) => [row['group'], row['reason']]));
/** The clauses and laws for which a group is one. */
export const groundOf = (group: Group): string => reasons.get(group) ?? '';

export const LETTERS: Readonly<Record<Effect, string>> = {
  ALLOW: 'A',
  MASK: 'M',
  AGGREGATE: 'G',
  DENY: '·',
};

const SHAPES: Readonly<Record<Shown, string>> = {
  VALUE: 'whole',
  NULL: 'withheld',
  LAST4: 'last four characters',
  FIRST_LAST: 'first and last character',
  YEAR: 'the year',
  CATEGORY: 'category',
  FLAG: 'flag',
  BAND: 'band',
};
/** More bands than these are named by the first and the last. */
const FEW_BANDS = 8;

/** `band (3.50-4.00, 3.00-3.49, …)`; `family name and *`. */
export function shapeWords({ shown, bands, note }: Pick<MaskRow, 'shown' | 'bands' | 'note'>) {
  if (shown === 'FIRST_LAST' && note.includes('family name')) return 'family name and *';
  if (!bands.length) return SHAPES[shown];
  const named =
    bands.length > FEW_BANDS
      ? `${bands.length} from ${bands[0]} to ${bands.at(-1)}`
      : bands.join(', ');
  return `${SHAPES[shown]} (${named})`;
}
