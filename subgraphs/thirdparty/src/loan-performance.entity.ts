import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Consent } from './consent.entity.js';

export enum LoanPerformanceState {
  CURRENT = 'CURRENT',
  OVERDUE_1_30 = 'OVERDUE_1_30',
  OVERDUE_31_90 = 'OVERDUE_31_90',
  OVERDUE_90_PLUS = 'OVERDUE_90_PLUS',
}
registerEnumType(LoanPerformanceState, {
  name: 'LoanPerformanceState',
  description: 'How a loan is repaid: in time, or days overdue.',
});

/** One month of repayment after graduation; never stored in the archive. Source: G9.4b, T-05. */
@Entity({ tableName: 'loan_performance' })
@ObjectType({ description: 'One month of repayment after graduation (G9.4b, T-05).' })
@Privacy('LOAN_PERFORMANCE')
export class LoanPerformance extends Fact {
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

  @Property({ type: 'string' })
  contractNoMasked!: string;

  @Field(() => String, { nullable: true, description: 'Month of the repayment, 2026-02.' })
  @Property({ type: 'string' })
  month!: string;

  @Enum({ items: () => LoanPerformanceState })
  state!: LoanPerformanceState;

  @Property({ type: 'boolean' })
  settled!: boolean;
}
