import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { groupsOfWarning } from '../row-groups/supervision.groups.js';
import { OWNER } from '../student/owner.js';
import { Student } from '../student/student.entity.js';

export enum WarningColour {
  YELLOW = 'YELLOW',
  ORANGE = 'ORANGE',
  RED = 'RED',
  ADM = 'ADM',
}
registerEnumType(WarningColour, {
  name: 'WarningColour',
  description: 'How urgent a warning is; ADM is administrative (4.7).',
});

export enum WarningState {
  RAISED = 'RAISED',
  NOTIFIED = 'NOTIFIED',
  ACKNOWLEDGED = 'ACKNOWLEDGED',
  HANDLING = 'HANDLING',
  RESOLVED = 'RESOLVED',
  ESCALATED = 'ESCALATED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(WarningState, { name: 'WarningState', description: 'State of a warning (2.4).' });

/** An early warning (失信预警) to the student and a handler. Source: DOMAIN 4.7. */
@Entity({ tableName: 'warning' })
@ObjectType({ description: 'An early warning to the student and a handler (失信预警, 4.7).' })
@Privacy('SUPERVISION')
export class Warning {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  studentNo!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the rule that raised it, W-01 to W-09.',
  })
  @Property({ type: 'string' })
  code!: string;

  @Field(() => WarningColour, { nullable: true })
  @Enum({ items: () => WarningColour })
  colour!: WarningColour;

  @Property({ type: 'string' })
  triggerRule!: string;

  /** Groups that the trigger takes, its own first. */
  @Property({ type: 'array' })
  triggerGroups!: string[];

  @Property({ type: 'json' })
  triggerValues!: object;

  @Property({ type: 'uuid', nullable: true })
  snapshotId?: string;

  @Property({ type: 'boolean' })
  awaitsConfirmation!: boolean;

  @Property({ type: 'uuid', nullable: true })
  sanctionId?: string;

  /** The promise that it is about, with the check or the report that raised it (W-06). */
  @Property({ type: 'uuid', nullable: true })
  commitmentId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  checkId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  breachId?: string | null;

  /** The reminder of a bill that raised it (W-07). */
  @Property({ type: 'uuid', nullable: true })
  billReminderId?: string | null;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  raisedAt!: Date;

  @Field(() => Day, { nullable: true, description: 'Day by which the handler acts.' })
  @Property({ type: 'date', nullable: true })
  dueOn?: string;

  /** The same day for the order of lists, in which what has none comes last. */
  @Property({ type: 'date', formula: (of) => `coalesce(${String(of.dueOn)}, '9999-12-31'::date)` })
  dueBy?: string;

  /** Office that handles it. */
  @Property({ type: 'string' })
  handlerOffice!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, name: 'handler' })
  @Property({ type: 'string', nullable: true })
  handlerNo?: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string', nullable: true })
  suggestedTalk?: string;

  @Field(() => [String], { nullable: true, description: 'What was done, by code.' })
  @Property({ type: 'json' })
  actions!: string[];

  @Field(() => WarningState, { nullable: true })
  @Enum({ items: () => WarningState })
  state!: WarningState;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  /** Groups of the trigger, as it was and as it is; a waiting grade is the student's alone (2.4). */
  @Property({
    type: 'array',
    lazy: true,
    formula: (of) => groupsOfWarning(of),
  })
  rowGroups?: string[];

  /** Whose it is: for the scope of lists alone. */
  @ManyToOne({ ...OWNER })
  owner?: Student;
}
