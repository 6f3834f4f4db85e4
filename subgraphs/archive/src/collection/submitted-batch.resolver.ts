import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { ownUnit } from '../org/scope.loader.js';
import { SubmittedBatch, SubmittedBatchState } from './submitted-batch.entity.js';

const SubmittedBatchConnection = connectionOf('SubmittedBatch', () => SubmittedBatch);
const LATEST_FIRST = [
  ['recordedAt', 'desc'],
  ['id', 'desc'],
] as const;

@Resolver(() => SubmittedBatch)
export class SubmittedBatchResolver {
  @Reads({ state: 'SubmittedBatch.state' })
  @Privacy('COLLECTION')
  @Query(() => SubmittedBatchConnection, {
    nullable: true,
    description: 'What offices handed over, of all units or the own one, the latest first (G5.3).',
  })
  async submittedBatches(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('state', () => SubmittedBatchState, { nullable: true })
    state: SubmittedBatchState | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<SubmittedBatch>> {
    const where = [...(await ownUnit(ctx, 'COLLECTION', 'office')), ...(state ? [{ state }] : [])];
    const list = { name: 'submittedBatches', entity: SubmittedBatch, order: LATEST_FIRST };
    return page(ctx, { ...list, where, filter: { state } }, args);
  }
}
