import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { CATALOGUE } from '../rules/catalogue-item.loader.js';
import { BatchVerdict, SubmittedBatch } from './submitted-batch.entity.js';
import { cameIn } from './submitted-batch.loader.js';
import { submittedBatch } from './submitted-batch.noun.js';
import { begunPeriod, ownItem, submitted, verified } from './submitted-batch.rules.js';

@ArgsType()
class SubmitBatchArgs extends ChangeArgs {
  @Field(() => ID, {
    description: 'Code in the catalogue, of an item that the own office supplies.',
  })
  catalogueItem!: string;

  @Field(() => Day, { description: 'Any day of the period that it is of.' })
  periodOn!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'A nil report: nothing is to be reported of the period.',
  })
  isNil!: boolean;
}

@ArgsType()
class VerifyBatchArgs extends RowArgs {
  @Field(() => BatchVerdict)
  verdict!: BatchVerdict;
}

/** What offices supply is handed over and checked (应报尽报、应归尽归). Source: G5.3, Z5.1.1. */
@Resolver(() => SubmittedBatch)
export class SubmittedBatchMutation {
  @Changes(
    'batch.submit',
    submittedBatch,
    'Hand over an item of the own office for a period: the import runs of it that are in force, or nil.',
  )
  submitBatch(
    @Args(() => SubmitBatchArgs) args: SubmitBatchArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { catalogueItem, periodOn, isNil } = args;
    return make(ctx, 'batch.submit', submittedBatch, args, async ({ by, today, follow }: Act) => {
      const item = ownItem(CATALOGUE, catalogueItem, by);
      const period = begunPeriod(item, periodOn, today);
      const came = await follow((em) => cameIn(em, item.code, period));
      return submitted(item, period, came, { isNil, today });
    });
  }

  @Changes(
    'batch.verify',
    submittedBatch,
    'Check what an office handed over, as a second person; what is not complete goes back.',
  )
  verifyBatch(
    @Args(() => VerifyBatchArgs) args: VerifyBatchArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'batch.verify', submittedBatch, args, verified(args.verdict));
  }
}
