/** What an asker reads of a promise and its checks. Pure. Source: field-groups.csv, Commitment.state. */
import { CommitmentState } from './commitment-matter.js';

/** Which accusations an asker may hear of. */
export interface Hearing {
  /** PENDING_CONDUCT is open to him for this matter: a breach that is reported, not proven. */
  readonly pending: boolean;
  /** CLOSED_CONDUCT is open to him: a report that proved unfounded. */
  readonly closed: boolean;
}

export function shownState(state: CommitmentState, { pending, closed }: Hearing): CommitmentState {
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
