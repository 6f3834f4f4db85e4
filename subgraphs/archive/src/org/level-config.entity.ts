import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** How many levels of administrators an org has, and seats at most. Source: G17, G18.1. */
@Entity({ tableName: 'level_config' })
@ObjectType({ description: 'Levels of administrators of an org, and seats at most (G18.1).' })
@Privacy('ADMINISTRATION')
export class LevelConfig {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  orgCode!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Levels of the tree that may have administrators: the org itself, and below it.',
  })
  @Property({ type: 'integer' })
  levels!: number;

  @Field(() => Int, { nullable: true, description: 'Administrators of the org itself, at most.' })
  @Property({ type: 'integer' })
  seats!: number;

  @Field(() => Int, { nullable: true, description: 'Most levels that the school grants the org.' })
  @Property({ type: 'integer', nullable: true })
  levelsAtMost?: number;

  @Field(() => Int, { nullable: true, description: 'Most seats that the school grants the org.' })
  @Property({ type: 'integer', nullable: true })
  seatsAtMost?: number;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
