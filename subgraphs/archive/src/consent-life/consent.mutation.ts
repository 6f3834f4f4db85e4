import { randomBytes } from 'node:crypto';
import type { Context } from '@chengxin/kit/call/context';
import { digest, randomKey } from '@chengxin/kit/call/crypto';
import { change, type Payload, type Step } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { invalid } from '@chengxin/kit/change/errors';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { execute } from '@chengxin/kit/database/orm';
import { Instant } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, ID, Int, Resolver } from 'type-graphql';
import { Consent, ConsentPurpose } from '../consent/consent.entity.js';
import { consent } from '../consent/consent.noun.js';
import { ReportToken } from '../consent/report-token.entity.js';
import { reportToken } from '../consent/report-token.noun.js';
import type { Archive } from '../life-cycle/archive.entity.js';
import { archive } from '../life-cycle/archive.noun.js';
import { namesSchool } from '../org/school.js';
import { granted, requested, withdrawn, type ConsentWish } from './consent-change.rules.js';
import { beginConsent, endConsent, notifyOfConsent } from './follow-consent.js';
import { ended, issued } from './report-token.rules.js';

@ArgsType()
class RequestConsentArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Student who is to decide on it.' })
  studentNo!: string;

  @Field(() => ConsentPurpose, { description: 'The one purpose that it is for.' })
  purpose!: ConsentPurpose;

  @Field(() => String, { description: 'Name of the one recipient.' })
  recipientName!: string;

  @Field(() => ID, { description: 'Unified social credit code of the recipient (GB 32100).' })
  recipientUscc!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'Privacy groups, where the purpose leaves a choice.',
  })
  fieldGroups?: string[];

  @Field(() => String, {
    nullable: true,
    description: 'STUDY, CONDUCT or FULL, for a report to an employer alone (3.6).',
  })
  reportTemplate?: string;

  @Field(() => Instant, { description: 'Its end, within two years.' })
  expiresAt!: string;
}

@ArgsType()
class IssueTokenArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Own consent to a report, in force.' })
  consentId!: string;

  @Field(() => Int, { description: 'Requests that may open the report, from 1 to 50.' })
  maxViews!: number;

  @Field(() => Instant, { description: 'Its end, within 30 days and within the consent.' })
  expiresAt!: string;
}

const OWN_RECIPIENT = `select 1 from (select ?::text as name) r where ${namesSchool('r.name')}`;

/**
 * The school requests what it may read of afterwards: consents to itself, and to publication. Of all
 * else it learns nothing (note 28).
 */
const requestedBy =
  (wish: ConsentWish): Step<Consent, Archive> =>
  async (row, act) => {
    const changes = requested(wish)(row, act);
    if (act.by.role === 'STU_SELF' || wish.purpose === ConsentPurpose.MODEL_CASE) return changes;
    const own = await act.follow((em) => execute(em, OWN_RECIPIENT, [changes.recipientName]));
    if (!own.length)
      throw invalid(
        'recipientName',
        '学校只能申请以本校为接收方的授权。 The school requests consents to itself alone.',
      );
    return changes;
  };

const MARK_BYTES = 4;

/** Consents, each separate and as easy to withdraw as to give (授权同意). Source: L-04, L-09, T-04. */
@Resolver(() => Consent)
export class ConsentMutation {
  @Changes('consent.request', consent, 'Request a separate consent; nothing is given by it.')
  requestConsent(
    @Args(() => RequestConsentArgs) args: RequestConsentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: archive, id: args.studentNo };
    return open(ctx, 'consent.request', consent, on, args, requestedBy(args), notifyOfConsent);
  }

  @Changes('consent.grant', consent, 'Give an own consent that was requested, as it stands.')
  grantConsent(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'consent.grant', consent, args, granted, beginConsent);
  }

  @Changes('consent.withdraw', consent, 'Withdraw an own consent; reads end at once (L-09).')
  withdrawConsent(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'consent.withdraw', consent, args, withdrawn, endConsent);
  }
}

/** What lets an employer read one report (报告令牌). Source: G21, 3.4 note 7. */
@Resolver(() => ReportToken)
export class ReportTokenMutation {
  /**
   * The token stands in this answer alone. A replay cannot show it again, since its digest is all
   * that is kept: whoever lost the answer revokes the token and issues another one.
   */
  @Changes('token.issue', reportToken, 'Issue a report token; the answer shows it once.')
  async issueReportToken(
    @Args(() => IssueTokenArgs) args: IssueTokenArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const token = randomKey().toString('base64url');
    const tokenHash = digest(token);
    const watermark = `E-${ctx.today}-${randomBytes(MARK_BYTES).toString('hex').toUpperCase()}`;
    const on = { noun: consent, id: args.consentId };
    const step = issued(args, { tokenHash, watermark });
    const payload = await open(ctx, 'token.issue', reportToken, on, args, step);
    const row = payload['reportToken'] as ReportToken | null;
    // A replay answers with the row of the first request, which has another digest.
    if (row?.tokenHash === tokenHash) row.token = token;
    return payload;
  }

  @Changes('token.revoke', reportToken, 'Revoke an own report token.')
  revokeReportToken(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'token.revoke', reportToken, args, ended);
  }
}
