import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { EvaluationRunState } from './evaluation-run.entity.js';

/** What a run came to in one college, which confirms it. Source: DOMAIN 2.4 (COLLEGE_CONFIRMED). */
@Entity({ tableName: 'evaluation_run_part' })
@ObjectType({ description: 'The part of a college in an evaluation run, which it confirms (2.4).' })
@Privacy('ADMINISTRATION')
export class EvaluationRunPart {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  runId!: string;

  @Field(() => ID, { nullable: true, description: 'The college.' })
  @Property({ type: 'string' })
  orgCode!: string;

  @Field(() => EvaluationRunState, {
    nullable: true,
    description: 'COMPUTED, or COLLEGE_CONFIRMED once the college has confirmed it.',
  })
  @Enum({ items: () => EvaluationRunState })
  state!: EvaluationRunState;

  @Field(() => Int, { nullable: true, description: 'Students of whom the run has a snapshot.' })
  @Property({ type: 'integer' })
  students!: number;

  /** Who has confirmed it does not approve the run; the operation log names him. */
  @Property({ type: 'string', nullable: true })
  confirmedBy?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
