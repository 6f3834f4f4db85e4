import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** An entry in the activity records of a research project. Source: Z5.4.2. */
@Entity({ tableName: 'student_research_activity_record', readonly: true })
@ObjectType({ description: 'An entry in the activity records of a research project (Z5.4.2).' })
@Privacy('RESEARCH_RECORDS')
export class ResearchActivityRecord extends Fact {
  @Property({ type: 'string' })
  projectNo!: string;

  @Field(() => Day, { nullable: true, description: 'Day of the activity.' })
  @Property({ type: 'date', fieldName: 'happened_on' })
  date!: string;

  @Field(() => String, { nullable: true, description: 'Kind of activity.' })
  @Property({ type: 'string' })
  kind!: string;

  @Field(() => ID, { nullable: true, description: 'Subject of who wrote the entry.' })
  @Property({ type: 'string' })
  author!: string;

  @Field(() => String, { nullable: true, description: 'Digest of what was recorded.' })
  @Property({ type: 'string' })
  hash!: string;

  @Property({ type: 'json' })
  members!: string[];

  @Property({ type: 'boolean' })
  hasFinalCase!: boolean;
}
