import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Decimal } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { YouthRecordState } from './youth-record.state.js';

/** Confirmed hours of volunteer service in one term (志愿服务). Source: G6.4, P-07, DOMAIN 2.2. */
@Entity({ tableName: 'volunteer_hours' })
@ObjectType({ description: 'Confirmed hours of volunteer service in one term (志愿服务, P-07).' })
@Privacy('GOOD_CONDUCT')
export class VolunteerHours extends Fact {
  @Field(() => String, { nullable: true, description: 'Term, 2025-1.' })
  @Property({ type: 'string' })
  termCode!: string;

  @Field(() => Decimal, { nullable: true, description: 'Hours, to one decimal.' })
  @Property({ type: 'decimal', precision: 5, scale: 1 })
  hours!: string;

  /** Day on which the hours were confirmed, if the file says so. */
  @Property({ type: 'date', nullable: true })
  confirmedOn?: string;

  @Field(() => YouthRecordState, { nullable: true, description: 'State of the record.' })
  @Enum({ items: () => YouthRecordState })
  state!: YouthRecordState;
}
