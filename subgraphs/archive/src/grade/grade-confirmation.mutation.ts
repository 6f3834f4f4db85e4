import type { Context } from '@chengxin/kit/call/context';
import type { Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { student } from '../student/student.noun.js';
import { GradeConfirmation } from './grade-confirmation.entity.js';
import { gradeConfirmation } from './grade-confirmation.noun.js';
import { confirmedOn } from './grade-confirmation.rules.js';
import { confirmSnapshots, waitingGrade } from './waiting-grade.loader.js';

@ArgsType()
class ConfirmGradeArgs extends ChangeArgs {
  @Field(() => ID)
  studentNo!: string;

  @Field(() => ID, { description: 'Snapshot that waits, as `credit` shows it to who confirms.' })
  snapshotId!: string;
}

/** Grades of C and D are people's to confirm, not the rules' alone (人工确认). Source: L-08, 2.4. */
@Resolver(() => GradeConfirmation)
export class GradeConfirmationMutation {
  @Changes(
    'grade.confirm',
    gradeConfirmation,
    'Confirm a grade of C or D: for the college, then for the school, by another.',
  )
  confirmGrade(
    @Args(() => ConfirmGradeArgs) args: ConfirmGradeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: student, id: args.studentNo };
    return open(
      ctx,
      'grade.confirm',
      gradeConfirmation,
      on,
      args,
      async (_, { by, follow }) =>
        confirmedOn(args.snapshotId, by.role, await follow((em) => waitingGrade(em, args))),
      (_, { follow }) => follow((em) => confirmSnapshots(em, args.snapshotId)),
    );
  }
}
