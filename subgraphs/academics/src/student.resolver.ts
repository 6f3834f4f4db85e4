import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { shownTo } from '@chengxin/kit/privacy/verdict';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { asFlag } from './conduct/conduct.rules.js';
import { ExamViolation } from './conduct/exam-violation.entity.js';
import { examViolationsOf } from './conduct/exam-violation.loader.js';
import { MisconductCase } from './conduct/misconduct-case.entity.js';
import { misconductCasesOf } from './conduct/misconduct-case.loader.js';
import { AcademicSummary } from './grade/academic-summary.entity.js';
import { summariesOf } from './grade/academic-summary.loader.js';
import { CourseGrade } from './grade/course-grade.entity.js';
import { gradesOf } from './grade/course-grade.loader.js';
import { Graduation } from './graduation/graduation.entity.js';
import { graduationsOf } from './graduation/graduation.loader.js';
import { ResearchActivityRecord } from './research/research-activity-record.entity.js';
import { ResearchProject } from './research/research-project.entity.js';
import { activityRecordsOf, projectsOf } from './research/research.loader.js';
import { Student } from './student.stub.js';

/** What academic affairs knows of a student. */
@Resolver(() => Student)
export class StudentResolver {
  @Privacy('GRADES')
  @FieldResolver(() => [CourseGrade], {
    nullable: true,
    description: 'Course grades, the latest term first (G6.2).',
  })
  grades(@Root() student: Student, @Ctx() ctx: Context): Promise<CourseGrade[]> {
    return gradesOf(ctx).load(student.studentNo);
  }

  @Privacy('ACADEMIC_SUMMARY')
  @FieldResolver(() => AcademicSummary, {
    nullable: true,
    description: 'How the student stands academically; null when nothing was reported (G6.2).',
  })
  async academicSummary(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<AcademicSummary | null> {
    const [summary] = await summariesOf(ctx).load(student.studentNo);
    return summary ?? null;
  }

  @Privacy('ACADEMIC_SUMMARY')
  @FieldResolver(() => Graduation, {
    nullable: true,
    description: 'How and when the student ends his studies; null as long as it is not settled.',
  })
  async graduation(@Root() student: Student, @Ctx() ctx: Context): Promise<Graduation | null> {
    const [graduation] = await graduationsOf(ctx).load(student.studentNo);
    return graduation ?? null;
  }

  @Privacy('ACADEMIC_MISCONDUCT')
  @FieldResolver(() => [ExamViolation], {
    nullable: true,
    description: 'Exam violations that the caller may see, the latest first (G8.3).',
  })
  async examViolations(@Root() student: Student, @Ctx() ctx: Context): Promise<ExamViolation[]> {
    const rows = await examViolationsOf(ctx).load(student.studentNo);
    const { role } = ctx.identity;
    return asFlag(rows, shownTo(role, 'ACADEMIC_MISCONDUCT', 'ExamViolation', 'indicatorCode'));
  }

  @Privacy('ACADEMIC_MISCONDUCT')
  @FieldResolver(() => [MisconductCase], {
    nullable: true,
    description: 'Cases of academic misconduct that the caller may see, the latest first (Z5.4.4).',
  })
  async misconductCases(@Root() student: Student, @Ctx() ctx: Context): Promise<MisconductCase[]> {
    const rows = await misconductCasesOf(ctx).load(student.studentNo);
    const { role } = ctx.identity;
    return asFlag(rows, shownTo(role, 'ACADEMIC_MISCONDUCT', 'MisconductCase', 'stage'));
  }

  @Privacy('RESEARCH_RECORDS')
  @FieldResolver(() => [ResearchProject], {
    nullable: true,
    description: 'Research projects in which the student is a member (Z5.4).',
  })
  researchProjects(@Root() student: Student, @Ctx() ctx: Context): Promise<ResearchProject[]> {
    return projectsOf(ctx).load(student.studentNo);
  }

  @Privacy('RESEARCH_RECORDS')
  @FieldResolver(() => [ResearchActivityRecord], {
    nullable: true,
    description: "Activity records of the student's projects, the latest first (Z5.4.2).",
  })
  researchRecords(
    @Root() student: Student,
    @Ctx() ctx: Context,
  ): Promise<ResearchActivityRecord[]> {
    return activityRecordsOf(ctx).load(student.studentNo);
  }
}
