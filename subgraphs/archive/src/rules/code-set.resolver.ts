import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Query, Resolver } from 'type-graphql';
import { CodeSet } from './code-set.entity.js';
import { CODE_SETS } from './code-set.loader.js';

@Resolver(() => CodeSet)
export class CodeSetResolver {
  @Reads({ name: 'CodeSet.name' })
  @Privacy('RULES')
  @Query(() => [CodeSet], { nullable: true, description: 'Published code lists, or one by name.' })
  codeSets(
    @Arg('name', () => String, { nullable: true }) name: string | undefined,
  ): readonly CodeSet[] {
    return CODE_SETS.filter((set) => !name || set.name === name);
  }
}
