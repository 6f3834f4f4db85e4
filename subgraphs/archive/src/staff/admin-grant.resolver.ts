import { ownUnit } from '../org/scope.loader.js';
import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AdminGrant } from './admin-grant.entity.js';
import { transfersOf } from './staff.loader.js';
import { TransferNotice } from './transfer-notice.entity.js';

const AdminGrantConnection = connectionOf('AdminGrant', () => AdminGrant);
const ORDER = [
  ['staffNo', 'asc'],
  ['validFrom', 'asc'],
  ['id', 'asc'],
] as const;

/** Staff in their own matter see their own grants (DOMAIN 3.3, STAFF_SELF). */
const ownRows = ({ identity }: Context): object[] =>
  identity.purpose === 'SELF_SERVICE' ? [{ staffNo: identity.subject }] : [];

@Resolver(() => AdminGrant)
export class AdminGrantResolver {
  @Privacy('ADMINISTRATION')
  @Query(() => AdminGrantConnection, { nullable: true, description: 'Grants of roles (G18).' })
  async grants(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<AdminGrant>> {
    const where = [...(await ownUnit(ctx, 'ADMINISTRATION', 'orgCode')), ...ownRows(ctx)];
    return page(ctx, { name: 'grants', entity: AdminGrant, where, order: ORDER }, args);
  }

  @Privacy('ADMINISTRATION')
  @FieldResolver(() => TransferNotice, {
    nullable: true,
    description: 'The transfer that ended it, or will (G18.2).',
  })
  async transfer(@Root() grant: AdminGrant, @Ctx() ctx: Context): Promise<TransferNotice | null> {
    const notices = await transfersOf(ctx).load(grant.staffNo);
    const ends = ({ fromOrg, effectiveAt }: TransferNotice) =>
      fromOrg === grant.orgCode && effectiveAt >= grant.validFrom;
    return notices.find(ends) ?? null;
  }
}
