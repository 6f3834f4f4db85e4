import type { Policy } from './groups.js';
import { names, readTable } from './tables.js';
import type { Role } from './roles.js';

const STYLES = [
  'VALUE',
  'NULL',
  'LAST4',
  'FIRST_LAST',
  'YEAR',
  'CATEGORY',
  'FLAG',
  'BAND',
] as const;
/** How a masked field is shown. Source: DOMAIN 3.4, `masks.csv`. */
export type Shown = (typeof STYLES)[number];

/** One row of the table: how a role is shown a field. */
export interface MaskRow {
  readonly group: string;
  readonly role: string;
  readonly type: string;
  /** `*`: every field of the type without a row of its own. */
  readonly field: string;
  readonly shown: Shown;
  /** All that may be shown instead of the value; empty where the shape alone says it. */
  readonly bands: readonly string[];
  /** What the table adds in words. */
  readonly note: string;
}

const isShown = (name: string): name is Shown => STYLES.some((style) => style === name);

/** Every row, in the order of the table. */
export const MASK_ROWS: readonly MaskRow[] = readTable('masks').map((row) => {
  const { group = '', role = '', type = '', field = '', shown = '', note = '' } = row;
  if (!isShown(shown)) throw new Error(`masks.csv knows no way of showing called ${shown}.`);
  return { group, role, type, field, shown, bands: names(row['bands']), note };
});

const rows = new Map<string, MaskRow>();
const bands = new Map<string, readonly string[]>();
for (const row of MASK_ROWS) {
  const { group, role, type, field, shown } = row;
  rows.set(`${group} ${role} ${type} ${field}`, row);
  if (shown !== 'BAND') continue;
  const known = bands.get(`${type}.${field}`) ?? row.bands;
  if (!row.bands.length || known.join() !== row.bands.join())
    throw new Error(`masks.csv: ${type}.${field} has no bands, or two kinds of them.`);
  bands.set(`${type}.${field}`, row.bands);
}

/** What the table says of a field for a role; nothing when it has no row for it. */
export const maskRow = (
  group: Policy,
  role: Role,
  type: string,
  field: string,
): MaskRow | undefined =>
  rows.get(`${group} ${role} ${type} ${field}`) ?? rows.get(`${group} ${role} ${type} *`);

/** The bands in which a field is shown to whoever may not read its value. */
export const bandsOf = (type: string, field: string): readonly string[] =>
  bands.get(`${type}.${field}`) ?? [];

/** `13800000001` → `*******0001`: the last four characters; nothing of what has no more than four. */
export const last4 = (text: string): string =>
  text.length > 4 ? '*'.repeat(text.length - 4) + text.slice(-4) : '*'.repeat(text.length);

/** `990000…0032` → `9****************2`: the first and the last character. */
export const firstAndLast = (text: string): string =>
  text.length < 3
    ? '*'.repeat(text.length)
    : text.slice(0, 1) + '*'.repeat(text.length - 2) + text.slice(-1);

/** `李思源` → `李**`: of a person's name the family name. Nothing of a single character. */
export function familyName(name: string): string {
  const [first = '', ...rest] = name;
  return rest.length ? first + '*'.repeat(rest.length) : '*';
}

/** The year of a calendar day. */
export const yearOf = (day: string): string => day.slice(0, 4);

/** Name of the twin field that shows the masked form of another. */
const TWIN = /Masked$/;
export const isTwin = (field: string): boolean => TWIN.test(field);
export const twinOf = (field: string): string => field.replace(TWIN, '');
