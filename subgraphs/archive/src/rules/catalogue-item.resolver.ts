import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Query, Resolver } from 'type-graphql';
import { CatalogueItem } from './catalogue-item.entity.js';
import { CATALOGUE } from './catalogue-item.loader.js';

@Resolver(() => CatalogueItem)
export class CatalogueItemResolver {
  @Reads({ office: 'CatalogueItem.providerOffice' })
  @Privacy('RULES')
  @Query(() => [CatalogueItem], {
    nullable: true,
    description: 'What the offices supply, or one of them (AAO, FIN, …) (G6.0).',
  })
  catalogue(
    @Arg('office', () => String, { nullable: true }) office: string | undefined,
  ): readonly CatalogueItem[] {
    return CATALOGUE.filter((item) => !office || item.providerOffice === office);
  }
}
