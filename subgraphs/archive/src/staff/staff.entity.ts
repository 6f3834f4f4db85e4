import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** A member of staff or a service account, as far as logging in needs. Source: DOMAIN 0.2. */
@Entity({ tableName: 'staff' })
@ObjectType({ description: 'A person who works at the school, or a service account.' })
@Privacy('STAFF_IDENTITY')
export class Staff {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  staffNo!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  name!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  title?: string;

  @Property({ type: 'string', nullable: true })
  orgCode?: string;
}
