import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { CommitmentState } from './commitment-matter.js';

/** SQL: whether the student was notified of what is reported (F-01). */
const isNotified = (commitmentId: string): string =>
  `exists (select from notice_standing n where n.subject_type = 'Commitment' and n.kind = 'BREACH'
     and n.subject_id = ${commitmentId}::text and n.delivered_at is not null)`;

/** A breach (违诺) that the office of the matter reports, and what becomes of it. Source: Z5.2.4. */
@Entity({ tableName: 'commitment_breach' })
@ObjectType({
  description: 'A breach that the office of the matter reports, and what becomes of it (违诺).',
})
@Privacy(['COMMITMENTS', 'PENDING_CONDUCT'])
export class CommitmentBreach extends Fact {
  @Field(() => ID, { nullable: true })
  @Property({ type: 'uuid' })
  commitmentId!: string;

  @Field(() => String, { nullable: true, description: 'Office that reports and decides.' })
  @Property({ type: 'string' })
  ownerOffice!: string;

  @Field(() => String, { nullable: true, description: 'What was not kept, when and how.' })
  @Property({ type: 'string' })
  facts!: string;

  @Field(() => CommitmentState, {
    nullable: true,
    description: 'BREACH_REPORTED, RECTIFYING, CLEARED, FULFILLED once rectified, or BREACHED.',
  })
  @Enum({ items: () => CommitmentState })
  state!: CommitmentState;

  @Field(() => String, { nullable: true, description: 'What was decided, and why.' })
  @Property({ type: 'string', nullable: true })
  decision?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Field(() => String, { nullable: true, description: 'What is to be done to rectify it.' })
  @Property({ type: 'string', nullable: true })
  measures?: string;

  @Field(() => Day, { nullable: true, description: 'Last day to rectify it.' })
  @Property({ type: 'date', nullable: true })
  rectifyBy?: string;

  @Field(() => String, { nullable: true, description: 'What the rectification came to, and why.' })
  @Property({ type: 'string', nullable: true })
  outcome?: string;

  @Field(() => Day, { nullable: true })
  @Property({ type: 'date', nullable: true })
  outcomeOn?: string;

  /** A student reads it from his notice on (note 29). */
  @Property({ type: 'boolean', lazy: true, formula: (of) => isNotified(of.commitmentId) })
  isNotified?: boolean;
}
