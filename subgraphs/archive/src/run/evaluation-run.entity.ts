import { TwoPeople } from '@chengxin/kit/schema/two-people';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum EvaluationRunState {
  PLANNED = 'PLANNED',
  COMPUTING = 'COMPUTING',
  COMPUTED = 'COMPUTED',
  COLLEGE_CONFIRMED = 'COLLEGE_CONFIRMED',
  SELF_NOTICE = 'SELF_NOTICE',
  CONFIRMED = 'CONFIRMED',
  LOCKED = 'LOCKED',
  SUPERSEDED = 'SUPERSEDED',
  /** Planned by mistake, or with nothing to come to. */
  CANCELLED = 'CANCELLED',
}
registerEnumType(EvaluationRunState, {
  name: 'EvaluationRunState',
  description: 'How far an evaluation run has come (2.4).',
});

export enum EvaluationRunKind {
  OFFICIAL = 'OFFICIAL',
  PROVISIONAL = 'PROVISIONAL',
  SIMULATION = 'SIMULATION',
}
registerEnumType(EvaluationRunKind, {
  name: 'EvaluationRunKind',
  description: 'What an evaluation run is for; evaluators read official ones alone (4.8).',
});

/** Why a run ended that could come to nothing. */
export enum RunDiscarded {
  NOBODY_RATED = 'NOBODY_RATED',
  LATER_RUN_LOCKED = 'LATER_RUN_LOCKED',
}
registerEnumType(RunDiscarded, {
  name: 'RunDiscarded',
  description: 'Why an evaluation run ended that could come to nothing (2.4).',
});

/** One evaluation of all students as of a day, locked when it is confirmed. Source: DOMAIN 2.4, 4.8. */
@Entity({ tableName: 'evaluation_run' })
@ObjectType({ description: 'One evaluation of all students, locked when it is confirmed (4.8).' })
@Privacy('RULES')
export class EvaluationRun extends TwoPeople {
  @Field(() => ID, { nullable: true, description: 'Its number: 2026H1, or 2026H1-2 for a second.' })
  @PrimaryKey({ type: 'string' })
  runId!: string;

  @Field(() => String, { nullable: true, description: 'Semester that it is of: 2026H1.' })
  @Property({ type: 'string' })
  period!: string;

  @Field(() => String, {
    nullable: true,
    name: 'ruleSetVersion',
    description: 'Rule set in force on its day; as things are, until it begins.',
  })
  @Property({ type: 'string' })
  ruleSet!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Digest of the numbers of its rule set; from its beginning on.',
  })
  @Property({ type: 'string', nullable: true })
  ruleSetSha256?: string;

  @Field(() => Instant, { nullable: true, description: 'End of the day that it is of.' })
  @Property({ type: 'datetime' })
  cutOffAt!: Date;

  @Field(() => EvaluationRunKind, { nullable: true })
  @Enum({ items: () => EvaluationRunKind })
  kind!: EvaluationRunKind;

  @Field(() => EvaluationRunState, { nullable: true })
  @Enum({ items: () => EvaluationRunState })
  state!: EvaluationRunState;

  @Field(() => Instant, { nullable: true, description: 'From when evaluators read it.' })
  @Property({ type: 'datetime', nullable: true })
  lockedAt?: Date;

  @Property({ type: 'datetime', nullable: true })
  supersededAt?: Date;

  @Field(() => RunDiscarded, {
    nullable: true,
    description: 'Why it ended by itself: it could come to nothing.',
  })
  @Enum({ items: () => RunDiscarded, nullable: true })
  discardedBecause?: RunDiscarded;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
