/** Which conduct facts a caller sees, and in which shape. Source: DOMAIN 2.4, 3.2, 3.4, 3.4b. */
import type { Group } from '@chengxin/kit/privacy/groups';
import type { Shown } from '@chengxin/kit/privacy/masks';
import { openStates, type RowPredicates, type StateDemands } from '@chengxin/kit/read/rows';

/** What is read where only a flag is shown (note 7, DOMAIN 3.5). */
export const HAS_ACTIVE_SERIOUS = 'HAS_ACTIVE_SERIOUS';

/** States of which the student is not notified yet (note 29). */
const UNNOTIFIED: ReadonlySet<string> = new Set(['PROPOSED', 'REPORTED', 'PRELIMINARY']);
/** States in which he is notified at some time: from the delivery on he knows of it. */
const BEING_NOTIFIED: ReadonlySet<string> = new Set(['FORMAL']);

/** What the cell of a state's group may demand of a state; what is not named here is not met. */
const MET: StateDemands = {
  STATE_ALLOWED: () => true,
  // All of them originate in ACADEMIC_MISCONDUCT, through which they are selected.
  ORIGIN_ALLOWED: () => true,
  // ACADEMIC_MISCONDUCT names it of the same roles, so the row is tested there.
  OWN_DOMAIN: () => true,
  OWN_MATTER: ({ isOwn }) => isOwn,
  FROM_NOTIFIED: (_access, state) => !UNNOTIFIED.has(state) && !BEING_NOTIFIED.has(state),
  NOT_SEALED: (_access, state) => state !== 'SEALED',
};

/** The same of a row whose notice was delivered. */
const MET_ON_DELIVERY: StateDemands = {
  ...MET,
  FROM_NOTIFIED: (_access, state) => !UNNOTIFIED.has(state),
};

const NO_ROW = { id: null };

/** What differs between the conduct facts of this office. */
interface ConductFact {
  /** Column of the state. */
  readonly state: 'state' | 'stage';
  readonly groupsOf: Readonly<Record<string, readonly Group[]>>;
  /** Rows that are research cases, the domain of the research and discipline offices (note 12). */
  readonly ofResearch: object;
}

/** The predicates that decisions name on ACADEMIC_MISCONDUCT. */
export const conductPredicates = <T>(fact: ConductFact): RowPredicates<T> => {
  const predicates: RowPredicates<object> = {
    STATE_ALLOWED: (access) =>
      ({
        $or: [
          { [fact.state]: { $in: openStates(access, fact.groupsOf, MET) } },
          {
            [fact.state]: { $in: openStates(access, fact.groupsOf, MET_ON_DELIVERY) },
            noticeDeliveredOn: { $ne: null },
          },
        ],
      }) as never,
    SEVERITY_S2_PLUS: () => ({ severity: { $in: ['S2', 'S3', 'S4'] } }) as never,
    SEVERITY_S3_PLUS: () => ({ severity: { $in: ['S3', 'S4'] } }) as never,
    OWN_DOMAIN: () => fact.ofResearch as never,
    // Which sanction is appealed is known to the archive alone so far: nothing belongs to one here.
    APPEALED: () => NO_ROW as never,
  };
  return predicates as RowPredicates<T>;
};

/** No exam violation is a research case. */
export const NOT_OF_RESEARCH = NO_ROW;

/** One row or none for who sees a flag: the number of rows would disclose how many there are. */
export const asFlag = <T>(rows: T[], shown: Shown): T[] =>
  shown === 'FLAG' ? rows.slice(0, 1) : rows;
