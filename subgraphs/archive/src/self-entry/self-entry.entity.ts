import { Evidence, Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { OWNER } from '../student/owner.js';

export enum SelfEntryKind {
  BASIC = 'BASIC',
  EDUCATION = 'EDUCATION',
  TRAINING = 'TRAINING',
  PROJECT = 'PROJECT',
  POST = 'POST',
  INTERNSHIP = 'INTERNSHIP',
  WORKSTUDY = 'WORKSTUDY',
  EMPLOYMENT = 'EMPLOYMENT',
  CERTIFICATE = 'CERTIFICATE',
  EXCHANGE = 'EXCHANGE',
}
registerEnumType(SelfEntryKind, {
  name: 'SelfEntryKind',
  description: 'What a self-reported entry is about (2.5).',
});

export enum SelfEntryState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  IN_REVIEW = 'IN_REVIEW',
  RETURNED = 'RETURNED',
  REJECTED = 'REJECTED',
  APPROVED = 'APPROVED',
  SUPERSEDED = 'SUPERSEDED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(SelfEntryState, {
  name: 'SelfEntryState',
  description: 'State of one version of a self-reported entry (2.4).',
});

/** One version of what a student says of himself. Source: G8.2, DOMAIN 2.2, 2.5. */
@Entity({ tableName: 'self_entry' })
@ObjectType({ description: 'One version of what a student says of himself (G8.2).' })
@Privacy('SELF_ENTRIES')
export class SelfEntry extends Fact {
  @Field(() => ID, { nullable: true, description: 'The same for all editions of one entry.' })
  @Property({ type: 'uuid' })
  entryId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Which version of the entry it is: 1, 2 (G13.1).',
  })
  @Property({ type: 'integer' })
  edition!: number;

  @Field(() => SelfEntryKind, { nullable: true })
  @Enum({ items: () => SelfEntryKind })
  kind!: SelfEntryKind;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  title!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  organisation?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  role?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  startOn?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  endOn?: string;

  /** Public through its resolver, as the type of its kind. */
  @Property({ type: 'json' })
  detail!: object;

  @Privacy('SELF_ENTRY_DRAFTS')
  @Field(() => [Evidence], { nullable: true, description: "Documents of the student's own." })
  @Property({ type: 'json' })
  proofs!: Evidence[];

  @Field(() => SelfEntryState, { nullable: true })
  @Enum({ items: () => SelfEntryState })
  state!: SelfEntryState;

  @Privacy('SELF_ENTRY_DRAFTS')
  @Field(() => Instant, { nullable: true, description: 'When it was last submitted.' })
  @Property({ type: 'datetime', nullable: true })
  submittedAt?: Date;

  @Privacy('SELF_ENTRY_DRAFTS')
  @Field(() => Day, { nullable: true, description: 'Day until which it is to be reviewed (G7.3).' })
  @Property({ type: 'date', nullable: true })
  dueOn?: string;

  @Privacy('SELF_ENTRY_DRAFTS')
  @Field(() => Instant, {
    nullable: true,
    description:
      'When it was rejected for a false proof, which opens a finding, not a record (2.4).',
  })
  @Property({ type: 'datetime', nullable: true })
  findingOpenedAt?: Date;

  @Privacy(['SELF_ENTRY_DRAFTS', 'STAFF_IDENTITY'])
  @Field(() => ID, { nullable: true, description: 'Staff number of who reviewed it.' })
  @Property({ type: 'string', nullable: true })
  reviewer?: string;

  @Privacy('SELF_ENTRY_DRAFTS')
  @Field(() => String, { nullable: true, description: 'Why it was sent back or turned down.' })
  @Property({ type: 'string', nullable: true })
  reviewComment?: string;

  @Privacy('SELF_ENTRY_DRAFTS')
  @Field(() => ID, { nullable: true, description: 'The entry that says the same.' })
  @Property({ type: 'uuid', nullable: true })
  duplicateOf?: string;

  /** Whose it is: for the scope of the review queue alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
