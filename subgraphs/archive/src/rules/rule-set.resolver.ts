import { mayAct } from '@chengxin/kit/action/actions';
import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ruleSetFile } from './rule-set.loader.js';
import { RuleSetState, RuleSetVersion } from './rule-set.entity.js';

/** Who writes a draft, and who will resolve it, know of it (`field-groups.csv`). */
const DRAFTERS = ['ruleSet.draft', 'ruleSet.approve'];

@Resolver(() => RuleSetVersion)
export class RuleSetResolver {
  @Privacy('RULES')
  @Query(() => [RuleSetVersion], {
    nullable: true,
    description: 'The rule sets of the evaluation, with all their numbers (4.8, L-18).',
  })
  ruleSets(@Ctx() ctx: Context): Promise<RuleSetVersion[]> {
    const seesDrafts = DRAFTERS.some((action) => mayAct(ctx.identity.role, action));
    const where = seesDrafts ? {} : { state: { $ne: RuleSetState.DRAFT } };
    return ctx.em.find(RuleSetVersion, where, { orderBy: { version: 'asc' } });
  }

  @Privacy('RULES')
  @FieldResolver(() => String, { nullable: true, description: 'Digest of its numbers.' })
  sha256(@Root() { version }: RuleSetVersion): string | null {
    return ruleSetFile(version)?.sha256 ?? null;
  }

  @Privacy('RULES')
  @FieldResolver(() => String, { nullable: true, description: 'All numbers, as JSON.' })
  parameters(@Root() { version }: RuleSetVersion): string | null {
    return ruleSetFile(version)?.parameters ?? null;
  }
}
