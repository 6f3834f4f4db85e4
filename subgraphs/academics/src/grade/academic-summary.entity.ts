import { Fact } from '@chengxin/kit/schema/fact';
import { Also, Privacy } from '@chengxin/kit/schema/guard';
import { Decimal } from '@chengxin/kit/schema/scalars';
import { Entity, Enum, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

export enum RankBand {
  TOP10 = 'TOP10',
  TOP30 = 'TOP30',
  MIDDLE = 'MIDDLE',
  LOW = 'LOW',
}
registerEnumType(RankBand, { name: 'RankBand', description: 'Band of the rank in the major.' });

export enum AcademicWarningLevel {
  NONE = 'NONE',
  YELLOW = 'YELLOW',
  ORANGE = 'ORANGE',
  RED = 'RED',
}
registerEnumType(AcademicWarningLevel, {
  name: 'AcademicWarningLevel',
  description: 'Academic warning (学业预警).',
});

export enum GraduationEligibility {
  NOT_YET = 'NOT_YET',
  ELIGIBLE = 'ELIGIBLE',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
}
registerEnumType(GraduationEligibility, {
  name: 'GraduationEligibility',
  description: 'Whether the student may graduate; NOT_YET before the review.',
});

/** How a student stands academically; one a student. Source: G6.2, DOMAIN 2.2. */
@Entity({ tableName: 'academic_summary' })
@ObjectType({ description: 'How a student stands academically (G6.2); one a student.' })
@Privacy('ACADEMIC_SUMMARY')
export class AcademicSummary extends Fact {
  @Field(() => Decimal, { nullable: true, description: 'Grade point average, 0.00–4.00.' })
  @Property({ type: 'decimal', precision: 3, scale: 2 })
  gpa!: string;

  @Field(() => Decimal, { nullable: true, description: 'Credits earned, to one decimal.' })
  @Property({ type: 'decimal', precision: 5, scale: 1 })
  creditsEarned!: string;

  /** Credits that the study plan requires by now; discloses who is behind. */
  @Property({ type: 'decimal', precision: 5, scale: 1, nullable: true })
  creditsDue?: string;

  @Field(() => RankBand, { nullable: true, description: 'Band of the rank in the major.' })
  @Enum({ items: () => RankBand })
  rankBand!: RankBand;

  @Also('SUPERVISION')
  @Field(() => AcademicWarningLevel, {
    nullable: true,
    description: 'Academic warning (学业预警).',
  })
  @Enum({ items: () => AcademicWarningLevel })
  warningLevel!: AcademicWarningLevel;

  @Field(() => GraduationEligibility, {
    nullable: true,
    description: 'Whether the student may graduate.',
  })
  @Enum({ items: () => GraduationEligibility })
  graduationEligibility!: GraduationEligibility;
}
