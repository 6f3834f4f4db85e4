import type { Context } from '@chengxin/kit/call/context';
import { connectionOf, page, PageArgs, type Connection } from '@chengxin/kit/read/page';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { CreditViewRelease } from './credit-view-release.entity.js';
import { CreditView } from './credit-view.entity.js';
import { requireRelease } from './credit-view.loader.js';

const CreditViewConnection = connectionOf('CreditView', () => CreditView);
const CreditViewReleaseConnection = connectionOf('CreditViewRelease', () => CreditViewRelease);

@Resolver(() => CreditView)
export class CreditViewResolver {
  /** Rows of a frozen release, the same for every caller. VALIDATION for what is no release. */
  @Reads({ releaseId: 'CreditViewRelease.releaseId' })
  @Privacy(['CREDIT_GRADE', 'COLLECTION'])
  @Query(() => CreditViewConnection, {
    nullable: true,
    description: 'Rows of a frozen release, the same for every caller (3.6, SC-12).',
  })
  async creditViews(
    @Arg('releaseId', () => ID) releaseId: string,
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<CreditView>> {
    await requireRelease(ctx.em, releaseId);
    return page(
      ctx,
      {
        name: 'creditViews',
        entity: CreditView,
        where: [{ releaseId }],
        filter: { releaseId },
        order: [['pseudonym', 'asc']],
      },
      args,
    );
  }

  /** What was released, the latest first, and what each release says of itself. */
  @Reads({})
  @Privacy(['CREDIT_GRADE', 'COLLECTION'])
  @Query(() => CreditViewReleaseConnection, {
    nullable: true,
    description: 'Frozen releases of LOCKED runs, the latest first (3.6).',
  })
  creditViewReleases(
    @Args(() => PageArgs) args: PageArgs,
    @Ctx() ctx: Context,
  ): Promise<Connection<CreditViewRelease>> {
    return page(
      ctx,
      {
        name: 'creditViewReleases',
        entity: CreditViewRelease,
        where: [],
        order: [
          ['onDay', 'desc'],
          ['releaseId', 'asc'],
        ],
      },
      args,
    );
  }
}
