import { registerEnumType } from 'type-graphql';

/** What a review of an entry comes to. Source: G12, DOMAIN 2.4. */
export enum ReviewDecision {
  APPROVE = 'APPROVE',
  RETURN = 'RETURN',
  REJECT = 'REJECT',
}
registerEnumType(ReviewDecision, {
  name: 'ReviewDecision',
  description: 'What a review of a self-reported entry comes to (G12).',
});
