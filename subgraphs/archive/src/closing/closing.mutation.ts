import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { Archive } from '../life-cycle/archive.entity.js';
import { archive } from '../life-cycle/archive.noun.js';
import { BEFORE_CLOSING, BEFORE_VOIDING, leavingOf, openMatters } from './closing.loader.js';
import { closed, neverCame, started } from './closing.rules.js';

@ArgsType()
class CloseArchiveArgs extends RowArgs {
  @Field(() => String, { description: 'Number of the final report that was issued.' })
  finalReportNo!: string;
}

/** The end of an archive: graduation, leaving, or that nobody came. Source: G10.1, T-05, DOMAIN 2.4. */
@Resolver(() => Archive)
export class ClosingMutation {
  @Changes(
    'archive.startClosing',
    archive,
    'Begin to close the archive of a student who graduates, or who has left.',
  )
  startClosing(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'archive.startClosing', archive, args, async ({ studentNo }) =>
      started(
        await leavingOf(ctx.em, studentNo),
        await openMatters(ctx, studentNo, BEFORE_CLOSING),
      )(),
    );
  }

  @Changes('archive.void', archive, 'Void the archive of somebody who was imported and never came.')
  voidArchive(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'archive.void', archive, args, async ({ studentNo }) =>
      neverCame(await openMatters(ctx, studentNo, BEFORE_VOIDING)),
    );
  }

  @Changes('archive.close', archive, 'Close an archive, as another person: it is read only then.')
  closeArchive(
    @Args(() => CloseArchiveArgs) args: CloseArchiveArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = async (row: Archive, act: Act) => {
      const leaving = await leavingOf(ctx.em, row.studentNo);
      const matters = await openMatters(ctx, row.studentNo, BEFORE_CLOSING);
      return closed(leaving, matters, args.finalReportNo)(row, act);
    };
    return change(ctx, 'archive.close', archive, args, step);
  }
}
