import { orgScope } from '../access/scope.loader.js';
import type { Context } from '@chengxin/kit/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/page';
import { Privacy } from '@chengxin/kit/privacy/guard';
import { equalClauses } from '@chengxin/kit/roster';
import DataLoader from 'dataloader';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Org, OrgKind } from './org.entity.js';

const OrgConnection = connectionOf('Org', () => Org);
const ORDER = [['orgCode', 'asc']] as const;

const orgByCode = (ctx: Context): DataLoader<string, Org | null> =>
  ctx.loader(Org, () => {
    return new DataLoader(async (codes: readonly string[]) => {
      const rows = await ctx.em.find(Org, { orgCode: { $in: [...codes] } });
      const byCode = new Map(rows.map((row) => [row.orgCode, row]));
      return codes.map((code) => byCode.get(code) ?? null);
    });
  });

@Resolver(() => Org)
export class OrgResolver {
  @Privacy('ADMINISTRATION')
  @Query(() => OrgConnection, { nullable: true, description: 'The org tree, page by page (G17).' })
  async orgs(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('kind', () => OrgKind, { nullable: true }) kind: OrgKind | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Org>> {
    const where = equalClauses({ kind }, ['kind']);
    if (ctx.predicates('ADMINISTRATION').includes('OWN_UNIT'))
      where.push({ orgCode: { $in: [...(await orgScope(ctx))] } });
    return page(ctx, { name: 'orgs', entity: Org, where, filter: kind, order: ORDER }, args);
  }

  @Privacy('ADMINISTRATION')
  @FieldResolver(() => Org, { nullable: true, description: 'The org above.' })
  async parent(@Root() org: Org, @Ctx() ctx: Context): Promise<Org | null> {
    return org.parentCode ? orgByCode(ctx).load(org.parentCode) : null;
  }
}
