import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Consent } from './consent.entity.js';

/** One month of a phone contract. Data, not misconduct. Source: G8.4, T-04, DOMAIN 2.2. */
@Entity({ tableName: 'phone_bill' })
@ObjectType({ description: 'One month of a phone contract (G8.4). Data, not misconduct (T-04).' })
@Privacy('PHONE_BILLS')
export class PhoneBill extends Fact {
  @Field(() => ID, { nullable: true, description: 'The consent under which the row stands.' })
  @Property({ type: 'string' })
  consentId!: string;

  /** The same, for the where-clause that every read takes (INV-10). */
  @ManyToOne({
    entity: () => Consent,
    joinColumn: 'consent_id',
    persist: false,
    createForeignKeyConstraint: false,
  })
  consent?: Consent;

  @Field(() => ID, { nullable: true, description: 'Social credit code of the provider.' })
  @Property({ type: 'string' })
  provider!: string;

  @Field(() => String, { nullable: true, description: 'Last four digits of the number.' })
  @Property({ type: 'string', fieldName: 'msisdn_tail4' })
  msisdnTail4!: string;

  @Field(() => String, { nullable: true, description: 'Month of the bill, 2026-02.' })
  @Property({ type: 'string' })
  month!: string;

  @Field(() => Int, { nullable: true, description: 'Amount in fen.' })
  @Property({ type: 'integer' })
  amountFen!: number;

  @Field(() => Day, { nullable: true, description: 'Day of the payment.' })
  @Property({ type: 'date', nullable: true })
  paidOn?: string;

  @Field(() => Int, { nullable: true, description: 'Days overdue.' })
  @Property({ type: 'integer' })
  overdueDays!: number;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the operator confirmed it; what is not stays data (L-15).',
  })
  @Property({ type: 'boolean' })
  confirmed!: boolean;
}
