/**
 * The groups that a row takes beside that of its entrance, as SQL for a formula of its entity: an
 * appeal those of its target, a warning those of its trigger, a measure those of its records. The
 * state of what it hangs on is read anew each time, so that nothing outlives a record that closes
 * (DOMAIN 3.1, 3.2, 3.7(15)). Here is what all of them are made of; each noun exports its own.
 */
import { isBeforeNotice, markOf, type NotifiedType } from './before-notice.js';

/** Marks that no role's group opens: a sealed fact, and a grade that waits for its confirmations. */
export const SEALED = 'SEALED';
export const UNCONFIRMED = 'UNCONFIRMED';

/** `'ACTIVE', 'MITIGATED'` */
export const listed = (states: readonly string[]): string =>
  states.map((one) => `'${one}'`).join(', ');

/** Columns of a row, as they are called where the SQL stands. */
export type Columns<Name extends string> = Readonly<Record<Name, string>>;

/** All of some lists of groups. */
export const allGroups = (...groups: readonly string[]): string => groups.join(' || ');

/** Each group of some expressions that is not null, over the rows of a table expression `r`. */
export const groupsOfRows = (groups: readonly string[], from: string): string =>
  `(select coalesce(array_agg(g), '{}'::text[]) from ${from}
     cross join lateral unnest(array[${groups.join(', ')}]) g where g is not null)`;

/** The mark of a row before its notice, else null. */
export const noticeMark = (type: NotifiedType, state: string): string =>
  `case when ${isBeforeNotice(type, state)} then '${markOf(type)}' end`;

/** A group that a row takes under a condition. */
export const groupIf = (condition: string, group: string): string =>
  `(case when ${condition} then array['${group}'] else '{}'::text[] end)`;

/** The mark of a row before its notice (3.7(15)). */
export const beforeNotice = (type: NotifiedType, state: string): string =>
  groupIf(isBeforeNotice(type, state), markOf(type));
