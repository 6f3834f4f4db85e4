import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Student } from '../student/student.entity.js';
import { CaseRun, caseRunOf } from './case-run.js';
import { Credit } from './credit.entity.js';
import { creditOfStudent } from './credit.loader.js';
import { CreditSnapshot } from './credit-snapshot.entity.js';
import { openSnapshot, snapshotsOf } from './credit-snapshot.loader.js';

@Resolver(() => Student)
export class StudentCreditResolver {
  @Privacy('IDENTITY')
  @FieldResolver(() => Credit, {
    nullable: true,
    description: 'The credit: always an object, its fields have groups of their own.',
  })
  credit(@Root() student: Student, @Ctx() ctx: Context): Promise<Credit> {
    return creditOfStudent(ctx).load(student.studentNo);
  }

  @Privacy('CREDIT_GRADE')
  @FieldResolver(() => [CreditSnapshot], {
    nullable: true,
    description:
      'What was computed of the student, the latest first; all of it for himself and an audit.',
  })
  creditSnapshots(@Root() student: Student, @Ctx() ctx: Context): Promise<CreditSnapshot[]> {
    return snapshotsOf(ctx).load(student.studentNo);
  }
}

@Resolver(() => CreditSnapshot)
export class CreditSnapshotResolver {
  /** One snapshot of those that `creditSnapshots` of its student shows. */
  @Reads({ id: 'CreditSnapshot.snapshotId' })
  @Privacy('CREDIT_GRADE')
  @Query(() => CreditSnapshot, {
    nullable: true,
    description: 'One snapshot by its number; NOT_FOUND where the caller may not see it.',
  })
  creditSnapshot(@Arg('id', () => ID) id: string, @Ctx() ctx: Context): Promise<CreditSnapshot> {
    return openSnapshot(ctx, id);
  }
}

@Resolver(() => Credit)
export class CreditResolver {
  @FieldResolver(() => CaseRun, {
    nullable: true,
    description:
      'In a case: why nobody in it has a grade, if no run was locked when it opened; the same for all its students.',
  })
  caseRun(@Root() { studentNo }: Credit, @Ctx() ctx: Context): Promise<CaseRun | null> {
    return caseRunOf(ctx, studentNo);
  }
}
