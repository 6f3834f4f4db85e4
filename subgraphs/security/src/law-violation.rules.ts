/** Which law violations an asker may know of, and how much of each. Pure. Source: T-03, DOMAIN 3. */
import type { Group } from '@chengxin/kit/privacy/groups';
import { maskRow } from '@chengxin/kit/privacy/masks';
import type { Role } from '@chengxin/kit/privacy/roles';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { openStates, type RowAsk, type StateDemands } from '@chengxin/kit/rows';
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

/** What the predicates of the added group say of a row in a state; one not named here says no. */
const MET: StateDemands = {
  STATE_ALLOWED: () => true,
  // Every indicator of this office is of LAW_VIOLATIONS, which the asker is reading.
  ORIGIN_ALLOWED: () => true,
  NOT_SEALED: () => true,
  OWN_MATTER: ({ isOwn }) => isOwn,
  FROM_NOTIFIED: (_, state) => state !== State.PROPOSED,
};

/** States whose rows the asker may know of. */
export const visibleStates = (ask: RowAsk): State[] => openStates(ask, GROUPS_OF, MET);

/** Whether a field of a sealed record is told: that it is, since when, and what masks.csv names. */
export const isToldSealed = (role: Role, type: string, field: string): boolean =>
  ['state', 'sealedOn'].includes(field) ||
  maskRow('LAW_VIOLATIONS', role, type, field)?.shown === 'VALUE';

/** What is left of a sealed thing (note 15). The keys stay, for loaders and the shield go by them. */
export const sealed = <T extends object>(role: Role, type: string, thing: T): T =>
  Object.fromEntries(
    Object.entries(thing).filter(
      ([field]) => ['id', 'studentNo'].includes(field) || isToldSealed(role, type, field),
    ),
  ) as T;

/** The records as a role sees them: sealed ones emptied; of a flag, one however many there are. */
export function shown(records: readonly LawViolation[], role: Role): LawViolation[] {
  const told = records.map((record) =>
    record.state === State.SEALED ? sealed(role, 'LawViolation', record) : record,
  );
  const isFlag = shownTo(role, 'LAW_VIOLATIONS', 'LawViolation', 'category') === 'FLAG';
  return isFlag ? told.slice(0, 1) : told;
}
