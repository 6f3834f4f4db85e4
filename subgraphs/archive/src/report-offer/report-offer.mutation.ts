import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { ReportOffer } from './report-offer.entity.js';
import { graduating, notifyGraduating } from './report-offer.loader.js';
import { reportOffer } from './report-offer.noun.js';
import { preparedOffer, sentOffer } from './report-offer.rules.js';

@ArgsType()
class PrepareReportOfferArgs extends ChangeArgs {
  @Field(() => Day, { description: 'Day of a graduation list that is published.' })
  graduationOn!: string;

  @Field(() => ID, { nullable: true, description: 'A class; everybody of that day when left out.' })
  classCode?: string;
}

/** Reports for a graduating class: offered by two people, issued by each student himself. */
@Resolver(() => ReportOffer)
export class ReportOfferMutation {
  @Changes(
    'reportOffer.prepare',
    reportOffer,
    'Propose to offer those who graduate on a day a report that they may hand over.',
  )
  prepareReportOffer(
    @Args(() => PrepareReportOfferArgs) args: PrepareReportOfferArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { graduationOn, classCode } = args;
    const of = { graduationOn, ...(classCode !== undefined && { classCode }) };
    return make(ctx, 'reportOffer.prepare', reportOffer, args, async ({ follow }) =>
      preparedOffer(of, (await follow((em) => graduating(em, of))).length),
    );
  }

  @Changes(
    'reportOffer.send',
    reportOffer,
    'Notify those who graduate, as a second person; each issues his own report, or none.',
  )
  sendReportOffer(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const step = async (row: ReportOffer, act: Act) => {
      const studentNos = await act.follow((em) => graduating(em, row));
      const changes = sentOffer(studentNos.length, act);
      await act.follow((em, now) => notifyGraduating(em, now, row, studentNos));
      return changes;
    };
    return change(ctx, 'reportOffer.send', reportOffer, args, step);
  }
}
