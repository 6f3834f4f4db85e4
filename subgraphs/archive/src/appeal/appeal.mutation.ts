import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { invalid } from '@chengxin/kit/change/errors';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { conductRecord } from '../conduct/conduct-record.noun.js';
import { followRecords } from '../conduct/follow.js';
import { followRevocation } from '../conduct/follow-revocation.js';
import { archive } from '../life-cycle/archive.noun.js';
import {
  accepted,
  answered,
  backToInquiry,
  confirmed,
  corrects,
  decidedAs,
  escalated,
  filedAgainstProfile,
  filedAgainstRecord,
  inHand,
  routed,
  unchanged,
} from './appeal-change.rules.js';
import { AppealKind, AppealOutcome, AppealState } from './appeal-state.js';
import { Appeal } from './appeal.entity.js';
import { appeal } from './appeal.noun.js';
import { correctItem } from './correct-item.js';
import { providerOf } from './provider-appeals.js';

@ArgsType()
class FileAppealArgs extends ChangeArgs {
  @Field(() => AppealKind, { description: 'RECORD or PROFILE.' })
  kind!: AppealKind;

  @Field(() => ID, { description: 'Number of the record, or name of the item of the profile.' })
  target!: string;

  @Field(() => String)
  grounds!: string;

  @Field(() => AppealOutcome, { description: 'MODIFY or REVOKE.' })
  requestedOutcome!: AppealOutcome;
}

@ArgsType()
class DecideAppealArgs extends RowArgs {
  @Field(() => AppealOutcome)
  outcome!: AppealOutcome;

  @Field(() => String, { description: 'Why it is decided so; the student reads it.' })
  decisionText!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What an item of the profile is from then on, as a cell of the student file has it; for MODIFY of a PROFILE appeal alone.',
  })
  corrected?: string;
}

@ArgsType()
class AnswerAppealArgs extends RowArgs {
  @Field(() => String, { description: 'What the office says to it; the parties read it.' })
  answer!: string;
}

/** Mark the record that an appeal is against as disputed, or not any more; the credit follows. */
async function dispute(
  { recordId, studentNo }: Appeal,
  act: Act,
  disputed: boolean,
): Promise<void> {
  if (!recordId) return;
  await act.also(conductRecord, recordId, () => ({ disputed }));
  await act.follow((em, now) => followRecords(em, now, [studentNo]));
}

/** An objection to what the archive says (申诉). Source: G14, DOMAIN 2.4. */
@Resolver(() => Appeal)
export class AppealMutation {
  @Changes('appeal.file', appeal, 'Object to an own record or item of the profile (申诉).')
  fileAppeal(
    @Args(() => FileAppealArgs) args: FileAppealArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { kind, target } = args;
    if (kind === AppealKind.RECORD) {
      const on = { noun: conductRecord, id: target };
      return open(ctx, 'appeal.file', appeal, on, args, async (record, act) => {
        const provider = await act.follow((em) => providerOf(em, record.id));
        return filedAgainstRecord(args, provider)(record, act);
      });
    }
    const on = { noun: archive, id: ctx.identity.studentNo ?? '' };
    return open(ctx, 'appeal.file', appeal, on, args, (row, act) => {
      if (kind !== AppealKind.PROFILE)
        throw invalid('kind', '请选择 RECORD 或 PROFILE。 RECORD or PROFILE.');
      return filedAgainstProfile(args, target)(row, act);
    });
  }

  @Changes('appeal.accept', appeal, 'Accept an appeal; its target is disputed from then on.')
  acceptAppeal(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.accept', appeal, args, async (row, act) => {
      await dispute(row, act, true);
      return accepted(row, act);
    });
  }

  @Changes('appeal.decline', appeal, 'Do not accept an appeal, with a reason.')
  declineAppeal(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.decline', appeal, args, unchanged);
  }

  @Changes('appeal.claim', appeal, 'Take an accepted appeal in hand.')
  claimAppeal(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.claim', appeal, args, inHand);
  }

  @Changes('appeal.route', appeal, 'Hand an appeal to the office that owns the fact.')
  routeAppeal(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.route', appeal, args, routed);
  }

  @Changes('appeal.answer', appeal, 'Say to an appeal what the office that owns the fact knows.')
  answerAppeal(
    @Args(() => AnswerAppealArgs) args: AnswerAppealArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'appeal.answer', appeal, args, answered(args.answer));
  }

  @Changes(
    'appeal.decide',
    appeal,
    'Decide an appeal, which corrects an item of the profile; to revoke waits for a second person.',
  )
  decideAppeal(
    @Args(() => DecideAppealArgs) args: DecideAppealArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'appeal.decide', appeal, args, async (row, act) => {
      const changes = decidedAs(args)(row, act);
      if (changes.state === AppealState.DECIDED) await dispute(row, act, false);
      if (!corrects(row, args)) return changes;
      const images = await correctItem(row, args.corrected ?? '', act, ctx.keyring);
      return { ...changes, ...images };
    });
  }

  @Changes(
    'appeal.confirmRevocation',
    appeal,
    'Confirm, as the second person, that a record is revoked.',
  )
  confirmRevocation(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.confirmRevocation', appeal, args, async (row, act) => {
      const { recordId, studentNo } = row;
      const over = () => ({ disputed: false });
      if (recordId) {
        await act.also(conductRecord, recordId, over, 'conduct.revoke');
        await followRevocation(act, [recordId]);
      }
      await act.follow((em, now) => followRecords(em, now, [studentNo]));
      return confirmed(row, act);
    });
  }

  @Changes('appeal.declineRevocation', appeal, 'Do not confirm a revocation: back to the inquiry.')
  declineRevocation(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.declineRevocation', appeal, args, backToInquiry);
  }

  @Changes('appeal.escalate', appeal, 'Have a rejected appeal reviewed further, once.')
  escalateAppeal(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.escalate', appeal, args, async (row, act) => {
      const changes = escalated(row, act);
      await dispute(row, act, true);
      return changes;
    });
  }

  @Changes('appeal.withdraw', appeal, 'Take an own appeal back.')
  withdrawAppeal(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'appeal.withdraw', appeal, args, async (row, act) => {
      await dispute(row, act, false);
      return unchanged();
    });
  }
}
