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

  @Field(() => Int, { nullable: true, description: 'Three at most.' })
  @Property({ type: 'integer' })
  levels!: number;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  seats!: number;
}
