import { Privacy } from '@chengxin/kit/schema/guard';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** One start of the online signing for a cohort: counts, and nobody's name. Source: G10.2. */
@Entity({ tableName: 'signing_launch' })
@ObjectType({ description: 'One start of the online signing for a cohort, in counts (G10.2).' })
@Privacy('ADMINISTRATION')
export class SigningLaunch {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Year of entry.' })
  @Property({ type: 'integer' })
  cohort!: number;

  @Field(() => [String], { nullable: true, description: 'Kinds of study that it reached (G22).' })
  @Property({ type: 'array' })
  scopes!: string[];

  @Field(() => String, { nullable: true, description: 'Version of the agreement that is offered.' })
  @Property({ type: 'string' })
  agreementVersion!: string;

  @Field(() => String, { nullable: true, description: 'Version of the commitment letter.' })
  @Property({ type: 'string' })
  commitmentVersion!: string;

  @Field(() => Int, { nullable: true, description: 'Days for the check of the own data.' })
  @Property({ type: 'integer' })
  verificationDays!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Archives that it reaches; of many, a job launches the rest.',
  })
  @Property({ type: 'integer' })
  launched!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Students to whom a declined commitment letter is offered once more.',
  })
  @Property({ type: 'integer' })
  offeredAgain!: number;

  @Field(() => Int, { nullable: true })
  @Property({ type: 'integer' })
  version!: number;

  /** Whether all whom it reaches are launched. */
  @Property({ type: 'boolean' })
  isComplete!: boolean;

  @Property({ type: 'string' })
  recordedBy!: string;

  @Property({ type: 'datetime' })
  recordedAt!: Date;
}
