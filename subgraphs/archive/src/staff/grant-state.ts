import { registerEnumType } from 'type-graphql';

export enum GrantState {
  REQUESTED = 'REQUESTED',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  ENDED = 'ENDED',
  DECLINED = 'DECLINED',
  WITHDRAWN = 'WITHDRAWN',
  LAPSED = 'LAPSED',
}

/** Ends of what was only requested. */
export const NEVER_HELD: readonly GrantState[] = [
  GrantState.DECLINED,
  GrantState.WITHDRAWN,
  GrantState.LAPSED,
];
registerEnumType(GrantState, { name: 'GrantState', description: 'State of a grant (2.4).' });
