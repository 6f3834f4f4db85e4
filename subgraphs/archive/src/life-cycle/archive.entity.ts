import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { ArchiveState, VerificationState } from './archive-state.js';

/** The integrity archive (诚信档案) of one student, from entry to graduation. Source: G2.1, G10.1. */
@Entity({ tableName: 'archive' })
@ObjectType({ description: 'The integrity archive of one student (诚信档案, G2.1, G10).' })
@Privacy('ACCOUNT')
export class Archive extends Fact {
  @Privacy('IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  override studentNo!: string;

  @Privacy('IDENTITY')
  @Field(() => ArchiveState, { nullable: true })
  @Enum({ items: () => ArchiveState })
  state!: ArchiveState;

  @Field(() => Day, { nullable: true, description: 'Day of entry (G10.1).' })
  @Property({ type: 'date' })
  openedOn!: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  closedOn?: string;

  @Field(() => ID, { nullable: true, description: 'The service agreement that was signed.' })
  @Property({ type: 'uuid', nullable: true })
  agreementId?: string;

  @Field(() => ID, { nullable: true, description: 'The commitment letter that was signed.' })
  @Property({ type: 'uuid', nullable: true })
  commitmentId?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Version of the service agreement that is offered for signing.',
  })
  @Property({ type: 'string', nullable: true })
  agreementVersion?: string;

  /** Within so many days after the signing the student checks his data. */
  @Property({ type: 'integer', nullable: true })
  verificationDays?: number;

  /** A guardian's consent, until the agreement is signed (F-03). */
  @Property({ type: 'string', nullable: true })
  guardianName?: string;

  @Property({ type: 'string', nullable: true })
  guardianRelation?: string;

  @Property({ type: 'string', nullable: true })
  guardianForm?: string;

  @Property({ type: 'datetime', nullable: true })
  guardianAt?: Date;

  @Property({ type: 'date', nullable: true })
  verificationDueOn?: string;

  @Enum({ items: () => VerificationState, nullable: true })
  verificationState?: VerificationState;

  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date;

  @Also('SUBJECT_REQUESTS')
  @Field(() => Instant, { nullable: true, description: 'When the student last took a copy.' })
  @Property({ type: 'datetime', nullable: true })
  lastExportAt?: Date;

  @Field(() => Day, { nullable: true, description: 'Day until which it is kept (3.6).' })
  @Property({ type: 'date', nullable: true })
  retentionUntil?: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Number of the final report with which it was closed (2.4).',
  })
  @Property({ type: 'string', nullable: true })
  finalReportNo?: string;
}
