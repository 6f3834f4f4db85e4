import { registerEnumType } from 'type-graphql';

/** Source: DOMAIN 2.2. */
export enum AppealKind {
  PROFILE = 'PROFILE',
  RECORD = 'RECORD',
  SELF_REVIEW = 'SELF_REVIEW',
  EVALUATION = 'EVALUATION',
  SANCTION = 'SANCTION',
}
registerEnumType(AppealKind, { name: 'AppealKind', description: 'What an appeal is against.' });

/** Source: G14.2. */
export enum AppealOutcome {
  MODIFY = 'MODIFY',
  REVOKE = 'REVOKE',
  REJECT = 'REJECT',
}
registerEnumType(AppealOutcome, {
  name: 'AppealOutcome',
  description: 'What an appeal requests, or comes to (G14.2).',
});

/** Source: DOMAIN 2.4. */
export enum AppealState {
  FILED = 'FILED',
  ACCEPTED = 'ACCEPTED',
  INVESTIGATING = 'INVESTIGATING',
  /** REVOKE is decided by one person and waits for another. */
  REVOKE_PROPOSED = 'REVOKE_PROPOSED',
  DECIDED = 'DECIDED',
  NOT_ACCEPTED = 'NOT_ACCEPTED',
  ESCALATED = 'ESCALATED',
  COMMITTEE_REVIEW = 'COMMITTEE_REVIEW',
  UPHELD = 'UPHELD',
  RECOMMEND_CHANGE = 'RECOMMEND_CHANGE',
  SUSPENDED_EXECUTION = 'SUSPENDED_EXECUTION',
  PROVINCIAL_APPEAL = 'PROVINCIAL_APPEAL',
  CLOSED = 'CLOSED',
  WITHDRAWN = 'WITHDRAWN',
  /** What it was against counts no more: nothing is left to decide. */
  LAPSED = 'LAPSED',
}
registerEnumType(AppealState, {
  name: 'AppealState',
  description: 'State of an appeal; a sanction appeal has states of its own (2.4).',
});

/** States in which an appeal waits for somebody to decide. */
export const OPEN_APPEALS: readonly AppealState[] = [
  AppealState.FILED,
  AppealState.ACCEPTED,
  AppealState.INVESTIGATING,
  AppealState.REVOKE_PROPOSED,
  AppealState.ESCALATED,
  AppealState.COMMITTEE_REVIEW,
  AppealState.SUSPENDED_EXECUTION,
  AppealState.PROVINCIAL_APPEAL,
];
