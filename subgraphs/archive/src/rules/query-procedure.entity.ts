import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** How credit data may be requested, as it is written down and followed. Source: Z6.3a. */
@Entity({ tableName: 'query_procedure' })
@ObjectType({ description: 'How credit data may be requested (Z6.3a).' })
@Privacy('RULES')
export class QueryProcedure {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  procedureCode!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  steps!: string;

  @Field(() => String, { nullable: true, description: 'Unit that it binds.' })
  @Property({ type: 'string' })
  unit!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  validFrom!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  validTo?: string;
}
