import { randomUUID } from 'node:crypto';
import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload, type Step } from '@chengxin/kit/change/door';
import { openNext, save } from '@chengxin/kit/change/make-row';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { ownFiles } from '../file/file.loader.js';
import { archiveState } from '../life-cycle/archive.loader.js';
import { archive } from '../life-cycle/archive.noun.js';
import { ReviewDecision } from './review-decision.js';
import { reviewDueOn } from './review-due.js';
import { SaveEntryArgs } from './save-entry.args.js';
import { SelfEntry } from './self-entry.entity.js';
import { approvedEdition, nextEdition } from './self-entry.loader.js';
import { selfEntry } from './self-entry.noun.js';
import {
  claimed,
  drafted,
  recalled,
  redrafted,
  requireOpen,
  reviewed,
  revised,
  submitted,
  superseded,
  withdrawnFrom,
} from './self-entry-change.rules.js';

@ArgsType()
class ReviewEntryArgs extends RowArgs {
  @Field(() => ReviewDecision, {
    description: 'REJECT for a false proof; RETURN for all that the student can mend.',
  })
  decision!: ReviewDecision;
}

/** A step, in an archive that is neither frozen nor closed (2.4). */
const inOpenArchive =
  (ctx: Context, step: Step<SelfEntry>): Step<SelfEntry> =>
  async (entry, act) => {
    requireOpen(await archiveState(ctx.em, entry.studentNo));
    return step(entry, act);
  };

/** The version that readers saw until now, once a newer one takes its place (G13.1). */
async function supersede({ em }: Context, { entryId }: SelfEntry, act: Act): Promise<void> {
  const before = await approvedEdition(em, entryId);
  if (before) await act.also(selfEntry, before, superseded, 'entry.supersede');
}

/** What a student says of himself, and its review (自主填报). Source: G7.2d, G7.3, G8.2, G12, G13.1. */
@Resolver(() => SelfEntry)
export class SelfEntryMutation {
  @Changes('entry.save', selfEntry, 'Write an own entry, or the whole of a draft anew.')
  saveEntryDraft(
    @Args(() => SaveEntryArgs) args: SaveEntryArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: archive, id: ctx.identity.studentNo ?? '' };
    const files = () => ownFiles(ctx.em, ctx.identity.subject, args.proofs ?? []);
    return save(ctx, 'entry.save', selfEntry, on, args, {
      made: async (row, act) => drafted(args, randomUUID(), await files())(row, act),
      changed: inOpenArchive(ctx, async (row, act) => redrafted(args, await files())(row, act)),
    });
  }

  @Changes('entry.submit', selfEntry, 'Hand an own draft in for review.')
  submitEntry(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const step = inOpenArchive(ctx, async (entry, act) =>
      submitted(await reviewDueOn(ctx.em, ctx.today))(entry, act),
    );
    return change(ctx, 'entry.submit', selfEntry, args, step);
  }

  @Changes('entry.recall', selfEntry, 'Take an own entry back before anybody has claimed it.')
  recallEntry(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'entry.recall', selfEntry, args, inOpenArchive(ctx, recalled));
  }

  @Changes('entry.revise', selfEntry, 'Begin the next version of an own approved entry.')
  reviseEntry(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const step = inOpenArchive(ctx, async (entry) =>
      revised(await nextEdition(ctx.em, entry.entryId))(entry),
    );
    return openNext(ctx, 'entry.revise', selfEntry, args, step);
  }

  @Changes('entry.claim', selfEntry, 'Take an entry that waits in hand.')
  claimEntry(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'entry.claim', selfEntry, args, inOpenArchive(ctx, claimed));
  }

  @Changes('entry.review', selfEntry, 'Approve an entry, send it back or reject it.')
  reviewEntry(
    @Args(() => ReviewEntryArgs) args: ReviewEntryArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = inOpenArchive(ctx, async (entry, act) => {
      if (args.decision === ReviewDecision.APPROVE) await supersede(ctx, entry, act);
      return reviewed(args)(entry, act);
    });
    return change(ctx, 'entry.review', selfEntry, args, step);
  }

  @Changes('entry.withdraw', selfEntry, 'Withdraw an own approved entry; its version is kept.')
  withdrawEntry(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'entry.withdraw', selfEntry, args, async ({ studentNo }) =>
      withdrawnFrom(await archiveState(ctx.em, studentNo)),
    );
  }
}
