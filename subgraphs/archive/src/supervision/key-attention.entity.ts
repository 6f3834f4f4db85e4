import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { groupsOfAttention } from '../row-groups/supervision.groups.js';

export enum KeyAttentionState {
  PROPOSED = 'PROPOSED',
  NOTIFIED = 'NOTIFIED',
  ACTIVE = 'ACTIVE',
  REMOVED = 'REMOVED',
}
registerEnumType(KeyAttentionState, {
  name: 'KeyAttentionState',
  description: 'State of key attention (2.4).',
});

/** A time-boxed help and supervision subject (重点关注对象). Source: Z5.3.2, DOMAIN 2.2. */
@Entity({ tableName: 'key_attention' })
@ObjectType({ description: 'A time-boxed help and supervision subject (重点关注对象).' })
@Privacy('SUPERVISION')
export class KeyAttention extends Fact {
  @Field(() => String, { nullable: true, description: 'Office that proposed it.' })
  @Property({ type: 'string' })
  sourceOffice!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', fieldName: 'from_day' })
  from!: string;

  @Field(() => Int, { nullable: true, description: 'Days.' })
  @Property({ type: 'integer' })
  reviewEvery!: number;

  @Field(() => Day, { nullable: true, description: 'When it was last looked at again.' })
  @Property({ type: 'date', nullable: true })
  reviewedOn?: string;

  @Field(() => Day, { nullable: true, description: 'At most 12 months after its first day.' })
  @Property({ type: 'date', fieldName: 'until_day' })
  until!: string;

  @Field(() => [String], { nullable: true, description: 'Codes of the measure list.' })
  @Property({ type: 'json' })
  measures!: string[];

  @Field(() => KeyAttentionState, { nullable: true })
  @Enum({ items: () => KeyAttentionState })
  state!: KeyAttentionState;

  /** Groups of the records that it rests on, and before its notice its mark. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfAttention(of),
  })
  rowGroups?: string[];
}
