import type { Context } from '@chengxin/kit/call/context';
import type { Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { student } from '../student/student.noun.js';
import { studentTransfer } from './roll.noun.js';
import { StudentTransfer } from './student-transfer.entity.js';
import { transferred } from './student-transfer.rules.js';
import { followTransfer, requirePlace } from './transfer-student.js';

@ArgsType()
class TransferStudentArgs extends ChangeArgs {
  @Field(() => ID)
  studentNo!: string;

  @Field(() => ID, { description: 'Code of the new college.' })
  college!: string;

  @Field(() => ID, { description: 'Code of the new class, which is one of that college.' })
  classCode!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Code of the new major, taught by that college; without it, the same.',
  })
  majorCode?: string;
}

/** Students change college in the middle of a term: at once, with a reason (G19.1). */
@Resolver(() => StudentTransfer)
export class StudentTransferMutation {
  @Changes(
    'student.transfer',
    studentTransfer,
    'Transfer a student to another college, from now on.',
  )
  transferStudent(
    @Args(() => TransferStudentArgs) args: TransferStudentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: student, id: args.studentNo };
    return open(
      ctx,
      'student.transfer',
      studentTransfer,
      on,
      args,
      async (row, act) => {
        const transfer = transferred(row, args);
        await requirePlace(transfer, act);
        return transfer;
      },
      followTransfer,
    );
  }
}
