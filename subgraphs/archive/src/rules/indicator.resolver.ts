import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { ruleSetOf } from '../credit/rule-set.js';
import { Indicator } from './indicator.entity.js';
import { indicatorsOf, RULE_SET } from './indicator.loader.js';
import { RuleSetVersion } from './rule-set.entity.js';
import { draftsAside } from './rule-set.predicates.js';

const TENTHS = 10;

/** The installed codes with the numbers of a set that was drafted. */
function withNumbers({ ruleSetVersion, storedParameters = '{}' }: RuleSetVersion): Indicator[] {
  const rules = ruleSetOf(ruleSetVersion, storedParameters).indicators;
  return (indicatorsOf(RULE_SET) ?? []).map((indicator) => {
    const { weightTenths, points, cap } = rules.get(indicator.code) ?? {};
    return Object.assign(new Indicator(), indicator, {
      ...(weightTenths !== undefined && { weight: (weightTenths / TENTHS).toFixed(1) }),
      ...(points !== undefined && { points }),
      ...(cap !== undefined && { cap }),
    });
  });
}

@Resolver(() => Indicator)
export class IndicatorResolver {
  /** The coded kinds of conduct of a rule set (G9). NOT_FOUND for a rule set that there is not. */
  @Reads({ version: 'RuleSet.version' })
  @Privacy('RULES')
  @Query(() => [Indicator], {
    nullable: true,
    description: 'The coded kinds of conduct of a rule set, by default the installed one (G9).',
  })
  async indicators(
    @Arg('version', () => String, { defaultValue: RULE_SET }) version: string,
    @Ctx() ctx: Context,
  ): Promise<readonly Indicator[]> {
    const installed = indicatorsOf(version);
    if (installed) return installed;
    const where = [{ ruleSetVersion: version }, draftsAside(ctx.identity)];
    const stored = await ctx.em.findOne(RuleSetVersion, { $and: where } as never);
    if (!stored?.storedParameters) throw fault('NOT_FOUND');
    return withNumbers(stored);
  }
}
