/**
 * What a caller reads of a promise and its checks. Pure. Source: field-groups.csv,
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
