import { registerEnumType } from 'type-graphql';

export enum GrantState {
  REQUESTED = 'REQUESTED',
  ACTIVE = 'ACTIVE',
  SUSPENDED = 'SUSPENDED',
  ENDED = 'ENDED',
}
registerEnumType(GrantState, { name: 'GrantState', description: 'State of a grant (2.4).' });
