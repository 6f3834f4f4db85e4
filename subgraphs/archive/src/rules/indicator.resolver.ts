import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Query, Resolver } from 'type-graphql';
import { Indicator } from './indicator.entity.js';
import { indicatorsOf, RULE_SET } from './indicator.loader.js';

@Resolver(() => Indicator)
export class IndicatorResolver {
  /** The coded kinds of conduct of a rule set (G9). NOT_FOUND for a rule set that there is not. */
  @Reads({ version: 'RuleSet.version' })
  @Privacy('RULES')
  @Query(() => [Indicator], {
    nullable: true,
    description: 'The coded kinds of conduct of a rule set, by default the one in force (G9).',
  })
  indicators(
    @Arg('version', () => String, { defaultValue: RULE_SET }) version: string,
  ): readonly Indicator[] {
    const indicators = indicatorsOf(version);
    if (!indicators) throw fault('NOT_FOUND');
    return indicators;
  }
}
