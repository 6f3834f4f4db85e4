import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { closingOfSnapshot } from '../row-groups/conduct.groups.js';
import { OWNER } from '../student/owner.js';
import { Student } from '../student/student.entity.js';

export enum HumanReviewState {
  REQUESTED = 'REQUESTED',
  UPHELD = 'UPHELD',
  RECOMPUTED = 'RECOMPUTED',
  LAPSED = 'LAPSED',
}
registerEnumType(HumanReviewState, {
  name: 'HumanReviewState',
  description: 'State of a human review of a grade (L-08).',
});

/**
 * A student does not accept a grade that rules alone came to, and a person looks at it (人工复核).
 * Until then a C or D has no effect. Source: L-08, DOMAIN 3.6, PIPL 24.
 */
@Entity({ tableName: 'human_review' })
@ObjectType({
  description:
    'A person reviews a grade that rules alone came to, at the student’s request (L-08).',
})
@Privacy('SUBJECT_REQUESTS')
export class HumanReview {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Also('CREDIT_GRADE')
  @Field(() => ID, { nullable: true, description: 'The snapshot whose grade it is.' })
  @Property({ type: 'uuid' })
  snapshotId!: string;

  @Field(() => String, { nullable: true, description: 'Why it is requested, in the own words.' })
  @Property({ type: 'string' })
  grounds!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  requestedAt!: Date;

  @Field(() => Day, { nullable: true, description: 'Day by which a person decides.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => HumanReviewState, { nullable: true })
  @Enum({ items: () => HumanReviewState })
  state!: HumanReviewState;

  @Field(() => String, { nullable: true, description: 'What was found, for the student to read.' })
  @Property({ type: 'string', nullable: true })
  answer?: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'The person of Student Affairs who decided.' })
  @Property({ type: 'string', nullable: true })
  decidedBy?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Also('CREDIT_GRADE')
  @Field(() => ID, {
    nullable: true,
    description:
      'The latest snapshot once it was computed anew; the same one where nothing differs.',
  })
  @Property({ type: 'uuid', nullable: true })
  resultSnapshotId?: string;

  @Field(() => Int, { nullable: true, description: 'Grows with each change of the row.' })
  @Property({ type: 'integer' })
  version!: number;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;

  /** CLOSED_CONDUCT where a line of the snapshot is of a record now over (NO_CLOSED_LINE). */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => closingOfSnapshot(String(of.snapshotId)),
  })
  rowGroups?: string[];

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
