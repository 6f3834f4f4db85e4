import { stateOfCase } from './case-state.js';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** An evaluator's place in a case, from–to. Source: DOMAIN 2.2, note 5. */
@Entity({ tableName: 'case_assignment' })
@ObjectType({ description: "An evaluator's place in a case, from–to (G21)." })
@Privacy('CASES')
export class CaseAssignment {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  caseId!: string;

  @Also('STAFF_IDENTITY')
  @Field(() => ID, { nullable: true })
  @Property({ type: 'string' })
  staffNo!: string;

  @Field(() => Instant, { nullable: true, name: 'from' })
  @Property({ type: 'datetime' })
  validFrom!: Date;

  @Field(() => Instant, { nullable: true, name: 'to', description: 'End, not included.' })
  @Property({ type: 'datetime' })
  validTo!: Date;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', nullable: true })
  revokedAt?: Date;

  @Also('STAFF_IDENTITY')
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether he declared one, and sees nothing then; null until he has declared.',
  })
  @Property({ type: 'boolean', nullable: true })
  conflictOfInterest?: boolean;

  /** When he said whether he is related to a candidate: nobody decides before. */
  @Property({ type: 'datetime', nullable: true })
  declaredAt?: Date;

  @Field(() => Int, { nullable: true, description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version!: number;

  /** State of its case. */
  @Property({ type: 'string', formula: (of) => stateOfCase(of.caseId) })
  caseState?: string;
}
