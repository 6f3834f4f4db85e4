import { Inherit, Privacy } from '@chengxin/kit/schema/guard';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum StatisticMetric {
  GRADE_COUNT = 'GRADE_COUNT',
  GRADE_SHARE = 'GRADE_SHARE',
}
registerEnumType(StatisticMetric, {
  name: 'StatisticMetric',
  description: 'Students by grade, or the share of each grade in full percent.',
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
  description: 'Too few persons, or they could be computed from this cell and others (3.6).',
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
    description: 'Without a GRADE it is the total of the others.',
  })
  keys!: StatisticKey[];

  @Field(() => Int, { nullable: true, description: 'None when the cell is suppressed.' })
  value!: number | null;

  @Field(() => Suppression, { nullable: true })
  suppressed!: Suppression | null;
}
