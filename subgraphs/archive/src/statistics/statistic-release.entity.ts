import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum StatisticReleaseState {
  PREPARED = 'PREPARED',
  RELEASED = 'RELEASED',
}
registerEnumType(StatisticReleaseState, {
  name: 'StatisticReleaseState',
  description: 'Whether a second person has released the statistics of a run.',
});

/** The statistics of one run: nothing is computed of them before they are released. Source: DOMAIN 3.6. */
@Entity({ tableName: 'statistic_release' })
@ObjectType({
  description: 'The statistics of one run; there are none before it is released (3.6).',
})
@Privacy('STATISTICS')
export class StatisticRelease {
  @Field(() => ID, { nullable: true, description: 'Number of the run: 2026H1.' })
  @PrimaryKey({ type: 'string' })
  runId!: string;

  @Field(() => StatisticReleaseState, { nullable: true })
  @Enum({ items: () => StatisticReleaseState })
  state!: StatisticReleaseState;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Field(() => Instant, { nullable: true, name: 'releasedAt' })
  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
