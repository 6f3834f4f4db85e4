import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum AccessReviewState {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}
registerEnumType(AccessReviewState, {
  name: 'AccessReviewState',
  description: 'Whether somebody has looked into it.',
});

export enum ReviewConclusion {
  EXPLAINED = 'EXPLAINED',
  FOLLOWED_UP = 'FOLLOWED_UP',
}
registerEnumType(ReviewConclusion, {
  name: 'ReviewConclusion',
  description: 'What looking into it came to; it is never a sanction by itself.',
});

/** Use of the system that somebody is to look into. It names no student. Source: DOMAIN 3.6, Z6.3c. */
@Entity({ tableName: 'access_review' })
@ObjectType({ description: 'Use of the system that somebody is to look into (D-01 … D-06).' })
@Privacy('OPERATION_LOG')
export class AccessReview {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Which detector opened it.' })
  @Property({ type: 'string' })
  detector!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Whose use it is.' })
  @Property({ type: 'string' })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'Role in which it was.' })
  @Property({ type: 'string' })
  actorRole!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date' })
  onDay!: string;

  @Field(() => Int, { nullable: true, description: 'How many, when it was opened.' })
  @Property({ type: 'integer' })
  count!: number;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  openedAt!: Date;

  @Field(() => AccessReviewState, { nullable: true })
  @Enum({ items: () => AccessReviewState })
  state!: AccessReviewState;

  @Field(() => ReviewConclusion, { nullable: true })
  @Enum({ items: () => ReviewConclusion, nullable: true })
  conclusion?: ReviewConclusion;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who looked into it.' })
  @Property({ type: 'string', nullable: true })
  closedBy?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  closedAt?: Date;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;
}
