import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum BillItem {
  TUITION = 'TUITION',
  DORM = 'DORM',
  OTHER = 'OTHER',
}
registerEnumType(BillItem, { name: 'BillItem', description: 'What a bill is for.' });

/** A bill of tuition or other fees. Source: G6.3, DOMAIN 2.2. */
@Entity({ tableName: 'bill' })
@ObjectType({ description: 'A bill of tuition or other fees (G6.3).' })
@Privacy('TUITION')
export class Bill extends Fact {
  @Field(() => ID, { nullable: true, description: 'Number of the bill.' })
  @Property({ type: 'string' })
  billNo!: string;

  @Field(() => String, { nullable: true, description: 'Academic year, 2025-2026.' })
  @Property({ type: 'string' })
  academicYear!: string;

  @Field(() => BillItem, { nullable: true, description: 'What the bill is for.' })
  @Enum({ items: () => BillItem })
  item!: BillItem;

  @Field(() => Int, { nullable: true, description: 'Amount in fen.' })
  @Property({ type: 'integer' })
  amountFen!: number;

  @Field(() => Day, { nullable: true, description: 'Last day of payment.' })
  @Property({ type: 'date' })
  dueOn!: string;
}
