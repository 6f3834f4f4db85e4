import { registerEnumType } from 'type-graphql';

export enum ScoreFactorKind {
  BASE = 'BASE',
  WEIGHT = 'WEIGHT',
  REPETITION = 'REPETITION',
  TIME = 'TIME',
  REPAIR = 'REPAIR',
}
registerEnumType(ScoreFactorKind, {
  name: 'ScoreFactorKind',
  description: 'What the points of a line are multiplied of (4.2).',
});
