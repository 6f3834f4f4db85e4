import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** The group that leads the work on integrity. Source: G4, Z4.1. */
@Entity({ tableName: 'leading_group' })
@ObjectType({ description: 'The group that leads the work on integrity (G4.1, Z4.1).' })
@Privacy('GOVERNANCE')
export class LeadingGroup {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  groupCode!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  name!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  setUpOn!: string;

  @Property({ type: 'date', nullable: true })
  dissolvedOn?: string;
}
