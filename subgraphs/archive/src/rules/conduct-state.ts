import { registerEnumType } from 'type-graphql';

/** States of a bad-conduct record. Source: DOMAIN 2.4. */
export enum ConductState {
  PROPOSED = 'PROPOSED',
  NOTIFIED = 'NOTIFIED',
  FOUND = 'FOUND',
  DISMISSED = 'DISMISSED',
  ACTIVE = 'ACTIVE',
  MITIGATED = 'MITIGATED',
  REPAIRED = 'REPAIRED',
  LIFTED = 'LIFTED',
  EXPIRED = 'EXPIRED',
  REVOKED = 'REVOKED',
  SEALED = 'SEALED',
}
registerEnumType(ConductState, {
  name: 'ConductState',
  description: 'State of a bad-conduct record: pending, counting or closed (2.4).',
});

/** Not accepted yet: group PENDING_CONDUCT. */
export const PENDING_STATES = [ConductState.PROPOSED, ConductState.NOTIFIED, ConductState.FOUND];
/** Counting: group BAD_CONDUCT. */
export const ACTIVE_STATES = [ConductState.ACTIVE, ConductState.MITIGATED];
/** Over: group CLOSED_CONDUCT. */
export const CLOSED_STATES = [
  ConductState.DISMISSED,
  ConductState.REPAIRED,
  ConductState.LIFTED,
  ConductState.EXPIRED,
  ConductState.REVOKED,
  ConductState.SEALED,
];

/** States of a good-conduct record. Source: DOMAIN 2.4. */
export enum GoodState {
  PROPOSED = 'PROPOSED',
  APPROVED = 'APPROVED',
  REVOKED = 'REVOKED',
}
registerEnumType(GoodState, {
  name: 'GoodState',
  description: 'State of a good-conduct record (2.4).',
});

export enum Polarity {
  GOOD = 'GOOD',
  BAD = 'BAD',
}
registerEnumType(Polarity, { name: 'Polarity', description: 'Whether conduct is good or bad.' });

/** How high a good deed was honoured. Source: DOMAIN 2.2. */
export enum HonourLevel {
  CLASS = 'CLASS',
  COLLEGE = 'COLLEGE',
  SCHOOL = 'SCHOOL',
  PROVINCE = 'PROVINCE',
  STATE = 'STATE',
}
registerEnumType(HonourLevel, { name: 'HonourLevel', description: 'Level of an honour or post.' });
