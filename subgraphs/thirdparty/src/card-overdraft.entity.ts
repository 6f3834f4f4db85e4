import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Consent } from './consent.entity.js';

/** One statement of a credit card. Data, not misconduct. Source: G8.4, T-04, DOMAIN 2.2. */
@Entity({ tableName: 'card_overdraft' })
@ObjectType({ description: 'One statement of a credit card (G8.4). Data, not misconduct (T-04).' })
@Privacy('CARD_OVERDRAFTS')
export class CardOverdraft extends Fact {
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

  @Field(() => String, { nullable: true, description: 'Last four digits of the card.' })
  @Property({ type: 'string', fieldName: 'card_tail4' })
  cardTail4!: string;

  @Field(() => Day, { nullable: true, description: 'Day of the statement.' })
  @Property({ type: 'date' })
  statementOn!: string;

  @Field(() => Int, { nullable: true, description: 'Overdue amount in fen.' })
  @Property({ type: 'integer' })
  overdueFen!: number;

  @Field(() => Int, { nullable: true, description: 'Days overdue at the statement.' })
  @Property({ type: 'integer' })
  overdueDays!: number;

  @Field(() => Day, { nullable: true, description: 'Day on which it was settled.' })
  @Property({ type: 'date', nullable: true })
  settledOn?: string;
}
