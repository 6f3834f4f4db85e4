import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** A payment of a bill, in whole or in part. Source: DOMAIN 2.2. */
@Entity({ tableName: 'payment' })
@ObjectType({ description: 'A payment of a bill, in whole or in part.' })
@Privacy('TUITION')
export class Payment extends Fact {
  /** Number in the books of finance; names the payment for imports. */
  @Property({ type: 'string' })
  paymentNo!: string;

  @Field(() => ID, { nullable: true, description: 'Number of the bill.' })
  @Property({ type: 'string' })
  billNo!: string;

  @Field(() => Int, { nullable: true, description: 'Amount in fen.' })
  @Property({ type: 'integer' })
  amountFen!: number;

  @Field(() => Day, { nullable: true, description: 'Day of the payment.' })
  @Property({ type: 'date' })
  paidOn!: string;
}
