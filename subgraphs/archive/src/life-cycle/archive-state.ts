import { registerEnumType } from 'type-graphql';

/** Source: DOMAIN 2.4. */
export enum ArchiveState {
  IMPORTED = 'IMPORTED',
  VOID = 'VOID',
  PENDING_SIGNATURE = 'PENDING_SIGNATURE',
  PENDING_VERIFICATION = 'PENDING_VERIFICATION',
  ACTIVE = 'ACTIVE',
  FROZEN = 'FROZEN',
  CLOSING = 'CLOSING',
  CLOSED = 'CLOSED',
  RETAINED = 'RETAINED',
  DESTROYED = 'DESTROYED',
}
registerEnumType(ArchiveState, {
  name: 'ArchiveState',
  description: 'State of an archive, from import to destruction (2.4).',
});

/** Source: DOMAIN 2.2. */
export enum VerificationState {
  OPEN = 'OPEN',
  CONFIRMED = 'CONFIRMED',
  CONFIRMED_WITH_APPEAL = 'CONFIRMED_WITH_APPEAL',
  OVERDUE = 'OVERDUE',
}
registerEnumType(VerificationState, {
  name: 'VerificationState',
  description: 'Whether the student has checked his own data (G10.4).',
});
