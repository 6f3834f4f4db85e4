import type { Context } from '@chengxin/kit/call/context';
import {
  connection,
  connectionOf,
  PageArgs,
  startOf,
  type Connection,
} from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import {
  CollectionBatch,
  CollectionMetric,
  CollectionVerdict,
  type CollectionState,
} from './collection-batch.entity.js';
import { countEntries, readEntries, type Entry } from './collection.loader.js';
import { qualityOf, verdictOf } from './collection.rules.js';
import { SubmittedBatch } from './submitted-batch.entity.js';
import { submittedBatchOf } from './submitted-batch.loader.js';

const CollectionBatchConnection = connectionOf('CollectionBatch', () => CollectionBatch);
const UNIT = { nullable: true, description: 'A unit: FIN, AAO, …; all when left out.' };

const batchOf = (entry: Entry, today: string): CollectionBatch => ({
  ...entry,
  state: entry.state as CollectionState | null,
  verdict: CollectionVerdict[verdictOf(entry.dueOn, entry.receivedOn, today)],
  errors:
    entry.errors?.map(({ line, column, reason }) => ({
      line,
      column,
      reason: `${reason.zh} ${reason.en}`,
    })) ?? null,
});

@Resolver(() => CollectionBatch)
export class CollectionResolver {
  @FieldResolver(() => SubmittedBatch, {
    nullable: true,
    description: 'What the office handed over of the item and period, the latest; else none.',
  })
  async submission(
    @Root() { submissionId }: CollectionBatch,
    @Ctx() ctx: Context,
  ): Promise<SubmittedBatch | null> {
    return submissionId ? submittedBatchOf(ctx, submissionId) : null;
  }

  @Reads({ year: NO_FIELD, unit: 'CollectionBatch.office' })
  @Privacy('COLLECTION')
  @Query(() => CollectionBatchConnection, {
    nullable: true,
    description: 'What is due of a year, what has come and what is missing (G5.3, Z5.1.1).',
  })
  async collectionStatus(
    @Arg('year', () => Int) year: number,
    @Arg('unit', () => String, UNIT) unit: string | undefined,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<CollectionBatch>> {
    const filter = { year, unit };
    const start = startOf(ctx, { name: 'collectionStatus', filter }, args);
    const entries = await readEntries(ctx, filter, start.after, args.first + 1);
    const rows = entries.map((entry) => ({
      row: batchOf(entry, ctx.today),
      position: entry.position,
    }));
    return connection(ctx, start, rows, args.first);
  }

  @Reads({ year: NO_FIELD, unit: 'CollectionBatch.office' })
  @Privacy('COLLECTION')
  @Query(() => CollectionMetric, {
    nullable: true,
    description: 'How timely, complete and accurate a year came in (Z2.4).',
  })
  async collectionQuality(
    @Arg('year', () => Int) year: number,
    @Arg('unit', () => String, UNIT) unit: string | undefined,
    @Ctx() ctx: Context,
  ): Promise<CollectionMetric> {
    return qualityOf(await countEntries(ctx, { year, unit }));
  }
}
