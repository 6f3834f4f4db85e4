import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { orderReads, Reads } from '@chengxin/kit/schema/reads';
import { equalClauses, rosterClauses, RosterFilter } from '@chengxin/kit/read/roster';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  InputType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from 'type-graphql';
import { Student } from '../student.stub.js';
import { AcademicSummary, GraduationEligibility, RankBand } from './academic-summary.entity.js';
import { creditsBand, gpaBand } from './academic-summary.rules.js';

const AcademicSummaryConnection = connectionOf('AcademicSummary', () => AcademicSummary);

enum AcademicSummaryOrder {
  GPA = 'GPA',
  STUDENT = 'STUDENT',
}
registerEnumType(AcademicSummaryOrder, {
  name: 'AcademicSummaryOrder',
  description: 'Order of a list of summaries: the best average first, or by class and student.',
});
const ORDERS = {
  [AcademicSummaryOrder.GPA]: [
    ['gpa', 'desc'],
    ['id', 'asc'],
  ],
  [AcademicSummaryOrder.STUDENT]: [
    ['roster.classCode', 'asc'],
    ['studentNo', 'asc'],
  ],
} as const;

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

@Resolver(() => AcademicSummary)
export class AcademicSummaryResolver {
  @Reads({ order: orderReads('AcademicSummary', ORDERS) })
  @Privacy('ACADEMIC_SUMMARY', { own: true })
  @Query(() => AcademicSummaryConnection, {
    nullable: true,
    description: 'Academic summaries, for academic affairs alone (G6.2).',
  })
  academicSummaries(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => AcademicSummaryFilter, { nullable: true })
    filter: AcademicSummaryFilter | undefined,
    @Arg('order', () => AcademicSummaryOrder, { defaultValue: AcademicSummaryOrder.GPA })
    order: AcademicSummaryOrder,
    @Ctx() ctx: Context,
  ): Promise<Connection<AcademicSummary>> {
    const where = [
      ...rosterClauses(filter?.student),
      ...equalClauses(filter, ['rankBand', 'graduationEligibility']),
    ];
    const name = 'academicSummaries';
    return page(ctx, { name, entity: AcademicSummary, where, filter, order: ORDERS[order] }, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Band of the average: 3.50-4.00, 3.00-3.49, 2.00-2.99, 0.00-1.99.',
  })
  gpaMasked(@Root() summary: AcademicSummary): string {
    return gpaBand(summary.gpa);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'ON_TRACK or BEHIND what the study plan asks for; null where no plan is known.',
  })
  creditsEarnedMasked(@Root() summary: AcademicSummary): string | null {
    return creditsBand(summary.creditsEarned, summary.creditsDue);
  }

  @FieldResolver(() => Student, { nullable: true, description: 'Whose summary it is.' })
  student(@Root() summary: AcademicSummary): Student {
    return { studentNo: summary.studentNo };
  }
}
