import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { equalClauses } from '@chengxin/kit/read/roster';
import { predicateClauses } from '@chengxin/kit/read/rows';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { FormerName } from './former-name.entity.js';
import { formerNamesOf, mergesOf, renumberingsOf, transfersOfStudent } from './roll.loader.js';
import { schoolAlone } from './roll.predicates.js';
import { StudentMerge, StudentMergeState } from './student-merge.entity.js';
import { StudentRenumbering, StudentRenumberingState } from './student-renumbering.entity.js';
import { StudentTransfer } from './student-transfer.entity.js';
import { pageOfStudents } from '../student/page-of-students.js';

const StudentRenumberingConnection = connectionOf('StudentRenumbering', () => StudentRenumbering);
const StudentMergeConnection = connectionOf('StudentMerge', () => StudentMerge);
const LATEST_FIRST = [
  ['recordedAt', 'desc'],
  ['id', 'asc'],
] as const;

@Resolver(() => StudentRenumbering)
export class StudentRenumberingResolver {
  @Reads({ state: 'StudentRenumbering.state' })
  @Privacy(['ADMINISTRATION', 'IDENTITY'])
  @Query(() => StudentRenumberingConnection, {
    nullable: true,
    description: 'Changes of student numbers in the scope of the caller, the latest first (F-07).',
  })
  studentRenumberings(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('state', () => StudentRenumberingState, { nullable: true })
    state: StudentRenumberingState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<StudentRenumbering>> {
    const where = [
      ...predicateClauses(ctx, 'ADMINISTRATION', schoolAlone<StudentRenumbering>()),
      ...equalClauses({ state }, ['state']),
    ];
    const list = {
      name: 'studentRenumberings',
      entity: StudentRenumbering,
      where,
      filter: state,
      order: LATEST_FIRST,
    };
    return pageOfStudents<StudentRenumbering>(ctx, list, args);
  }
}

@Resolver(() => StudentMerge)
export class StudentMergeResolver {
  @Reads({ state: 'StudentMerge.state' })
  @Privacy(['ADMINISTRATION', 'IDENTITY'])
  @Query(() => StudentMergeConnection, {
    nullable: true,
    description: 'Merges of two archives in the scope of the caller, the latest first (F-07).',
  })
  studentMerges(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('state', () => StudentMergeState, { nullable: true })
    state: StudentMergeState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<StudentMerge>> {
    const where = [
      ...predicateClauses(ctx, 'ADMINISTRATION', schoolAlone<StudentMerge>()),
      ...equalClauses({ state }, ['state']),
    ];
    const list = {
      name: 'studentMerges',
      entity: StudentMerge,
      where,
      filter: state,
      order: LATEST_FIRST,
    };
    return pageOfStudents<StudentMerge>(ctx, list, args);
  }
}

/** How a student was called and where he belonged before. */
@Resolver(() => Student)
export class StudentRollResolver {
  @Privacy(['IDENTITY', 'SUBJECT_REQUESTS'])
  @FieldResolver(() => [FormerName], {
    nullable: true,
    description: 'Names that the student had before, the latest first.',
  })
  formerNames(@Root() { studentNo }: Student, @Ctx() ctx: Context): Promise<FormerName[]> {
    return formerNamesOf(ctx).load(studentNo);
  }

  @Privacy(['ADMINISTRATION', 'IDENTITY'])
  @FieldResolver(() => [StudentTransfer], {
    nullable: true,
    description: 'Changes of college, the latest first.',
  })
  transfers(@Root() { studentNo }: Student, @Ctx() ctx: Context): Promise<StudentTransfer[]> {
    return transfersOfStudent(ctx).load(studentNo);
  }

  @Privacy(['ADMINISTRATION', 'IDENTITY'])
  @FieldResolver(() => [StudentRenumbering], {
    nullable: true,
    description:
      'Changes of the number that were proposed, the latest first; the state says which were approved.',
  })
  renumberings(@Root() { studentNo }: Student, @Ctx() ctx: Context): Promise<StudentRenumbering[]> {
    return renumberingsOf(ctx).load(studentNo);
  }

  @Privacy(['ADMINISTRATION', 'IDENTITY'])
  @FieldResolver(() => [StudentMerge], {
    nullable: true,
    description:
      'Merges with another archive that were proposed, the latest first; the state says which were approved.',
  })
  merges(@Root() { studentNo }: Student, @Ctx() ctx: Context): Promise<StudentMerge[]> {
    return mergesOf(ctx).load(studentNo);
  }
}
