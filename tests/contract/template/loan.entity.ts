import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';

/** A borrowed book. It stands under a group that the tables already have. */
@Entity({ tableName: 'loan' })
@ObjectType('LibraryLoan', { description: 'A borrowed book.' })
@Privacy('GRADES')
export class Loan extends Fact {
  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  dueOn!: string;
}
