import { Evidence, Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum DeferralState {
  REQUESTED = 'REQUESTED',
  APPROVED = 'APPROVED',
  REFUSED = 'REFUSED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(DeferralState, { name: 'DeferralState', description: 'State of a deferral.' });

/** Leave to pay a bill later (缓交). Source: T-01, DOMAIN 2.2. */
@Entity({ tableName: 'deferral' })
@ObjectType({ description: 'Leave to pay a bill later (缓交, T-01).' })
@Privacy('TUITION')
export class Deferral extends Fact {
  @Field(() => ID, { nullable: true, description: 'Number of the bill.' })
  @Property({ type: 'string' })
  billNo!: string;

  @Field(() => String, { nullable: true, description: 'Why it was requested.' })
  @Property({ type: 'string' })
  reason!: string;

  @Field(() => Day, { nullable: true, description: 'Last day of the deferral.' })
  @Property({ type: 'date' })
  until!: string;

  @Field(() => DeferralState, { nullable: true })
  @Enum({ items: () => DeferralState })
  state!: DeferralState;

  /** Proofs of hardship stand under HARDSHIP as well. */
  @Also('HARDSHIP')
  @Field(() => [Evidence], { nullable: true })
  @Property({ type: 'json' })
  override evidence!: Evidence[];
}
