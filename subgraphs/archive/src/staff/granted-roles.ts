import { ROLES, type Role } from '@chengxin/kit/privacy/roles';

/** Roles that follow from who one is, or from a token. */
const BY_NATURE: ReadonlySet<Role> = new Set<Role>([
  'STU_SELF',
  'STU_OTHER',
  'STAFF_SELF',
  'EMPLOYER_TOKEN',
  'PUBLIC',
]);

/** Roles that are held by a grant (G18). */
export const GRANTED_ROLES: readonly Role[] = ROLES.filter((role) => !BY_NATURE.has(role));
