import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { equalClauses } from '@chengxin/kit/read/roster';
import { Arg, Args, Ctx, Field, InputType, Query, Resolver } from 'type-graphql';
import { Provider, ProviderKind, ProviderState } from './provider.entity.js';

const ProviderConnection = connectionOf('Provider', () => Provider);
const ORDER = [
  ['name', 'asc'],
  ['uscc', 'asc'],
] as const;

@InputType()
class ProviderFilter {
  @Reads('Provider.kind')
  @Field(() => ProviderKind, { nullable: true, description: 'By what it is.' })
  kind?: ProviderKind;

  @Reads('Provider.state')
  @Field(() => ProviderState, { nullable: true, description: 'By whether it may import data.' })
  state?: ProviderState;
}

@Resolver(() => Provider)
export class ProviderResolver {
  @Privacy('RULES')
  @Query(() => ProviderConnection, {
    nullable: true,
    description: 'Register of third parties that may import data, by name (G3.2).',
  })
  providers(
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ProviderFilter, { nullable: true }) filter: ProviderFilter | undefined,
    @Ctx() ctx: Context,
  ): Promise<Connection<Provider>> {
    const where = equalClauses(filter, ['kind', 'state']);
    return page(ctx, { name: 'providers', entity: Provider, where, filter, order: ORDER }, args);
  }
}
