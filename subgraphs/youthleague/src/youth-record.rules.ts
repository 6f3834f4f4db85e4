/** Which records of the Youth League an asker sees, by their state. Source: DOMAIN 2.4, 3.2, 3.4b. */
import type { Group } from '@chengxin/kit/privacy/groups';
import type { Predicate } from '@chengxin/kit/privacy/predicates';
import type { RowAsk, RowPredicates } from '@chengxin/kit/rows';
import { YouthRecordState } from './youth-record.state.js';

/** Groups that a state takes beside GOOD_CONDUCT (DOMAIN 3.2). */
const GROUPS_OF: Readonly<Record<YouthRecordState, readonly Group[]>> = {
  [YouthRecordState.PROPOSED]: ['PENDING_CONDUCT'],
  [YouthRecordState.APPROVED]: [],
  [YouthRecordState.REVOKED]: ['CLOSED_CONDUCT'],
};

/** What the cell of a state's group may demand of a row; what is not named here is not met. */
const MET: Partial<Record<Predicate, (ask: RowAsk) => boolean>> = {
  STATE_ALLOWED: () => true,
  ORIGIN_ALLOWED: () => true,
  // Good records are not sealed.
  NOT_SEALED: () => true,
  OWN_MATTER: ({ isOwn }) => isOwn,
  // Nobody is notified of a good record before it is approved (note 29).
  FROM_NOTIFIED: () => false,
};

const isOpen = (ask: RowAsk, group: Group): boolean =>
  ask.opens(group) && ask.predicates(group).every((name) => MET[name]?.(ask) ?? false);

/** States whose records the asker sees. */
export const statesOpenTo = (ask: RowAsk): YouthRecordState[] =>
  Object.values(YouthRecordState).filter((state) =>
    GROUPS_OF[state].every((group) => isOpen(ask, group)),
  );

/** The predicates of GOOD_CONDUCT on each noun of this office. */
export const youthPredicates = <T extends { state: YouthRecordState }>(): RowPredicates<T> => ({
  STATE_ALLOWED: (ask) => ({ state: { $in: statesOpenTo(ask) } }) as never,
  // Everything here originates in GOOD_CONDUCT itself.
  ORIGIN_ALLOWED: () => ({}),
});
