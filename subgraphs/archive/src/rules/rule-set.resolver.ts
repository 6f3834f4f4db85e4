import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ruleSetFile } from './rule-set.loader.js';
import { draftsAside } from './rule-set.predicates.js';
import { RuleSetVersion } from './rule-set.entity.js';

@Resolver(() => RuleSetVersion)
export class RuleSetResolver {
  @Privacy('RULES')
  @Query(() => [RuleSetVersion], {
    nullable: true,
    description: 'The rule sets of the evaluation, with all their numbers (4.8, L-18).',
  })
  ruleSets(@Ctx() ctx: Context): Promise<RuleSetVersion[]> {
    const where = draftsAside(ctx.identity);
    return ctx.em.find(RuleSetVersion, where, { orderBy: { ruleSetVersion: 'asc' } });
  }

  @Privacy('RULES')
  @FieldResolver(() => String, { nullable: true, description: 'Digest of its numbers.' })
  sha256(@Root() { ruleSetVersion, storedSha256 }: RuleSetVersion): string | null {
    return storedSha256 ?? ruleSetFile(ruleSetVersion)?.sha256 ?? null;
  }

  @Privacy('RULES')
  @FieldResolver(() => String, { nullable: true, description: 'All numbers, as JSON.' })
  parameters(@Root() { ruleSetVersion, storedParameters }: RuleSetVersion): string | null {
    return storedParameters ?? ruleSetFile(ruleSetVersion)?.parameters ?? null;
  }
}
