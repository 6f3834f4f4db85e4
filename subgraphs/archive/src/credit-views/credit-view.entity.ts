import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Band of one dimension of credit: FULL, HIGH, MIDDLE, LOW or coarser.' })
@Inherit()
export class DimensionBand {
  @Field(() => ID, { description: 'D1 or D6: the others would be of law, arrears or aid (3.6).' })
  code!: string;

  @Field(() => String)
  band!: string;
}

/** One row of a frozen release: ten persons or more are the same. Source: DOMAIN 3.6. */
@ObjectType({
  description:
    'One row of a frozen release: ten persons or more have the same; "*" stands for every value (3.6).',
})
@Privacy('IDENTITY')
@Entity({ tableName: 'credit_view' })
export class CreditView {
  @Field(() => ID, { nullable: true, description: 'Drawn for this release and linked to nobody.' })
  @PrimaryKey({ type: 'uuid' })
  pseudonym!: string;

  @Field(() => ID, { nullable: true })
  @Property({ type: 'uuid' })
  releaseId!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  college!: string;

  @Field(() => String, { nullable: true })
  @Property({ type: 'string' })
  major!: string;

  @Field(() => String, { nullable: true, description: 'Year of enrolment, or two of them.' })
  @Property({ type: 'string' })
  cohort!: string;

  @Privacy('CREDIT_GRADE')
  @Field(() => String, { nullable: true, description: 'A, B or C_OR_D.' })
  @Property({ type: 'string' })
  grade!: string;

  @Privacy('CREDIT_LEDGER')
  @Field(() => [DimensionBand], { nullable: true })
  @Property({ type: 'json' })
  dimensionBands!: DimensionBand[];

  @Privacy('ACADEMIC_SUMMARY')
  @Field(() => String, { nullable: true, description: 'Average of grade points: 3.00-3.49.' })
  @Property({ type: 'string' })
  gpaBand!: string;

  @Privacy('ACADEMIC_MISCONDUCT')
  @Field(() => String, { nullable: true, description: 'NONE, MINOR, GRAVE, or SOME.' })
  @Property({ type: 'string' })
  examViolationBand!: string;

  @Privacy('GOOD_CONDUCT')
  @Field(() => String, { nullable: true, description: 'Hours: 0, 1-19, 20-49, 50+, or SOME.' })
  @Property({ type: 'string' })
  practiceHoursBand!: string;

  @Privacy('GOOD_CONDUCT')
  @Field(() => String, { nullable: true, description: 'Level of the highest post that was held.' })
  @Property({ type: 'string' })
  cadreLevel!: string;
}
