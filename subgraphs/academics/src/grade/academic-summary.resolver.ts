import { orderedOwnList } from '@chengxin/kit/read/own-list';
import { Reads } from '@chengxin/kit/schema/reads';
import { RosterFilter } from '@chengxin/kit/read/roster';
import { Field, FieldResolver, InputType, Resolver, Root } from 'type-graphql';
import { Student } from '../student.stub.js';
import { AcademicSummary, GraduationEligibility, RankBand } from './academic-summary.entity.js';
import { creditsBand, gpaBand } from './academic-summary.rules.js';

@InputType()
class AcademicSummaryFilter {
  @Field(() => RosterFilter, { nullable: true })
  student?: RosterFilter;

  @Reads('AcademicSummary.rankBand')
  @Field(() => RankBand, { nullable: true })
  rankBand?: RankBand;

  @Reads('AcademicSummary.graduationEligibility')
  @Field(() => GraduationEligibility, { nullable: true })
  graduationEligibility?: GraduationEligibility;
}

export const AcademicSummaryList = orderedOwnList({
  name: 'academicSummaries',
  noun: 'AcademicSummary',
  entity: AcademicSummary,
  group: 'ACADEMIC_SUMMARY',
  description: 'Academic summaries, for academic affairs alone (G6.2).',
  filter: AcademicSummaryFilter,
  equal: ['rankBand', 'graduationEligibility'],
  orderDescription:
    'Order of a list of summaries: the best average first, or by class and student.',
  orders: {
    GPA: [
      ['gpa', 'desc'],
      ['id', 'asc'],
    ],
    STUDENT: [
      ['roster.classCode', 'asc'],
      ['studentNo', 'asc'],
    ],
  },
});

@Resolver(() => AcademicSummary)
export class AcademicSummaryResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Band of the average: 3.50-4.00, 3.00-3.49, 2.00-2.99, 0.00-1.99.',
  })
  gpaMasked(@Root() summary: AcademicSummary): string {
    return gpaBand(summary.gpa);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'ON_TRACK or BEHIND what the study plan requires; null where no plan is known.',
  })
  creditsEarnedMasked(@Root() summary: AcademicSummary): string | null {
    return creditsBand(summary.creditsEarned, summary.creditsDue);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose summary it is.' })
  student(@Root() summary: AcademicSummary): Student {
    return { studentNo: summary.studentNo };
  }
}
