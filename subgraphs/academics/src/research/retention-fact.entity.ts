import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';

/** Where the material of a project is kept, and until when. Source: Z5.4.2. */
@Entity({ tableName: 'student_retention_fact', readonly: true })
@ObjectType({ description: 'Where the material of a research project is kept (Z5.4.2).' })
@Privacy('RESEARCH_RECORDS')
export class RetentionFact extends Fact {
  @Property({ type: 'string' })
  projectNo!: string;

  @Field(() => String, { nullable: true, description: 'What is kept.' })
  @Property({ type: 'string' })
  material!: string;

  @Field(() => String, { nullable: true, description: 'Where it is kept.' })
  @Property({ type: 'string' })
  place!: string;

  @Field(() => Day, { nullable: true, description: 'Last day until which it is kept.' })
  @Property({ type: 'date' })
  until!: string;

  @Property({ type: 'json' })
  members!: string[];

  @Property({ type: 'boolean' })
  hasFinalCase!: boolean;
}
