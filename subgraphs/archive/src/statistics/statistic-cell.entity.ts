import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

/** A table of counts, or the shares that are computed of its published cells. */
export enum StatisticMetric {
  GRADE_COUNT = 'GRADE_COUNT',
  GRADE_SHARE = 'GRADE_SHARE',
  DIMENSION_COUNT = 'DIMENSION_COUNT',
  DIMENSION_SHARE = 'DIMENSION_SHARE',
  COMMITMENT_COUNT = 'COMMITMENT_COUNT',
  COMMITMENT_SHARE = 'COMMITMENT_SHARE',
  WARNING_COUNT = 'WARNING_COUNT',
  WARNING_SHARE = 'WARNING_SHARE',
}
registerEnumType(StatisticMetric, {
  name: 'StatisticMetric',
  description: 'Students of a run, counted with noise, or their shares in full percent (3.6).',
});

/** Nothing that lies under a sensitive or third-party group can be grouped by (3.6). */
export enum StatisticGroup {
  COLLEGE = 'COLLEGE',
  MAJOR = 'MAJOR',
}
registerEnumType(StatisticGroup, {
  name: 'StatisticGroup',
  description: 'By what figures are grouped: colleges, or the majors of each college.',
});

export enum Suppression {
  K_ANON_SUPPRESSED = 'K_ANON_SUPPRESSED',
}
registerEnumType(Suppression, {
  name: 'Suppression',
  description: 'Fewer than ten, by the value with its noise (3.6).',
});

@ObjectType({ description: 'What a cell is of: COLLEGE C01, MAJOR M0101, GRADE A.' })
@Inherit()
export class StatisticKey {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

/** One cell of a released table, the same for every caller. Source: DOMAIN 3.6. */
@ObjectType({ description: 'One cell of a released table, the same for every caller (3.6).' })
@Privacy('STATISTICS')
export class StatisticCell {
  @Field(() => StatisticMetric, { nullable: true })
  metric!: StatisticMetric;

  @Field(() => [StatisticKey], {
    nullable: true,
    description:
      'Without its last key (GRADE, BAND, COMMITMENT, WARNING) it is the total of the others; without MAJOR, among majors, of students whose major is not on the list.',
  })
  keys!: StatisticKey[];

  @Field(() => Int, {
    nullable: true,
    description: 'Students, with noise, or full percent. None when the cell is suppressed.',
  })
  value!: number | null;

  @Field(() => Suppression, { nullable: true })
  suppressed!: Suppression | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Half the width of the interval around the value in which the true one lies 19 times in 20, in its unit. None for a share that is suppressed.',
  })
  halfWidth!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'ε that the release of this table spent, in hundredths.',
  })
  epsilon!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'ε that releases of this table may spend within any 12 months, in hundredths.',
  })
  yearlyEpsilon!: number;
}
