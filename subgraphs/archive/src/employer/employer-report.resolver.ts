import { dayOf } from '@chengxin/kit/clock';
import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { EmployerReport } from './employer-report.entity.js';
import { hasNewerRun } from './newer-run.loader.js';
import { openReport } from './open-report.loader.js';

@Resolver(() => EmployerReport)
export class EmployerReportResolver {
  /** The released report; the token travels in `x-report-token` alone. */
  @Privacy('CONSENTS')
  @Query(() => EmployerReport, {
    nullable: true,
    description: 'The report that the token of the request opens; each request is one view.',
  })
  async employerReport(@Ctx() ctx: Context): Promise<EmployerReport> {
    const report = await openReport(ctx);
    if (!report) throw fault('TOKEN_EXPIRED');
    // The decision comes with the student: the report's own fields stand under it too.
    await studentByNo(ctx).load(report.studentNo);
    return {
      studentNo: report.studentNo,
      watermark: report.watermark,
      issuedOn: dayOf(report.issuedAt),
      validUntil: report.until,
      newerReportExists: await hasNewerRun(ctx, report),
    };
  }

  @Privacy('IDENTITY')
  @FieldResolver(() => Student, {
    nullable: true,
    description: 'The student; the groups of the template are read through it.',
  })
  student(@Root() report: EmployerReport, @Ctx() ctx: Context): Promise<Student> {
    return studentByNo(ctx).load(report.studentNo);
  }
}
