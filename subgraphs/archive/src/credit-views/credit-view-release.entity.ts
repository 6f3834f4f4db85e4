import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Day, Instant } from '@chengxin/kit/schema/scalars';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How far one column of a release was generalised.' })
@Inherit()
export class ColumnGeneralisation {
  @Field(() => ID, { description: 'place (college and major), cohort, D1, D6, gpaBand, …' })
  column!: string;

  @Field(() => Int, { description: '0: as it is.' })
  step!: number;

  @Field(() => Int, { description: 'The step at which every value is "*".' })
  steps!: number;

  @Field(() => String, { description: 'What the values are then: college, two years, …' })
  of!: string;
}

@ObjectType({
  description:
    'Odds, at most and in thousandths, of who guesses this grade of a person whose other columns he knows.',
})
@Inherit()
export class GradeOdds {
  @Field(() => ID, { description: 'A, B or C_OR_D; of C_OR_D at most 500.' })
  grade!: string;

  @Field(() => Int)
  perMille!: number;

  @Field(() => Int, {
    description: 'From this release and an earlier one together, of a person whose grade stayed.',
  })
  joinedPerMille!: number;
}

/** What a frozen release says of itself. Source: DOMAIN 3.6. */
@ObjectType({ description: 'A frozen release of a LOCKED run, and what it says of itself (3.6).' })
@Privacy('COLLECTION')
@Entity({ tableName: 'credit_view_release' })
export class CreditViewRelease {
  @Field(() => ID, { nullable: true })
  @PrimaryKey({ type: 'uuid' })
  releaseId!: string;

  @Field(() => ID, { nullable: true, description: 'Number of the run: 2026H1.' })
  @Property({ type: 'string' })
  runId!: string;

  @Field(() => Day, { nullable: true, description: 'Day that the run is of.' })
  @Property({ type: 'date' })
  onDay!: string;

  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime' })
  frozenAt!: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'Rows that are the same in all columns, at least.',
  })
  @Property({ type: 'integer' })
  k!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Grades among rows that else are the same, at least.',
  })
  @Property({ type: 'integer' })
  l!: number;

  @Field(() => Int, { nullable: true, description: 'A multiple of ten.' })
  @Property({ type: 'integer' })
  rowCount!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Share of the students of the run without a row.',
  })
  @Property({ type: 'integer' })
  droppedPercent!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Share of what the rows said that is not in it.',
  })
  @Property({ type: 'integer' })
  lossPercent!: number;

  @Field(() => [ColumnGeneralisation], { nullable: true })
  @Property({ type: 'json' })
  generalisation!: ColumnGeneralisation[];

  @Field(() => [GradeOdds], { nullable: true })
  @Property({ type: 'json' })
  gradeOdds!: GradeOdds[];
}
