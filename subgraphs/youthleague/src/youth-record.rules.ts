/**
 * Which records of the Youth League a caller sees, by their state. Source: DOMAIN 2.4, 3.2, 3.4b.
 */
import type { Group } from '@chengxin/kit/privacy/groups';
import { openStates, type RowPredicates, type StateDemands } from '@chengxin/kit/read/rows';
import { YouthRecordState } from './youth-record.state.js';

/** Groups that a state takes beside GOOD_CONDUCT (DOMAIN 3.2). */
const GROUPS_OF: Readonly<Record<YouthRecordState, readonly Group[]>> = {
  [YouthRecordState.PROPOSED]: ['PENDING_CONDUCT'],
  [YouthRecordState.APPROVED]: [],
  [YouthRecordState.REVOKED]: ['CLOSED_CONDUCT'],
};

/** What the cell of a state's group may demand of a row; what is not named here is not met. */
const MET: StateDemands = {
  STATE_ALLOWED: () => true,
  ORIGIN_ALLOWED: () => true,
  // Good records are not sealed.
  NOT_SEALED: () => true,
  OWN_MATTER: ({ isOwn }) => isOwn,
  // Nobody is notified of a good record before it is approved (note 29).
  FROM_NOTIFIED: () => false,
};

/** The predicates of GOOD_CONDUCT on each noun of this office. */
export const youthPredicates = <T extends { state: YouthRecordState }>(): RowPredicates<T> => ({
  STATE_ALLOWED: (access) => ({ state: { $in: openStates(access, GROUPS_OF, MET) } }) as never,
  // Everything here originates in GOOD_CONDUCT itself.
  ORIGIN_ALLOWED: () => ({}),
});
