import { registerEnumType } from 'type-graphql';

/** Source: DOMAIN 2.2, Z5.2.2. */
export enum CommitmentMatter {
  ENTRY = 'ENTRY',
  EXAM = 'EXAM',
  ADMISSION = 'ADMISSION',
  PROJECT = 'PROJECT',
  TITLE = 'TITLE',
  AID = 'AID',
  PERFORMANCE = 'PERFORMANCE',
  AWARD = 'AWARD',
  STATISTICS = 'STATISTICS',
}
registerEnumType(CommitmentMatter, {
  name: 'CommitmentMatter',
  description: 'In which matter a promise is made.',
});

/** Source: DOMAIN 2.4. */
export enum CommitmentState {
  OFFERED = 'OFFERED',
  SIGNED = 'SIGNED',
  IN_FORCE = 'IN_FORCE',
  FULFILLED = 'FULFILLED',
  BREACH_REPORTED = 'BREACH_REPORTED',
  RECTIFYING = 'RECTIFYING',
  BREACHED = 'BREACHED',
  CLEARED = 'CLEARED',
  DECLINED = 'DECLINED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(CommitmentState, {
  name: 'CommitmentState',
  description: 'State of a commitment (2.4).',
});
