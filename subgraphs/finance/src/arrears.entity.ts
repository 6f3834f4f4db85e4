import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ArrearsCategory {
  /** What those read who may know no more than that nothing is owed. */
  NONE = 'NONE',
  CLEARED = 'CLEARED',
  DEFERRED = 'DEFERRED',
  EXCUSED = 'EXCUSED',
  UNEXPLAINED = 'UNEXPLAINED',
  MALICIOUS = 'MALICIOUS',
}
registerEnumType(ArrearsCategory, {
  name: 'ArrearsCategory',
  description: 'Why a bill is not paid in time. A name on this list is not misconduct (T-01).',
});

/** A bill that is or was overdue; a view over bills, payments and deferrals. Source: G6.3, T-01. */
@Entity({ tableName: 'arrears', readonly: true })
@ObjectType({
  description: 'A bill that is or was overdue (G6.3). Not misconduct by itself (T-01).',
})
@Privacy('TUITION')
export class Arrears extends Fact {
  @Field(() => ID, { nullable: true, description: 'Number of the bill.' })
  @Property({ type: 'string' })
  billNo!: string;

  @Field(() => Int, { nullable: true, description: 'What is still owed, in fen.' })
  @Property({ type: 'integer' })
  outstandingFen!: number;

  @Property({ type: 'date' })
  dueOn!: string;

  @Property({ type: 'date', nullable: true })
  lastPaidOn?: string;

  @Property({ type: 'date', nullable: true })
  deferredUntil?: string;

  @Property({ type: 'boolean' })
  excused!: boolean;

  @Property({ type: 'boolean' })
  malicious!: boolean;

  /** Lists on which it stands. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => `array(select l.list_id::text from arrears_list_line l
      where l.bill_no = ${of.billNo})`,
  })
  listIds?: string[];
}
