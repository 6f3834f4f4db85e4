import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum SubjectRequestType {
  ACCESS = 'ACCESS',
  COPY = 'COPY',
  CORRECT = 'CORRECT',
  SUPPLEMENT = 'SUPPLEMENT',
  DELETE = 'DELETE',
  RESTRICT = 'RESTRICT',
  EXPLAIN = 'EXPLAIN',
  HUMAN_REVIEW = 'HUMAN_REVIEW',
  TRANSFER = 'TRANSFER',
  WITHDRAW = 'WITHDRAW',
}
registerEnumType(SubjectRequestType, {
  name: 'SubjectRequestType',
  description: 'Which right a person uses (3.6).',
});

export enum SubjectRequestState {
  FILED = 'FILED',
  IN_HAND = 'IN_HAND',
  FULFILLED = 'FULFILLED',
  REFUSED = 'REFUSED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(SubjectRequestState, {
  name: 'SubjectRequestState',
  description: 'State of a request.',
});

/** A request of a person about his own data (个人信息权利请求). Source: DOMAIN 3.6, PIPL 44-50. */
@Entity({ tableName: 'subject_request' })
@ObjectType({ description: 'A request of a person about his own data (PIPL 44-50).' })
@Privacy('SUBJECT_REQUESTS')
export class SubjectRequest {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => SubjectRequestType, { nullable: true })
  @Enum({ items: () => SubjectRequestType })
  type!: SubjectRequestType;

  @Property({ type: 'datetime' })
  filedAt!: Date;

  @Field(() => Day, { nullable: true, description: 'Day by which it is to be answered.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  outcome?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  refusalReason?: string;

  @Field(() => SubjectRequestState, { nullable: true })
  @Enum({ items: () => SubjectRequestState })
  state!: SubjectRequestState;
}
