import type { Context } from '@chengxin/kit/call/context';
import type { Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { Provider, ProviderKind } from './provider.entity.js';
import { provider } from './provider.noun.js';
import { registered } from './provider.rules.js';

@ArgsType()
class RegisterArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Unified social credit code (GB 32100).' })
  uscc!: string;

  @Field(() => String, { description: 'Name of the institution.' })
  name!: string;

  @Field(() => ProviderKind, { description: 'What it is.' })
  kind!: ProviderKind;

  @Field(() => String, { description: 'Number of its licence.' })
  licenceNo!: string;

  @Field(() => Day, { description: 'Last day of its licence.' })
  licenceUntil!: string;
}

/** The register of third parties, kept by Student Affairs (G3.2, T-12). */
@Resolver(() => Provider)
export class ProviderMutation {
  @Changes('provider.register', provider, 'Register a third party with its licence (G3.2).')
  registerProvider(
    @Args(() => RegisterArgs) args: RegisterArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return make(ctx, 'provider.register', provider, args, registered(args));
  }
}
