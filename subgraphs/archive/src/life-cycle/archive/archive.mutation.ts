import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { Archive } from '../archive.entity.js';
import { archive } from '../archive.noun.js';
import { confirmed, stateAlone, withGuardian } from './entry.rules.js';

@ArgsType()
class ConfirmProfileArgs extends RowArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'All is right but what an appeal is filed against.',
  })
  withAppeal?: boolean;
}

@ArgsType()
class GuardianConsentArgs extends RowArgs {
  @Field(() => String)
  guardianName!: string;

  @Field(() => String, { description: 'What the guardian is to the student.' })
  guardianRelation!: string;

  @Field(() => String, { description: 'How it was given, for instance on paper.' })
  guardianForm!: string;
}

/** The life of one archive, named by its student. Source: G10, DOMAIN 2.4. */
@Resolver(() => Archive)
export class ArchiveMutation {
  @Changes(
    'guardianConsent.record',
    archive,
    "Record a guardian's consent to the agreement (F-03).",
  )
  recordGuardianConsent(
    @Args(() => GuardianConsentArgs) args: GuardianConsentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'guardianConsent.record', archive, args, withGuardian(args));
  }

  @Changes('profile.confirm', archive, 'Confirm, within the set time, that the own data are right.')
  confirmProfile(
    @Args(() => ConfirmProfileArgs) args: ConfirmProfileArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'profile.confirm', archive, args, confirmed(args.withAppeal ?? false));
  }

  @Changes(
    'archive.freeze',
    archive,
    'Freeze an archive: study is suspended, or a hold is ordered.',
  )
  freezeArchive(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'archive.freeze', archive, args, stateAlone);
  }

  @Changes('archive.unfreeze', archive, 'Open a frozen archive again.')
  unfreezeArchive(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'archive.unfreeze', archive, args, stateAlone);
  }
}
