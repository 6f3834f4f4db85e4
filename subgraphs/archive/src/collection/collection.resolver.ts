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
import { Arg, Args, Ctx, Int, Query, Resolver } from 'type-graphql';
import {
  CollectionBatch,
  CollectionMetric,
  CollectionVerdict,
  type CollectionState,
} from './collection-batch.entity.js';
import { countEntries, readEntries, type Entry } from './collection.loader.js';
import { percentOf, verdictOf } from './collection.rules.js';

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
    const { due, received, timely, rows, rejected } = await countEntries(ctx, { year, unit });
    return {
      timely: percentOf(timely, due),
      complete: percentOf(received, due),
      accurate: percentOf(rows, rows + rejected),
    };
  }
}
