import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { decideStudent } from '../student/student.loader.js';
import { student } from '../student/student.noun.js';
import { isNumberTaken, renumberStudentRows } from './renumber-student.js';
import { studentRenumbering } from './roll.noun.js';
import { StudentRenumbering } from './student-renumbering.entity.js';
import { proposedNumber, requireFree } from './student-renumbering.rules.js';

@ArgsType()
class RenumberArgs extends ChangeArgs {
  @Field(() => ID, { description: 'The number that the student has.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Ten digits that are and were nobody’s number.' })
  newNo!: string;
}

/** The number of a student may change; the old one stays his for ever (F-07). */
@Resolver(() => StudentRenumbering)
export class StudentRenumberingMutation {
  @Changes('student.renumber', studentRenumbering, 'Propose a new number for a student.')
  renumberStudent(
    @Args(() => RenumberArgs) args: RenumberArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { studentNo, newNo } = args;
    const on = { noun: student, id: studentNo };
    return open(ctx, 'student.renumber', studentRenumbering, on, args, async (row, { follow }) =>
      proposedNumber(row, newNo, await follow((em) => isNumberTaken(em, newNo))),
    );
  }

  @Changes(
    'student.approveRenumbering',
    studentRenumbering,
    'Approve a new number, as a second person: it holds from now on.',
  )
  approveRenumbering(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      'student.approveRenumbering',
      studentRenumbering,
      args,
      async ({ newNo }, { by, now, follow }) => {
        requireFree(await follow((em) => isNumberTaken(em, newNo)));
        return { approvedBy: by.subject, approvedAt: now };
      },
      async (row, act) => {
        await renumberStudentRows(row, act, ctx.keyring);
        // Whoever saw him by the old number is decided on by the new one.
        await decideStudent(ctx, row.newNo, ['IDENTITY']);
      },
    );
  }

  @Changes(
    'student.rejectRenumbering',
    studentRenumbering,
    'Refuse a proposed number, or take back one’s own proposal.',
  )
  rejectRenumbering(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'student.rejectRenumbering', studentRenumbering, args, () => ({}));
  }
}
