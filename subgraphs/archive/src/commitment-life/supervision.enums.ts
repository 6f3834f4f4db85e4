import { registerEnumType } from 'type-graphql';

/** What is decided on a report of a breach. Source: DOMAIN 2.4. */
export enum BreachDecision {
  RECTIFY = 'RECTIFY',
  CLEAR = 'CLEAR',
}
registerEnumType(BreachDecision, {
  name: 'BreachDecision',
  description: 'What is decided on the report of a breach.',
});

/** What a rectification came to. Source: DOMAIN 2.4. */
export enum RectificationDecision {
  FULFILLED = 'FULFILLED',
  BREACHED = 'BREACHED',
}
registerEnumType(RectificationDecision, {
  name: 'RectificationDecision',
  description: 'What the rectification of a breach came to.',
});
