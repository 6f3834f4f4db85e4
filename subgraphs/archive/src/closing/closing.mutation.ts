import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { Archive } from '../life-cycle/archive.entity.js';
import { endingArchive } from './closing.noun.js';
import { closed, stateOfArchive } from './closing.rules.js';

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
    endingArchive,
    'Begin to close the archive of a student who graduates, or who has left.',
  )
  startClosing(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'archive.startClosing', endingArchive, args, stateOfArchive);
  }

  @Changes(
    'archive.void',
    endingArchive,
    'Void the archive of somebody who was imported and never came.',
  )
  voidArchive(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'archive.void', endingArchive, args, stateOfArchive);
  }

  @Changes(
    'archive.close',
    endingArchive,
    'Close an archive, as another person: it is read only then.',
  )
  closeArchive(
    @Args(() => CloseArchiveArgs) args: CloseArchiveArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'archive.close', endingArchive, args, closed(args.finalReportNo));
  }
}
