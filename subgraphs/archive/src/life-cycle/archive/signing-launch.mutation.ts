import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import type { Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import type { EntityManager } from '@chengxin/kit/database/orm';
import { USUAL_SCOPES } from '@chengxin/kit/server/config';
import { Args, ArgsType, Ctx, Field, Int, Resolver } from 'type-graphql';
import { entryTextOn, noticeVersionOn } from '../agreement/signing.loader.js';
import { TemplateKind } from '../commitment-template.entity.js';
import { notPublished, USUAL_VERIFICATION_DAYS } from './entry.rules.js';
import { launchArchives } from './launch-archives.js';
import { countReached, lockCohort } from './launched.loader.js';
import { SigningLaunch } from './signing-launch.entity.js';
import { signingLaunch } from './signing-launch.noun.js';

const DAYS_AT_MOST = 365;
/** Archives that a request waits for; a job goes on with more. */
const WITHIN_REQUEST = 500;

@ArgsType()
class LaunchSigningArgs extends ChangeArgs {
  @Field(() => Int, { description: 'Year of entry.' })
  cohort!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Days in which students check their data after the signing; 30 if not said.',
  })
  verificationDays?: number;
}

/** @throws STATE_CONFLICT naming each text that is not published, be it the notice on processing (L-10). */
async function textsOn(em: EntityManager, day: string) {
  const agreement = await entryTextOn(em, TemplateKind.AGREEMENT, day);
  const letter = await entryTextOn(em, TemplateKind.COMMITMENT, day);
  const notice = await noticeVersionOn(em, day);
  if (!agreement || !letter || !notice)
    throw changeFault(ChangeErrorCode.STATE_CONFLICT, notPublished({ agreement, letter, notice }));
  return { agreement, letter };
}

/** The start of the online signing (G10.2): all of a cohort at once, each with its line in the log. */
@Resolver(() => SigningLaunch)
export class SigningLaunchMutation {
  @Changes('signing.launch', signingLaunch, 'Start the online signing for a cohort.')
  launchSigning(
    @Args(() => LaunchSigningArgs) args: LaunchSigningArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { cohort, verificationDays = USUAL_VERIFICATION_DAYS } = args;
    const scopes = [...(ctx.office?.config.studentScopes ?? USUAL_SCOPES)];
    const launch = async ({ follow, today }: Act) => {
      if (verificationDays < 1 || verificationDays > DAYS_AT_MOST)
        throw invalid('verificationDays', `应为 1 至 ${DAYS_AT_MOST} 天。 1 to ${DAYS_AT_MOST}.`);
      const { agreement, letter } = await follow((em) => textsOn(em, today));
      await follow((em) => lockCohort(em, cohort));
      const counts = await follow((em) => countReached(em, { cohort, scopes }));
      return {
        cohort,
        scopes,
        verificationDays,
        ...counts,
        agreementVersion: agreement.templateVersion,
        commitmentVersion: letter.templateVersion,
        isComplete: counts.launched + counts.offeredAgain <= WITHIN_REQUEST,
      };
    };
    return make(ctx, 'signing.launch', signingLaunch, args, launch, (row, act) =>
      launchArchives(row, act, WITHIN_REQUEST),
    );
  }
}
