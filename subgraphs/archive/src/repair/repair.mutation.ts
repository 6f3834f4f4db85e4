import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type After, type Payload } from '@chengxin/kit/change/door';
import { save } from '@chengxin/kit/change/make-row';
import { Changes, RowArgs, SaveArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { conductRecord } from '../conduct/conduct-record.noun.js';
import { followRecords } from '../conduct/follow.js';
import { archive } from '../life-cycle/archive.noun.js';
import { RepairApplication, RepairDecision } from '../procedure/repair-application.entity.js';
import { endWithoutGrounds } from '../supervision/end-without-grounds.js';
import {
  applied,
  checkContent,
  claimed,
  CONSEQUENCES,
  decided,
  drafted,
  reviewed,
  withdrawn,
} from './repair-change.rules.js';
import { linkRecords, ownGoodRecords, ownRecords, recordsToRepair } from './repair-facts.loader.js';
import { repair } from './repair.noun.js';

@ArgsType()
class SaveRepairArgs extends SaveArgs {
  @Field(() => [ID], { description: 'Own bad records that count; of a provider’s none (L-17).' })
  recordIds!: string[];

  @Field(() => String, { description: 'Why they are to be repaired, in the student’s own words.' })
  statement!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Numbers of the documents on what was paid, apologised or restored.',
  })
  remedyProofDocNos?: string[];

  @Field(() => [ID], {
    nullable: true,
    description: 'Own good records that speak for the performance at school.',
  })
  goodRecordIds?: string[];
}

@ArgsType()
class ReviewRepairArgs extends RowArgs {
  @Field(() => String, { description: 'Opinion of the college; the student reads it.' })
  opinion!: string;
}

@ArgsType()
class DecideRepairArgs extends RowArgs {
  @Field(() => RepairDecision)
  decision!: RepairDecision;
}

/**
 * The records follow the decision, and what rests on them and the credit follow the records, in the
 * same transaction (2.4).
 */
const revise: After<RepairApplication> = async ({ id, studentNo, decision }, act) => {
  const consequence = decision && CONSEQUENCES[decision];
  if (!consequence) return;
  const recordIds = (await recordsToRepair(act, id)).map(({ recordId }) => recordId);
  for (const recordId of recordIds)
    await act.also(conductRecord, recordId, () => ({}), consequence);
  await endWithoutGrounds(act, recordIds);
  await act.follow((em, now) => followRecords(em, now, [studentNo]));
};

/** Rehabilitation on the student's own application (信用修复). Source: G15, L-17, DOMAIN 2.4. */
@Resolver(() => RepairApplication)
export class RepairMutation {
  @Changes(
    'repair.save',
    repair,
    'Write an own application for repair, or the whole of a draft anew.',
  )
  saveRepairDraft(
    @Args(() => SaveRepairArgs) args: SaveRepairArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const studentNo = ctx.identity.studentNo ?? '';
    const { recordIds, goodRecordIds = [] } = args;
    const step = async () => {
      checkContent(args);
      const records = await ownRecords(ctx.em, studentNo, recordIds);
      const goodRecords = await ownGoodRecords(ctx.em, studentNo, goodRecordIds);
      return drafted(args, { records, goodRecords })();
    };
    const link: After<RepairApplication> = (row, { follow }: Act) =>
      follow((em) => linkRecords(em, row, recordIds));
    const on = { noun: archive, id: studentNo };
    return save(ctx, 'repair.save', repair, on, args, { made: step, changed: step, after: link });
  }

  @Changes('repair.apply', repair, 'Hand an own application in, once nothing stands in its way.')
  applyRepair(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'repair.apply', repair, args, async (row, act) =>
      applied(await recordsToRepair(act, row.id))(row, act),
    );
  }

  @Changes('repair.claim', repair, 'Take an application in hand that waits for the own office.')
  claimRepair(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'repair.claim', repair, args, claimed);
  }

  @Changes('repair.review', repair, 'Give the opinion of the college, which decides nothing.')
  reviewRepair(
    @Args(() => ReviewRepairArgs) args: ReviewRepairArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'repair.review', repair, args, reviewed(args.opinion));
  }

  @Changes('repair.decide', repair, 'Decide whether the records are repaired, mitigated, or stay.')
  decideRepair(
    @Args(() => DecideRepairArgs) args: DecideRepairArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = async (row: RepairApplication, act: Act) => {
      const records = await recordsToRepair(act, row.id);
      return decided(args.decision, args.reason, records)(row, act);
    };
    return change(ctx, 'repair.decide', repair, args, step, revise);
  }

  @Changes('repair.withdraw', repair, 'Take an own application back.')
  withdrawRepair(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'repair.withdraw', repair, args, withdrawn);
  }
}
