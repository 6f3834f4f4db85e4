import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { groupsOfRequest } from '../row-groups/named.groups.js';
import { Student } from '../student/student.entity.js';
import { ChangeTarget } from './change-target.js';
import { OWNER } from '../student/owner.js';

export enum ChangeRequestState {
  REQUESTED = 'REQUESTED',
  ACCEPTED = 'ACCEPTED',
  REFUSED = 'REFUSED',
}
registerEnumType(ChangeRequestState, {
  name: 'ChangeRequestState',
  description: 'Whether the office has decided on a request for a change.',
});

/** An administrator asks the office that owns a fact to change it. Source: T-02, G20.1. */
@Entity({ tableName: 'change_request' })
@ObjectType({ description: 'A request to the office that owns a fact to change it (T-02, G20.1).' })
@Privacy('APPEALS')
export class ChangeRequest {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ChangeTarget, { nullable: true })
  @Enum({ items: () => ChangeTarget })
  targetKind!: ChangeTarget;

  @Field(() => ID, { nullable: true, description: 'Number that the fact has in its office.' })
  @Property({ type: 'string' })
  targetId!: string;

  @Field(() => String, { nullable: true, description: 'Code of the office that decides.' })
  @Property({ type: 'string' })
  targetOffice!: string;

  @Property({ type: 'array' })
  targetGroups!: string[];

  /** COL or SAO: the college does not read what Student Affairs wrote. */
  @Field(() => String, { nullable: true, description: 'Who requests it: COL or SAO.' })
  @Property({ type: 'string' })
  raisedByOffice!: string;

  @Field(() => String, { nullable: true, description: 'What is to be changed, and into what.' })
  @Property({ type: 'string' })
  requested!: string;

  @Field(() => String, { nullable: true, description: 'Number of the document it rests on.' })
  @Property({ type: 'string' })
  docNo!: string;

  @Field(() => String, { nullable: true, description: 'Why the office decided so.' })
  @Property({ type: 'string', nullable: true })
  decisionText?: string;

  @Field(() => ChangeRequestState, { nullable: true })
  @Enum({ items: () => ChangeRequestState })
  state!: ChangeRequestState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who filed the request.' })
  @Property({ type: 'string' })
  recordedBy!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  recordedAt!: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who decided.' })
  @Property({ type: 'string', nullable: true })
  decidedBy?: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  decidedAt?: Date;

  /** Groups of the fact; of one that the archive holds as a record, those of the record as it is. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfRequest(of),
  })
  rowGroups?: string[];

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
