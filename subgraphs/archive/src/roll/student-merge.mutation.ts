import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { lockStudents } from '../lock-order.js';
import { student } from '../student/student.noun.js';
import { duplicateOf, mergeStudentRows, requirePair } from './merge-students.js';
import { studentMerge } from './roll.noun.js';
import { StudentMerge } from './student-merge.entity.js';
import { requireTwo } from './student-merge.rules.js';

@ArgsType()
class MergeArgs extends ChangeArgs {
  @Field(() => ID, { description: 'The number that holds from then on.' })
  studentNo!: string;

  @Field(() => ID, { description: 'The number that is given up, of the same person.' })
  duplicateNo!: string;
}

/** Two archives of one person become one, and the second number an alias of the first (F-07). */
@Resolver(() => StudentMerge)
export class StudentMergeMutation {
  @Changes('student.merge', studentMerge, 'Propose to merge two archives of one person.')
  mergeStudents(@Args(() => MergeArgs) args: MergeArgs, @Ctx() ctx: Context): Promise<Payload> {
    const { studentNo, duplicateNo } = args;
    // Both are locked before either is looked at, in the order of their numbers.
    const both: typeof student = {
      ...student,
      lockFirst: (em) => lockStudents(em, [studentNo, duplicateNo]),
    };
    return open(
      ctx,
      'student.merge',
      studentMerge,
      { noun: both, id: studentNo },
      args,
      async (_, act) => {
        requireTwo(studentNo, duplicateNo);
        await duplicateOf(ctx, 'student.merge', args);
        await requirePair(args, act);
        return { duplicateNo };
      },
    );
  }

  @Changes(
    'student.approveMerge',
    studentMerge,
    'Approve a merge, as a second person: there is one archive from now on. It is not undone.',
  )
  approveMerge(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      'student.approveMerge',
      studentMerge,
      args,
      async (row, act) => {
        const other = await duplicateOf(ctx, 'student.approveMerge', row);
        return {
          duplicateCollege: other.college,
          duplicateClass: other.classCode,
          duplicateMajor: other.majorCode,
          approvedBy: act.by.subject,
          approvedAt: act.now,
        };
      },
      mergeStudentRows,
    );
  }

  @Changes(
    'student.rejectMerge',
    studentMerge,
    'Refuse a proposed merge, or take back one’s own proposal.',
  )
  rejectMerge(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'student.rejectMerge', studentMerge, args, () => ({}));
  }
}
