/**
 * `TARGET_ALLOWED` and its kin: every group that a row takes is open to the caller (DOMAIN 3.4b).
 */
import { GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import { cell } from '@chengxin/kit/privacy/matrix';
import type { Predicate } from '@chengxin/kit/privacy/predicates';
import type { RowAccess, RowPredicate } from '@chengxin/kit/read/rows';
import { openMarks } from './before-notice.js';
import { matterOfficeOf } from '../org/own-office.js';
import { UNCONFIRMED } from './row-groups.js';

/** Note 16: of a third party's rows the auditor reads metadata, which no row here is. */
const METADATA_NOTE = 16;

/**
 * Conditions of a group that hold once a row's groups are named and open: state and origin are among
 * the groups, and an office reads no row but of its own matter, fact or case to begin with.
 */
const HELD: ReadonlySet<Predicate> = new Set<Predicate>([
  'STATE_ALLOWED',
  'ORIGIN_ALLOWED',
  'TARGET_ALLOWED',
  'SCHOOL_VIEW',
  'NO_CLOSED_LINE',
  'FROM_NOTIFIED',
  'OWN_MATTER',
  'OWN_FACT',
  'OWN_DOMAIN',
  'APPEALED',
]);
/** What is about the student himself is his own. */
const HELD_BY_SELF: ReadonlySet<Predicate> = new Set<Predicate>([
  'OWN_PROJECT',
  'OWN_CASE',
  'OWN_STEWARDS',
]);

/** Whether the row's groups decide a condition; any other is unknown here, and is not met. */
function holds({ identity }: RowAccess, group: Group, predicate: Predicate): boolean {
  // A sealed record is a mark of its own; of a fact that stays with its office nobody here knows.
  if (predicate === 'NOT_SEALED') return group === 'CLOSED_CONDUCT';
  return HELD.has(predicate) || (identity.role === 'STU_SELF' && HELD_BY_SELF.has(predicate));
}

/** The groups whose rows a caller may see, each with all that its cell demands. */
export const openGroups = (access: RowAccess): string[] => {
  const { role } = access.identity;
  const open: string[] = GROUPS.filter(
    (group) =>
      access.opens(group) &&
      cell(role, group).note !== METADATA_NOTE &&
      access.predicates(group).every((predicate) => holds(access, group, predicate)),
  );
  const marks = openMarks(role);
  return [...open, ...marks, ...(role === 'STU_SELF' ? [UNCONFIRMED] : [])];
};

type Clause<T> = ReturnType<RowPredicate<T>>;

/** Rows all of whose groups are open to the caller. */
export const groupsOpen = <T>(access: RowAccess): Clause<T> =>
  ({ rowGroups: { $contained: openGroups(access) } }) as unknown as Clause<T>;

/**
 * The same, where what is pending or before its notice in a matter of others is not the college's: it
 * alone has that cell (OWN_MATTER of PENDING_CONDUCT) without being bound to its matters by the
 * entrance.
 *
 * @param office  Property of the row that names the office whose matter it is.
 */
export const groupsOpenOfMatter =
  <T>(office: keyof T & string) =>
  (access: RowAccess): Clause<T> => {
    const { role } = access.identity;
    if (role !== 'COLLEGE_ADMIN') return groupsOpen(access);
    const every = openGroups(access);
    const bound = new Set(['PENDING_CONDUCT', ...openMarks(role)]);
    const settled = every.filter((group) => !bound.has(group));
    const own = { rowGroups: { $contained: every }, [office]: matterOfficeOf('COLLEGE_ADMIN') };
    return { $or: [{ rowGroups: { $contained: settled } }, own] } as unknown as Clause<T>;
  };
