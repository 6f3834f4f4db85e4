import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { readRuleBook } from '../credit/rule-book.js';
import { Indicator } from '../rules/indicator.entity.js';
import { indicatorsIn } from '../rules/indicator.loader.js';
import { RuleSetVersion } from '../rules/rule-set.entity.js';
import { draftsAside } from '../rules/rule-set.predicates.js';

/** What is in a rule set, for whoever reads the set. */
@Resolver(() => RuleSetVersion)
export class IndicatorResolver {
  @Privacy('RULES')
  @FieldResolver(() => [Indicator], {
    nullable: true,
    description: 'The coded kinds of conduct, with the numbers that they have in this set.',
  })
  indicators(@Root() ruleSet: RuleSetVersion): readonly Indicator[] | null {
    return indicatorsIn(ruleSet) ?? null;
  }

  /** Of a rule set that the caller reads among `ruleSets`; NOT_FOUND for any other (G9). */
  @Reads({ version: 'RuleSet.version' })
  @Privacy('RULES')
  @Query(() => [Indicator], {
    name: 'indicators',
    nullable: true,
    description: 'The coded kinds of conduct of a rule set, by default the one in force (G9).',
  })
  async indicatorsOfVersion(
    @Arg('version', () => String, { nullable: true }) version: string | undefined,
    @Ctx() { em, identity, today }: Context,
  ): Promise<readonly Indicator[]> {
    const ruleSetVersion = version ?? (await readRuleBook(em)).inForceOn(today).version;
    const where = [{ ruleSetVersion }, draftsAside(identity)];
    const ruleSet = await em.findOne(RuleSetVersion, { $and: where } as never);
    const indicators = ruleSet && indicatorsIn(ruleSet);
    if (!indicators) throw fault('NOT_FOUND');
    return indicators;
  }
}
