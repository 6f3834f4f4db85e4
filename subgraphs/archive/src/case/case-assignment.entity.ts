import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

/** An evaluator's place in a case, from–to. Source: DOMAIN 2.2, note 5. */
@Entity({ tableName: 'case_assignment' })
@ObjectType({ description: "An evaluator's place in a case, from–to (G21)." })
@Privacy('CASES')
export class CaseAssignment {
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
  @Field(() => Boolean, { nullable: true, description: 'He declared one; he sees nothing then.' })
  @Property({ type: 'boolean' })
  conflictOfInterest!: boolean;
}
