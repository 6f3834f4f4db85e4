import { dayOf } from '@chengxin/kit/clock';
import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Day } from '@chengxin/kit/schema/scalars';
import { Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { studentByNo } from '../student/student.loader.js';
import { CreditReport, CreditReportValidity } from './credit-report.entity.js';
import { creditReportsOf } from './credit-report.loader.js';
import { validityOf } from './report-status.js';

@Resolver(() => CreditReport)
export class CreditReportResolver {
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'Its number, as in the address of its document.',
  })
  reportId(@Root() { id }: CreditReport): string {
    return id;
  }

  @FieldResolver(() => Day, { nullable: true })
  issuedOn(@Root() { issuedAt }: CreditReport): string {
    return dayOf(issuedAt);
  }

  @FieldResolver(() => CreditReportValidity, {
    nullable: true,
    description: 'What whoever verifies it is answered now; nothing before its document is made.',
  })
  async validity(
    @Root() { documentDigest, statusIdx }: CreditReport,
    @Ctx() ctx: Context,
  ): Promise<CreditReportValidity | null> {
    return documentDigest ? validityOf(ctx).load(statusIdx) : null;
  }

  /** Whoever is no student hands nothing over. */
  @Privacy('CREDIT_GRADE')
  @Query(() => [CreditReport], {
    nullable: true,
    description: 'Reports that the caller handed over, the latest first.',
  })
  async myReports(@Ctx() ctx: Context): Promise<CreditReport[]> {
    const { studentNo } = ctx.identity;
    if (studentNo === undefined) return [];
    await studentByNo(ctx).load(studentNo);
    return creditReportsOf(ctx).load(studentNo);
  }
}

@Resolver(() => Student)
export class StudentCreditReportResolver {
  @Privacy('CREDIT_GRADE')
  @FieldResolver(() => [CreditReport], {
    nullable: true,
    description: 'Reports that the student handed over, the latest first.',
  })
  creditReports(@Root() student: Student, @Ctx() ctx: Context): Promise<CreditReport[]> {
    return creditReportsOf(ctx).load(student.studentNo);
  }
}
