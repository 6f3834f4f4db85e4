import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum RuleSetState {
  DRAFT = 'DRAFT',
  REVIEW = 'REVIEW',
  APPROVED = 'APPROVED',
  ACTIVE = 'ACTIVE',
  RETIRED = 'RETIRED',
}
registerEnumType(RuleSetState, { name: 'RuleSetState', description: 'State of a rule set (4.8).' });

/** A version of the numbers by which credit is evaluated; immutable, hashed. Source: DOMAIN 4.8. */
@Entity({ tableName: 'rule_set' })
@ObjectType('RuleSet', { description: 'A version of the numbers of the evaluation (4.8).' })
@Privacy('RULES')
export class RuleSetVersion {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** `CR-2026.1`. What the row of every other noun calls its version is `revision` here. */
  @Field(() => ID, { nullable: true, name: 'version' })
  @Property({ type: 'string', fieldName: 'version' })
  ruleSetVersion!: string;

  @Field(() => Int, {
    nullable: true,
    name: 'revision',
    description: 'Grows with each change of the row: the expectedVersion of a mutation.',
  })
  @Property({ type: 'integer', fieldName: 'revision' })
  version!: number;

  @Field(() => RuleSetState, { nullable: true })
  @Enum({ items: () => RuleSetState })
  state!: RuleSetState;

  /** Public through its resolver: those of the installed set stand in a file. */
  @Property({ type: 'string', nullable: true, fieldName: 'parameters' })
  storedParameters?: string;

  @Property({ type: 'string', nullable: true, fieldName: 'sha256' })
  storedSha256?: string;

  @Field(() => Day, { nullable: true, description: 'First day of the comment period.' })
  @Property({ type: 'date', nullable: true })
  commentFrom?: string;

  @Field(() => Day, { nullable: true, description: 'Last day of the comment period.' })
  @Property({ type: 'date', nullable: true })
  commentUntil?: string;

  @Field(() => ID, { nullable: true, description: 'Meeting that resolved it.' })
  @Property({ type: 'string', nullable: true })
  approvedByMeetingId?: string;

  @Field(() => ID, { nullable: true, description: 'Resolution of that meeting.' })
  @Property({ type: 'string', nullable: true })
  resolutionNo?: string;

  @Field(() => Day, { nullable: true, description: 'First day on which it scores.' })
  @Property({ type: 'date', nullable: true })
  effectiveFrom?: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who drafted it.' })
  @Property({ type: 'string', nullable: true })
  recordedBy?: string;

  @Property({ type: 'datetime', nullable: true })
  recordedAt?: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true, description: 'Who of the leading group approved it.' })
  @Property({ type: 'string', nullable: true })
  approvedBy?: string;

  @Property({ type: 'datetime', nullable: true })
  approvedAt?: Date;

  @Property({ type: 'string', nullable: true })
  activatedBy?: string;

  @Property({ type: 'uuid', nullable: true })
  backTestId?: string;
}
