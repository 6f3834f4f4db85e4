import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { OWNER } from '../student/owner.js';

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
  GRANTED = 'GRANTED',
  REFUSED = 'REFUSED',
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

  @Field(() => String, { nullable: true, description: 'What is requested, in the own words.' })
  @Property({ type: 'string', nullable: true })
  content?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  filedAt!: Date;

  @Field(() => Day, { nullable: true, description: 'Day by which it is to be answered.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What was done on a request that is granted.',
  })
  @Property({ type: 'string', nullable: true })
  outcome?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  refusalReason?: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'The person of Student Affairs who decided.' })
  @Property({ type: 'string', nullable: true })
  decidedBy?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Field(() => SubjectRequestState, { nullable: true })
  @Enum({ items: () => SubjectRequestState })
  state!: SubjectRequestState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change of the row.' })
  @Property({ type: 'integer' })
  version!: number;

  /** Who filed it: whoever decides is another person. */
  @Property({ type: 'string', nullable: true })
  recordedBy?: string;

  @Property({ type: 'datetime', nullable: true })
  recordedAt?: Date;

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
