import { Evidence, Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Entity, Enum, ManyToOne, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { groupsOfRepair } from '../row-groups/procedure.groups.js';
import { OWNER } from '../student/owner.js';
import { hoursThatCount } from './counting-hours.js';

export enum RepairState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  COLLEGE_REVIEW = 'COLLEGE_REVIEW',
  SAO_REVIEW = 'SAO_REVIEW',
  APPROVED_FULL = 'APPROVED_FULL',
  APPROVED_MITIGATED = 'APPROVED_MITIGATED',
  REFUSED = 'REFUSED',
  WITHDRAWN = 'WITHDRAWN',
  /** One of its records counts no more: nothing is left to decide. */
  LAPSED = 'LAPSED',
}
registerEnumType(RepairState, {
  name: 'RepairState',
  description: 'State of a repair application (2.4).',
});

export enum RepairDecision {
  FULL = 'FULL',
  MITIGATE = 'MITIGATE',
  REFUSE = 'REFUSE',
}
registerEnumType(RepairDecision, {
  name: 'RepairDecision',
  description: 'What Student Affairs decided on a repair (G15).',
});

/** Rehabilitation (信用修复) on the student's own application. Source: G15, L-17. */
@Entity({ tableName: 'repair_application' })
@ObjectType({ description: "Rehabilitation on the student's own application (信用修复, G15)." })
@Privacy('REPAIRS')
export class RepairApplication extends Fact {
  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  statement!: string;

  @Property({ type: 'decimal', nullable: true })
  gpaDelta?: string;

  /** As they were when the application was written. */
  @Property({ type: 'decimal', nullable: true })
  volunteerHours?: string;

  @Property({ type: 'array' })
  goodRecordIds!: string[];

  /** The same without what was revoked since: of that nobody learns here (3.7(15)). */
  @Property({ type: 'decimal', nullable: true, formula: (of) => hoursThatCount(of) })
  countingHours?: string;

  @Property({ type: 'date', nullable: true })
  noNewBadSince?: string;

  @Field(() => [Evidence], { nullable: true, description: 'Paid, apologised, restored.' })
  @Property({ type: 'json' })
  remedyProofs!: Evidence[];

  @Field(() => String, {
    nullable: true,
    description: 'An opinion only; the college decides nothing.',
  })
  @Property({ type: 'string', nullable: true })
  collegeOpinion?: string;

  @Property({ type: 'string', nullable: true })
  collegeOpinionBy?: string;

  /** Who has it in hand: of the college, then of Student Affairs. */
  @Property({ type: 'string', nullable: true })
  handlerNo?: string;

  /** When it was handed in; of a draft, and of one that was withdrawn as such, nothing. */
  @Property({ type: 'datetime', nullable: true })
  submittedAt?: Date;

  @Field(() => RepairDecision, { nullable: true })
  @Enum({ items: () => RepairDecision, nullable: true })
  decision?: RepairDecision;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'The person of Student Affairs who decided.' })
  @Property({ type: 'string', nullable: true })
  decidedBy?: string;

  @Property({ type: 'date', nullable: true })
  decidedOn?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  reason?: string;

  @Field(() => RepairState, { nullable: true })
  @Enum({ items: () => RepairState })
  state!: RepairState;

  /** Groups of the records: of one that is over by now, CLOSED_CONDUCT. */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfRepair(of),
  })
  rowGroups?: string[];

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
