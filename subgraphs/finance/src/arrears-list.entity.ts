import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ArrearsListState {
  PROPOSED = 'PROPOSED',
  PUBLISHED = 'PUBLISHED',
}
registerEnumType(ArrearsListState, {
  name: 'ArrearsListState',
  description: 'State of a list of arrears.',
});

/** Bills that were overdue without any explanation at a day. Source: G6.3, T-01. */
@Entity({ tableName: 'arrears_list' })
@ObjectType({
  description: 'The list of students in arrears at a day (G6.3). A name on it is not misconduct.',
})
@Privacy('TUITION')
export class ArrearsList {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  @Field(() => Day, { nullable: true, description: 'Day as of which its bills were overdue.' })
  @Property({ type: 'date' })
  asOn!: string;

  @Field(() => Int, { nullable: true, description: 'Bills that stand on it.' })
  @Property({
    type: 'integer',
    formula: (of) => `(select count(*)::int from arrears_list_line l where l.list_id = ${of.id})`,
  })
  billCount!: number;

  @Field(() => ArrearsListState, { nullable: true })
  @Enum({ items: () => ArrearsListState })
  state!: ArrearsListState;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Field(() => Instant, { nullable: true, description: 'When it was published.' })
  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;
}
