import { Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NoticeChannel } from './notice.entity.js';

export enum NoticeDeliveryState {
  WAITING = 'WAITING',
  DELIVERED = 'DELIVERED',
  BOUNCED = 'BOUNCED',
  GIVEN_UP = 'GIVEN_UP',
}
registerEnumType(NoticeDeliveryState, {
  name: 'NoticeDeliveryState',
  description: 'How a message by a channel beside the portal went.',
});

/** How the student was told, by a channel beside the portal, that a notice waits. Source: F-01. */
@Entity({ tableName: 'notice_delivery' })
@ObjectType({ description: 'A message by a channel beside the portal that a notice waits (F-01).' })
@Privacy('NOTICES')
export class NoticeDelivery {
  @PrimaryKey({ type: 'uuid' })
  noticeId!: string;

  /** Whose notice it is, on whom its fields are decided. */
  studentNo?: string;

  @Field(() => NoticeChannel, { nullable: true })
  @Enum({ items: () => NoticeChannel, primary: true })
  channel!: NoticeChannel;

  @Field(() => NoticeDeliveryState, { nullable: true })
  @Enum({ items: () => NoticeDeliveryState })
  state!: NoticeDeliveryState;

  @Field(() => Int, { nullable: true, description: 'How often it was tried.' })
  @Property({ type: 'integer' })
  attempts!: number;

  @Field(() => Instant, { nullable: true, description: 'When it was tried last.' })
  @Property({ type: 'datetime' })
  changedAt!: Date;
}
