import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Decimal } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { YouthRecordState } from './youth-record.state.js';

/** A social practice that the Youth League confirmed (社会实践). Source: G6.4, P-06, DOMAIN 2.2. */
@Entity({ tableName: 'practice_record' })
@ObjectType({ description: 'A social practice (社会实践, G6.4).' })
@Privacy('GOOD_CONDUCT')
export class PracticeRecord extends Fact {
  @Field(() => String, { nullable: true, description: 'Name of the activity.' })
  @Property({ type: 'string' })
  activity!: string;

  @Field(() => Decimal, { nullable: true, description: 'Hours, to one decimal.' })
  @Property({ type: 'decimal', precision: 5, scale: 1 })
  hours!: string;

  @Field(() => String, { nullable: true, description: 'Where it took place.' })
  @Property({ type: 'string', nullable: true })
  place?: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Staff number of who verified it.' })
  @Property({ type: 'string' })
  verifiedBy!: string;

  /** First day; names the record beside student and activity. */
  @Property({ type: 'date' })
  practisedOn!: string;

  @Field(() => YouthRecordState, { nullable: true, description: 'State of the record.' })
  @Enum({ items: () => YouthRecordState })
  state!: YouthRecordState;
}
