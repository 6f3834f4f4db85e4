import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum MeetingState {
  PLANNED = 'PLANNED',
  APPROVED_BY_HEAD = 'APPROVED_BY_HEAD',
  HELD = 'HELD',
  MINUTED = 'MINUTED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(MeetingState, { name: 'MeetingState', description: 'State of a meeting (2.4).' });

/** A meeting of the leading group; one a year or more, approved by its head (INV-14). Source: Z4.2. */
@Entity({ tableName: 'meeting' })
@ObjectType({ description: 'A meeting of the leading group (Z4.2, INV-14).' })
@Privacy('GOVERNANCE')
export class Meeting {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'string' })
  meetingId!: string;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  year!: number;

  @Field(() => String, { nullable: true, description: 'Unit that organises it.' })
  @Property({ type: 'string' })
  organiser!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  plannedOn!: string;

  @Field(() => MeetingState, { nullable: true })
  @Enum({ items: () => MeetingState })
  state!: MeetingState;

  @Field(() => Day, { nullable: true, name: 'headApproval', description: 'Day of it, or none.' })
  @Property({ type: 'date', nullable: true })
  headApprovedOn?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  heldOn?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  minutes?: string;
}
