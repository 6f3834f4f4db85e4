import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { groupsOfSubmission } from '../row-groups/procedure.groups.js';

export enum SubmissionState {
  CANDIDATE = 'CANDIDATE',
  ELIGIBILITY_CHECK = 'ELIGIBILITY_CHECK',
  NOTICE_TO_PERSON = 'NOTICE_TO_PERSON',
  OBJECTION = 'OBJECTION',
  APPROVED = 'APPROVED',
  SENT = 'SENT',
  ACKED = 'ACKED',
  RETURNED = 'RETURNED',
  CORRECTION_SENT = 'CORRECTION_SENT',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(SubmissionState, {
  name: 'SubmissionState',
  description: 'State of a submission to the province (2.4).',
});

/** A record on its way to the province's platform (失信信息报送). Source: Z5.5, DOMAIN 2.4. */
@Entity({ tableName: 'submission' })
@ObjectType({ description: "A record on its way to the province's platform (Z5.5)." })
@Privacy('SUBMISSIONS')
export class Submission {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'uuid' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'Number of the decision behind it.' })
  @Property({ type: 'string' })
  decisionNo!: string;

  @Field(() => String, { nullable: true, description: 'How long the province keeps it.' })
  @Property({ type: 'string', nullable: true })
  term?: string;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => SubmissionState, { nullable: true })
  @Enum({ items: () => SubmissionState })
  state!: SubmissionState;

  /** CLOSED_CONDUCT where the record is over by now. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfSubmission(of),
  })
  rowGroups?: string[];

  /** What is disputed is not submitted until that is decided (4.2). */
  @Property({
    type: 'boolean',
    lazy: true,
    formula: (of) =>
      `exists (select from conduct_record r where r.id = ${of.recordId} and r.disputed)`,
  })
  isDisputed?: boolean;
}
