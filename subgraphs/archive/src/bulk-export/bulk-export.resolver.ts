import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { BulkExport } from './bulk-export.entity.js';
import { exportsFor } from './bulk-export.noun.js';

const BulkExportConnection = connectionOf('BulkExport', () => BulkExport);
const LATEST_FIRST = [
  ['recordedAt', 'desc'],
  ['id', 'desc'],
] as const;

@Resolver(() => BulkExport)
export class BulkExportResolver {
  @FieldResolver(() => String, {
    nullable: true,
    name: 'variables',
    description: 'Variables of the operation, as JSON: which students it is of.',
  })
  variablesAsJson(@Root() { variables }: BulkExport): string {
    return JSON.stringify(variables);
  }

  @Privacy('ADMINISTRATION')
  @Query(() => BulkExportConnection, {
    nullable: true,
    description: 'Requests to take many students as a file, the latest first (3.6).',
  })
  bulkExports(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<BulkExport>> {
    const where = [exportsFor(ctx.identity)];
    const list = { name: 'bulkExports', entity: BulkExport, order: LATEST_FIRST };
    return page(ctx, { ...list, where, filter: null }, args);
  }
}
