import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, Ctx, Resolver } from 'type-graphql';
import { BulkExport } from './bulk-export.entity.js';
import { bulkExport } from './bulk-export.noun.js';
import { approved } from './bulk-export.rules.js';

/** The second person of an export. Source: DOMAIN 3.6, G20.1. */
@Resolver(() => BulkExport)
export class BulkExportMutation {
  @Changes(
    'export.approve',
    bulkExport,
    'Approve that many students are taken as a file; who requested it fetches it within 24 hours.',
  )
  approveExport(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'export.approve', bulkExport, args, approved);
  }
}
