import { orgScope } from '../access/scope.loader.js';
import type { Context } from '@chengxin/kit/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/page';
import { Privacy } from '@chengxin/kit/privacy/guard';
import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { AdminGrant } from './admin-grant.entity.js';

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
    const where: object[] = [];
    if (ctx.predicates('ADMINISTRATION').includes('OWN_UNIT'))
      where.push({ orgCode: { $in: [...(await orgScope(ctx))] } });
    where.push(...ownRows(ctx));
    return page(ctx, { name: 'grants', entity: AdminGrant, where, order: ORDER }, args);
  }
}
