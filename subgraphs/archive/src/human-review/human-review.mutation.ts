import type { Act } from '@chengxin/kit/change/act';
import type { Context } from '@chengxin/kit/call/context';
import { change, type After, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { dueAfterWorkingDays } from '../calendar/working-days.js';
import { followRecords } from '../conduct/follow.js';
import { STUDENT_AFFAIRS } from '../org/own-office.js';
import { student } from '../student/student.noun.js';
import { HumanReview } from './human-review.entity.js';
import { latestSnapshot, reviewedGrade } from './human-review.loader.js';
import { humanReview } from './human-review.noun.js';
import { decided, requested, REVIEW_WORKING_DAYS } from './human-review.rules.js';
import { notifyOf } from './notify-review.js';

@ArgsType()
class RequestHumanReviewArgs extends ChangeArgs {
  @Field(() => ID, { description: 'The student himself.' })
  studentNo!: string;

  @Field(() => ID, { description: 'Snapshot of the grade, as `credit` shows it to the student.' })
  snapshotId!: string;

  @Field(() => String, { description: 'Why the grade is not accepted, in the own words.' })
  grounds!: string;
}

@ArgsType()
class DecideHumanReviewArgs extends RowArgs {
  @Field(() => Boolean, {
    description:
      'True, and the grade stands; false, and it is computed anew of the records as they are.',
  })
  upheld!: boolean;
}

/** Computed by the rules, as after each event: nobody sets a grade. */
const computedAnew = ({ follow }: Act, studentNo: string): Promise<string> =>
  follow(async (em, now) => {
    await followRecords(em, now, [studentNo]);
    return latestSnapshot(em, studentNo);
  });

/** The student is notified that his request came in, and of what was decided. */
const notify: After<HumanReview> = (row, { follow }) =>
  follow((em, now) => notifyOf(em, now, row, STUDENT_AFFAIRS));

/** A grade that rules alone came to is looked at by a person (人工复核). Source: L-08, DOMAIN 3.6. */
@Resolver(() => HumanReview)
export class HumanReviewMutation {
  @Changes(
    'humanReview.request',
    humanReview,
    'Have a person review the own grade, within 10 working days; until then a C or D has no effect.',
  )
  requestHumanReview(
    @Args(() => RequestHumanReviewArgs) args: RequestHumanReviewArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: student, id: args.studentNo };
    return open(
      ctx,
      'humanReview.request',
      humanReview,
      on,
      args,
      async (_, act) => {
        const dueOn = await dueAfterWorkingDays(ctx.em, act.today, REVIEW_WORKING_DAYS);
        return requested(args, await act.follow((em) => reviewedGrade(em, args)), dueOn, act);
      },
      notify,
    );
  }

  @Changes(
    'humanReview.decide',
    humanReview,
    'Decide on a review: the grade stands, or is computed anew; not by one who confirmed it.',
  )
  decideHumanReview(
    @Args(() => DecideHumanReviewArgs) args: DecideHumanReviewArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(
      ctx,
      'humanReview.decide',
      humanReview,
      args,
      async ({ studentNo }, act) =>
        decided(args, args.upheld ? undefined : await computedAnew(act, studentNo), act),
      notify,
    );
  }
}
