import { Fact } from '@chengxin/kit/schema/fact';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';
import { groupsOfAppeal } from '../row-groups/named.groups.js';
import { whoKeepsOut } from './appeal-people.js';
import { carriedUntil } from './carried-until.js';
import { AppealKind, AppealOutcome, AppealState } from './appeal-state.js';
import { Student } from '../student/student.entity.js';
import { OWNER } from '../student/owner.js';

/** An objection (申诉) to what the archive says. Source: G14, DOMAIN 2.4. */
@Entity({ tableName: 'appeal' })
@ObjectType({ description: 'An objection to what the archive says (申诉, G14).' })
@Privacy('APPEALS')
export class Appeal extends Fact {
  @Field(() => AppealKind, { nullable: true })
  @Enum({ items: () => AppealKind })
  kind!: AppealKind;

  @Property({ type: 'string' })
  targetSubgraph!: string;

  @Property({ type: 'string' })
  targetTypename!: string;

  @Property({ type: 'string' })
  targetId!: string;

  /** Office, or provider, that owns the target. */
  @Property({ type: 'string' })
  targetOffice!: string;

  @Property({ type: 'string', nullable: true })
  targetProvider?: string;

  /** Groups that the target took when the appeal was filed, its own first. */
  @Property({ type: 'array' })
  targetGroups!: string[];

  /** The target where the archive holds it. */
  @Property({ type: 'uuid', nullable: true })
  recordId?: string;

  @Property({ type: 'uuid', nullable: true })
  goodRecordId?: string;

  @Property({ type: 'uuid', nullable: true })
  sanctionId?: string;

  @Property({ type: 'uuid', nullable: true })
  snapshotId?: string;

  @Property({ type: 'string' })
  grounds!: string;

  @Field(() => AppealOutcome, { nullable: true, description: 'MODIFY or REVOKE.' })
  @Enum({ items: () => AppealOutcome })
  requestedOutcome!: AppealOutcome;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  filedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Office that decides; COL, the college.' })
  @Property({ type: 'string' })
  handlerOffice!: string;

  @Property({ type: 'string', nullable: true })
  handlerNo?: string;

  @Property({ type: 'string', nullable: true })
  secondHandlerNo?: string;

  /** Case of the appeal committee. */
  @Property({ type: 'string', nullable: true })
  caseId?: string;

  @Field(() => Day, { nullable: true, description: 'Day by which it is to be decided.' })
  @Property({ type: 'date' })
  dueOn!: string;

  @Field(() => AppealOutcome, { nullable: true })
  @Enum({ items: () => AppealOutcome, nullable: true })
  outcome?: AppealOutcome;

  @Property({ type: 'string', nullable: true })
  decisionText?: string;

  /** When it was decided, for the last time. */
  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  /** What the office that owns the fact says to it; the parties read it through the resolver. */
  @Property({ type: 'string', nullable: true })
  officeAnswer?: string;

  @Property({ type: 'string', nullable: true })
  answeredBy?: string;

  @Field(() => Instant, {
    nullable: true,
    description: 'When the office that owns the fact answered.',
  })
  @Property({ type: 'datetime', nullable: true })
  answeredAt?: Date;

  /** When it was handed on for its one further review. */
  @Property({ type: 'datetime', nullable: true })
  escalatedAt?: Date;

  /** When the committee took longer over a sanction appeal, once. */
  @Property({ type: 'datetime', nullable: true })
  extendedAt?: Date;

  @Field(() => Day, {
    nullable: true,
    description: 'Last day on which a sanction appeal is taken to the province.',
  })
  @Property({ type: 'date', nullable: true })
  provincialDeadline?: string;

  @Field(() => AppealOutcome, {
    nullable: true,
    description: 'What the province decided on a sanction appeal.',
  })
  @Enum({ items: () => AppealOutcome, nullable: true })
  provincialOutcome?: AppealOutcome;

  /** Public through its resolver, to the parties alone. */
  @Property({ type: 'string', nullable: true })
  provincialDocNo?: string;

  /** The corrected item of the profile as it was and as it is: ciphertext, read through the resolver. */
  @Property({ type: 'string', nullable: true })
  before?: string;

  @Property({ type: 'string', nullable: true })
  after?: string;

  @Field(() => AppealState, { nullable: true })
  @Enum({ items: () => AppealState })
  state!: AppealState;

  /** Groups of the target, as it was and as it is. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfAppeal(of),
  })
  rowGroups?: string[];

  /** Staff who do not take the next step of it (INV-02): for lists alone. */
  @Property({ type: 'array', lazy: true, formula: (of) => whoKeepsOut(of) })
  keepsOut?: string[];

  /** Until when the consent carries what a provider found; null of any other target, and of what ended. */
  @Property({
    type: 'datetime',
    lazy: true,
    formula: (of) => carriedUntil(of),
  })
  carriedUntil?: Date;

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
