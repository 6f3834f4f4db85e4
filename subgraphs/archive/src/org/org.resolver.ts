import { ownUnit } from './scope.loader.js';
import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { equalClauses } from '@chengxin/kit/read/roster';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { LevelConfig } from './level-config.entity.js';
import { Org, OrgKind } from './org.entity.js';
import { levelOfOrg, orgByCode } from './org.loader.js';

const OrgConnection = connectionOf('Org', () => Org);
const ORDER = [['orgCode', 'asc']] as const;

@Resolver(() => Org)
export class OrgResolver {
  @Reads({ kind: 'Org.kind' })
  @Privacy('ADMINISTRATION')
  @Query(() => OrgConnection, { nullable: true, description: 'The org tree, page by page (G17).' })
  async orgs(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('kind', () => OrgKind, { nullable: true }) kind: OrgKind | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Org>> {
    const own = await ownUnit(ctx, 'ADMINISTRATION', 'orgCode');
    const where = [...equalClauses({ kind }, ['kind']), ...own];
    return page(ctx, { name: 'orgs', entity: Org, where, filter: kind, order: ORDER }, args);
  }

  @Privacy('ADMINISTRATION')
  @FieldResolver(() => Org, { nullable: true, description: 'The org above.' })
  async parent(@Root() org: Org, @Ctx() ctx: Context): Promise<Org | null> {
    return org.parentCode ? orgByCode(ctx).load(org.parentCode) : null;
  }

  @Privacy('ADMINISTRATION')
  @FieldResolver(() => LevelConfig, {
    nullable: true,
    description: 'Levels and seats of administrators, where the org sets its own (G18.1).',
  })
  async levelConfig(@Root() org: Org, @Ctx() ctx: Context): Promise<LevelConfig | null> {
    const [config] = await levelOfOrg(ctx).load(org.orgCode);
    return config ?? null;
  }
}
