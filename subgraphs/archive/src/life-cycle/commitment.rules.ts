/**
 * What a caller reads of a promise and its changes. Pure. Source: field-groups.csv,
 * Commitment.state.
 */
import { CommitmentState } from './commitment-matter.js';

/** Which accusations a caller may see. */
export interface OpenBreaches {
  /** PENDING_CONDUCT is open to him for this matter: a breach that is reported, not proven. */
  readonly pending: boolean;
  /** CLOSED_CONDUCT is open to him: a report that proved unfounded. */
  readonly closed: boolean;
}

export function shownState(
  state: CommitmentState,
  { pending, closed }: OpenBreaches,
): CommitmentState {
  switch (state) {
    case CommitmentState.BREACH_REPORTED:
    case CommitmentState.RECTIFYING:
      return pending ? state : CommitmentState.IN_FORCE;
    case CommitmentState.CLEARED:
      return closed ? state : CommitmentState.FULFILLED;
    default:
      return state;
  }
}

/** States in which a promise is settled. */
const OVER: readonly CommitmentState[] = [
  CommitmentState.FULFILLED,
  CommitmentState.BREACHED,
  CommitmentState.CLEARED,
];

/** How a caller stands to a promise, beside what he may see of accusations. */
export interface VersionReader extends OpenBreaches {
  /** He works for the office whose matter it is, and names the version when he acts. */
  readonly acts: boolean;
  /** Somebody reported a breach of which he is not to know yet. */
  readonly isBeforeNotice: boolean;
}

/**
 * The number of changes, for who sees each of them (3.7(15)). The office sees those of a promise that is
 * not settled: of one that is, the number would tell that a report was cleared. A student before his
 * notice reads the number of before the report.
 */
export function shownVersion(
  { version, state }: { readonly version: number; readonly state: CommitmentState },
  { pending, closed, acts, isBeforeNotice }: VersionReader,
): number | null {
  if (isBeforeNotice) return version - 1;
  if (pending && closed) return version;
  return pending && acts && !OVER.includes(state) ? version : null;
}
