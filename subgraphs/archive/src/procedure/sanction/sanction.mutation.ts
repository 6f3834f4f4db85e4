import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Int, Resolver } from 'type-graphql';
import { appealDayAfter } from '../../calendar/appeal-days.js';
import { conductRecord } from '../../conduct/conduct-record.noun.js';
import { SanctionType } from '../sanction-state.js';
import { Sanction } from '../sanction.entity.js';
import { notifyOfSanction, statementDay } from './notify-sanction.js';
import { sanctionBasis } from './sanction-basis.loader.js';
import {
  checkCount,
  DAYS_TO_APPEAL,
  draftedSanction,
  heardStudent,
  liftedSanction,
  noticeGiven,
  servedSanction,
  stateOfSanction,
} from './sanction-change.rules.js';
import { decidedSanction } from './sanction-decision.rules.js';
import { endRecords, linkRecords, requireFree, visibleRecords } from './sanction-records.js';
import { sanction } from './sanction.noun.js';

@ArgsType()
class DraftSanctionArgs extends ChangeArgs {
  @Field(() => [ID], { description: 'Numbers of the records that it rests on, of one student.' })
  recordIds!: string[];

  @Field(() => SanctionType, { description: 'Nothing graver is decided than what is drafted.' })
  type!: SanctionType;
}

@ArgsType()
class HearingArgs extends RowArgs {
  @Field(() => Day, {
    nullable: true,
    description: 'Day on which the student stated his view; else that of his answer to the notice.',
  })
  statementOn?: string;

  @Field(() => String, { nullable: true, description: 'Number of the minutes of the hearing.' })
  minutesDocNo?: string;
}

@ArgsType()
class DecideSanctionArgs extends RowArgs {
  @Field(() => SanctionType, { nullable: true, description: 'A milder one than was drafted.' })
  type?: SanctionType;

  @Field(() => String, { description: 'Number of the decision.' })
  docNo!: string;

  @Field(() => Day, { nullable: true, description: 'Day of the decision; today.' })
  decidedOn?: string;

  @Field(() => Int, { nullable: true, description: '6 to 12; none of an expulsion (INV-15).' })
  termMonths?: number;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the measure list; needed once the school has one.',
  })
  measureListItem?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Resolution of a meeting that was held; needed for an expulsion, and for it alone.',
  })
  resolutionNo?: string;
}

/** Sanctions, from the draft to what ends them (处分). Source: L-02, L-03, L-06, L-07, L-16, 2.4. */
@Resolver(() => Sanction)
export class SanctionMutation {
  @Changes('sanction.draft', sanction, 'Draft a sanction on records that count and are undisputed.')
  draftSanction(
    @Args(() => DraftSanctionArgs) args: DraftSanctionArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const [id = '', ...others] = new Set(args.recordIds);
    const on = { noun: conductRecord, id };
    return open(ctx, 'sanction.draft', sanction, on, args, async (record, act) => {
      checkCount(args.recordIds);
      const records = [record, ...(await visibleRecords(ctx, others))] as const;
      const recordIds = records.map((one) => one.id);
      await requireFree({ studentNo: record.studentNo, recordIds }, act);
      return draftedSanction(args.type, [...records]);
    });
  }

  @Changes(
    'sanction.withdrawDraft',
    sanction,
    'Withdraw a draft before the student is notified: by who drafted it, or by the school.',
  )
  withdrawSanctionDraft(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'sanction.withdrawDraft', sanction, args, stateOfSanction);
  }

  @Changes(
    'sanction.giveNotice',
    sanction,
    'Notify the student of facts, reasons and basis; the records name the sanction from then on.',
  )
  giveSanctionNotice(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      'sanction.giveNotice',
      sanction,
      args,
      async (row, act) => {
        await linkRecords(row, act);
        return noticeGiven(row, act);
      },
      notifyOfSanction('SANCTION'),
    );
  }

  @Changes('sanction.hear', sanction, 'Record that the student was heard, or let the time pass.')
  recordHearing(@Args(() => HearingArgs) args: HearingArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'sanction.hear', sanction, args, async (row, act) =>
      heardStudent(args, await statementDay(row, act))(row, act),
    );
  }

  @Changes(
    'sanction.dismiss',
    sanction,
    'Dismiss what the student was notified of; its records stay.',
  )
  dismissSanction(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const notify = notifyOfSanction('SANCTION_DISMISSED');
    return change(ctx, 'sanction.dismiss', sanction, args, stateOfSanction, notify);
  }

  @Changes('sanction.decide', sanction, 'Decide on a sanction, as the second person.')
  decideSanction(
    @Args(() => DecideSanctionArgs) args: DecideSanctionArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'sanction.decide', sanction, args, async (row, act) =>
      decidedSanction(args, await sanctionBasis(args.resolutionNo, act))(row, act),
    );
  }

  @Changes(
    'sanction.serve',
    sanction,
    'Serve the decision today: the time to appeal and the term begin.',
  )
  serveSanction(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      'sanction.serve',
      sanction,
      args,
      async (row, act) =>
        servedSanction(await appealDayAfter(ctx, act.today, DAYS_TO_APPEAL))(row, act),
      notifyOfSanction('SANCTION_SERVED'),
    );
  }

  @Changes('sanction.lift', sanction, 'Lift a sanction whose term is over, with its records.')
  liftSanction(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'sanction.lift', sanction, args, liftedSanction, async (row, act) => {
      await endRecords(row, 'conduct.lift', act);
      await notifyOfSanction('SANCTION_LIFTED')(row, act);
    });
  }

  @Changes(
    'sanction.annul',
    sanction,
    'Annul a decision that is not in force, as the second person; its records stay.',
  )
  annulSanction(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    const notify = notifyOfSanction('SANCTION_ANNULLED');
    return change(ctx, 'sanction.annul', sanction, args, stateOfSanction, notify);
  }
  @Changes(
    'sanction.annulUnfounded',
    sanction,
    'Annul a decision all of whose records were revoked, as the second person; x-reference names it.',
  )
  annulUnfoundedSanction(
    @Args(() => RowArgs) args: RowArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const notify = notifyOfSanction('SANCTION_ANNULLED');
    return change(ctx, 'sanction.annulUnfounded', sanction, args, stateOfSanction, notify);
  }
}
