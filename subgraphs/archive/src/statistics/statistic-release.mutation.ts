import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { keepRun } from './evaluation-run.js';
import { StatisticRelease } from './statistic-release.entity.js';
import { statisticRelease } from './statistic-release.noun.js';
import { prepared, releasedBy } from './statistic-release.rules.js';
import { writeRelease } from './write-release.js';

@ArgsType()
class PrepareStatisticsArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Number of a LOCKED run: 2026H1.' })
  run!: string;
}

/** Statistics of a run are released by two people, once and for ever. Source: DOMAIN 3.6, INV-02. */
@Resolver(() => StatisticRelease)
export class StatisticReleaseMutation {
  @Changes(
    'statistics.prepare',
    statisticRelease,
    'Propose to release the statistics of a LOCKED run; nothing is computed yet.',
  )
  prepareStatistics(
    @Args(() => PrepareStatisticsArgs) args: PrepareStatisticsArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'statistics.prepare', statisticRelease, args, async ({ follow }) =>
      prepared(args.run, await follow((em) => keepRun(em, args.run))),
    );
  }

  @Changes(
    'statistics.release',
    statisticRelease,
    'Release the statistics of a run, which spends the privacy budget and is never undone.',
  )
  releaseStatistics(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      'statistics.release',
      statisticRelease,
      args,
      async ({ runId }, act) => releasedBy(act, await act.follow((em) => keepRun(em, runId))),
      ({ runId }, { follow }) => follow((em, now) => writeRelease(em, now, runId)),
    );
  }
}
