/**
 * Which law violations a caller may know of, and how much of each. Pure. Source: T-03, DOMAIN 3.
 */
import type { Group } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { openStates, type RowAccess, type StateDemands } from '@chengxin/kit/read/rows';
import { LawViolationState as State, type LawViolation } from './law-violation.entity.js';

/** The groups that a state adds to LAW_VIOLATIONS (DOMAIN 2.1, 3.2). SEALED has its own predicate. */
const GROUPS_OF: Readonly<Record<State, readonly Group[]>> = {
  [State.PROPOSED]: ['PENDING_CONDUCT'],
  [State.NOTIFIED]: ['PENDING_CONDUCT'],
  [State.FOUND]: [],
  [State.ACTIVE]: [],
  [State.MITIGATED]: [],
  [State.DISMISSED]: ['CLOSED_CONDUCT'],
  [State.REPAIRED]: ['CLOSED_CONDUCT'],
  [State.LIFTED]: ['CLOSED_CONDUCT'],
  [State.EXPIRED]: ['CLOSED_CONDUCT'],
  [State.REVOKED]: ['CLOSED_CONDUCT'],
  [State.SEALED]: [],
};

/** All groups that a record takes in its state. */
export const groupsOfViolation = ({ state }: LawViolation): readonly Group[] => [
  'LAW_VIOLATIONS',
  ...GROUPS_OF[state],
];

/** What the predicates of the added group say of a row in a state; one not named here says no. */
const MET: StateDemands = {
  STATE_ALLOWED: () => true,
  // Every indicator of this office is of LAW_VIOLATIONS, which the caller is reading.
  ORIGIN_ALLOWED: () => true,
  NOT_SEALED: () => true,
  OWN_MATTER: ({ isOwn }) => isOwn,
  FROM_NOTIFIED: (_, state) => state !== State.PROPOSED,
};

/** States whose rows the caller may know of. */
export const visibleStates = (access: RowAccess): State[] => openStates(access, GROUPS_OF, MET);

/** The records as a role sees them: of a flag, one however many there are. */
export function shown(records: readonly LawViolation[], role: Role): readonly LawViolation[] {
  const isFlag = shownTo(role, 'LAW_VIOLATIONS', 'LawViolation', 'category') === 'FLAG';
  return isFlag ? records.slice(0, 1) : records;
}
