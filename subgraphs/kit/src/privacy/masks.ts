import type { Policy } from './groups.js';
import { readTable } from './tables.js';
import type { Role } from './roles.js';

/** How a masked field is shown. Source: DOMAIN 3.4, `masks.csv`. */
export type Shown =
  | 'VALUE'
  | 'NULL'
  | 'LAST4'
  | 'FIRST_LAST'
  | 'YEAR'
  | 'CATEGORY'
  | 'FLAG'
  | 'BAND';

const STYLES: ReadonlySet<string> = new Set([
  'VALUE',
  'NULL',
  'LAST4',
  'FIRST_LAST',
  'YEAR',
  'CATEGORY',
  'FLAG',
  'BAND',
]);
const rows = new Map<string, Shown>();
for (const row of readTable('masks')) {
  const shown = row['shown'] ?? '';
  if (!STYLES.has(shown)) throw new Error(`masks.csv knows no way of showing called ${shown}.`);
  rows.set(`${row['group']} ${row['role']} ${row['type']} ${row['field']}`, shown as Shown);
}

/** What the table says of a field for a role; nothing when it has no row for it. */
export const maskRow = (
  group: Policy,
  role: Role,
  type: string,
  field: string,
): Shown | undefined =>
  rows.get(`${group} ${role} ${type} ${field}`) ?? rows.get(`${group} ${role} ${type} *`);

/** `138****0001` → `*******0001`: the last four characters. */
export const last4 = (text: string): string =>
  '*'.repeat(Math.max(0, text.length - 4)) + text.slice(-4);

/** `990000…0032` → `9****************2`: the first and the last character. */
export const firstAndLast = (text: string): string =>
  text.length < 3
    ? '*'.repeat(text.length)
    : text.slice(0, 1) + '*'.repeat(text.length - 2) + text.slice(-1);

/** The year of a calendar day. */
export const yearOf = (day: string): string => day.slice(0, 4);

/** Name of the twin field that shows the masked form of another. */
const TWIN = /Masked$/;
export const isTwin = (field: string): boolean => TWIN.test(field);
export const twinOf = (field: string): string => field.replace(TWIN, '');
