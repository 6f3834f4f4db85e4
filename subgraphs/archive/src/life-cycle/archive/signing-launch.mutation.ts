import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { make, type Payload } from '@chengxin/kit/change/door';
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { ChangeArgs, Changes } from '@chengxin/kit/change/payload';
import type { EntityManager } from '@chengxin/kit/database/orm';
import { USUAL_SCOPES } from '@chengxin/kit/server/config';
import { Args, ArgsType, Ctx, Field, Int, Resolver } from 'type-graphql';
import { entryTextOn, noticeVersionOn } from '../agreement/signing.loader.js';
import { sendNotices, type NoticeOf } from '../../notify/send-notices.js';
import type { Archive } from '../archive.entity.js';
import { archive } from '../archive.noun.js';
import type { Commitment } from '../commitment.entity.js';
import { TemplateKind } from '../commitment-template.entity.js';
import { offeredAtEntry } from '../commitment/commitment-change.rules.js';
import { commitment } from '../commitment/commitment.noun.js';
import { USUAL_VERIFICATION_DAYS } from './entry.rules.js';
import { reached, type Reached } from './launched.loader.js';
import { SigningLaunch } from './signing-launch.entity.js';
import { signingLaunch } from './signing-launch.noun.js';

const DAYS_AT_MOST = 365;
const STUDENT_AFFAIRS = 'SAO';

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

const FROM_STUDENT_AFFAIRS = { subgraph: 'archive', office: STUDENT_AFFAIRS } as const;

/** Nobody signs what he was not notified of (L-10). */
const aboutAgreement = ({ studentNo }: Archive): NoticeOf => ({
  ...FROM_STUDENT_AFFAIRS,
  studentNo,
  kind: 'AGREEMENT',
  type: archive.name,
  id: studentNo,
  groups: ['ACCOUNT'],
});
const aboutLetter = ({ studentNo, id }: Commitment): NoticeOf => ({
  ...FROM_STUDENT_AFFAIRS,
  studentNo,
  kind: 'TEMPLATE',
  type: commitment.name,
  id,
  groups: ['COMMITMENTS'],
});

/** @throws STATE_CONFLICT while a text is not published, or the notice on processing is not. */
async function textsOn(em: EntityManager, day: string) {
  const agreement = await entryTextOn(em, TemplateKind.AGREEMENT, day);
  const letter = await entryTextOn(em, TemplateKind.COMMITMENT, day);
  if (!agreement || !letter || !(await noticeVersionOn(em, day)))
    throw changeFault(
      ChangeErrorCode.STATE_CONFLICT,
      '服务协议、承诺书或告知书尚未发布。 The agreement, the letter or the notice is not published.',
    );
  return { agreement, letter };
}

/** The start of the online signing (G10.2): all of a cohort at once, each with its line in the log. */
@Resolver(() => SigningLaunch)
export class SigningLaunchMutation {
  @Changes('signing.launch', signingLaunch, 'Start the online signing for a cohort.')
  async launchSigning(
    @Args(() => LaunchSigningArgs) args: LaunchSigningArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const { cohort, verificationDays = USUAL_VERIFICATION_DAYS } = args;
    const scopes = [...(ctx.office?.config.studentScopes ?? USUAL_SCOPES)];
    let found: Reached = { imported: [], withoutLetter: [], declined: 0 };
    const launch = async ({ follow, today }: Act) => {
      if (verificationDays < 1 || verificationDays > DAYS_AT_MOST)
        throw invalid('verificationDays', `应为 1 至 ${DAYS_AT_MOST} 天。 1 to ${DAYS_AT_MOST}.`);
      const { agreement, letter } = await follow((em) => textsOn(em, today));
      found = await follow((em) => reached(em, cohort, scopes));
      return {
        cohort,
        scopes,
        verificationDays,
        launched: found.imported.length,
        offeredAgain: found.declined,
        agreementVersion: agreement.templateVersion,
        commitmentVersion: letter.templateVersion,
      };
    };
    const follow = async (row: SigningLaunch, act: Act) => {
      const { agreementVersion, commitmentVersion: templateVersion } = row;
      const offered = { agreementVersion, verificationDays };
      await act.alsoAll(archive, found.imported, offered, 'archive.launch');
      const letter = offeredAtEntry({ templateVersion, ownerOffice: STUDENT_AFFAIRS });
      const offers = found.withoutLetter.map(letter);
      const letters = await act.alsoMake(commitment, offers, 'commitment.offer');
      const notices = [...found.imported.map(aboutAgreement), ...letters.map(aboutLetter)];
      await act.follow((em, now) => sendNotices(em, now, notices));
    };
    return make(ctx, 'signing.launch', signingLaunch, args, launch, follow);
  }
}
