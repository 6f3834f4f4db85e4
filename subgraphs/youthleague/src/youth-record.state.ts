import { registerEnumType } from 'type-graphql';

/** State of a good record. Source: DOMAIN 2.4. */
export enum YouthRecordState {
  PROPOSED = 'PROPOSED',
  APPROVED = 'APPROVED',
  REVOKED = 'REVOKED',
}
registerEnumType(YouthRecordState, {
  name: 'YouthRecordState',
  description: 'State of a record of the Youth League: proposed, approved, revoked (2.4).',
});
