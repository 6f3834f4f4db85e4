import { LABELS } from '@chengxin/kit/schema/labels';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Query, Resolver } from 'type-graphql';
import { Label } from './label.entity.js';

@Resolver(() => Label)
export class LabelResolver {
  /**
   * Values of one enum in words; an enum that there is not has none. Not without a login: they are the
   * schema's own names (DOMAIN 3.7(9)). Source: F-10.
   */
  @Reads({ type: 'Label.type' })
  @Privacy('AUTHENTICATED')
  @Query(() => [Label], {
    nullable: true,
    description: 'Words for the values of enums, roles and purposes, or of one of them (F-10).',
  })
  labels(
    @Arg('type', () => String, { nullable: true })
    type: string | undefined,
  ): readonly Label[] {
    return LABELS.filter((label) => !type || label.type === type);
  }
}
