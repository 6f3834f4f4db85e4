import { randomBytes } from 'node:crypto';
import type { Context } from '@chengxin/kit/call/context';
import { digest } from '@chengxin/kit/call/crypto';
import { change, type Payload, type Step } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { execute } from '@chengxin/kit/database/orm';
import { Args, ArgsType, Ctx, Field, ID, Int, Resolver } from 'type-graphql';
import type { Consent } from '../consent/consent.entity.js';
import { consent } from '../consent/consent.noun.js';
import { CreditReport, CreditReportForm } from './credit-report.entity.js';
import { creditReport } from './credit-report.noun.js';
import { issued, requireRoom, revoked, type ReportWish } from './credit-report.rules.js';
import { takePlace } from './report-status.js';

@ArgsType()
class IssueReportArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Own consent to a report, in force.' })
  consentId!: string;

  @Field(() => Int, { description: 'For how many days, from 7 to 180 and within the consent.' })
  validDays!: number;
}

/** 128 random bits: whoever has the code was given the report. */
const CODE_BYTES = 16;
const MARK_BYTES = 4;

const RUNNING = `
  select count(*)::int as count from credit_report
  where student_no = ? and state = 'ISSUED' and expires_at > ?`;

const issuedAs =
  (wish: ReportWish, codeHash: string): Step<CreditReport, Consent> =>
  async (row, act) => {
    const made = issued(wish, row, act);
    return act.follow(async (em) => {
      const of = [row.studentNo, act.now];
      const [running] = await execute<{ count: number }>(em, RUNNING, of);
      requireRoom(running?.count ?? 0);
      return { ...made, statusIdx: await takePlace(em, codeHash, made) };
    });
  };

/**
 * The check code stands in this answer alone. A replay cannot show it again, since its digest is all
 * that is kept: whoever lost the answer revokes the report and issues another one.
 */
async function issue(
  ctx: Context,
  action: string,
  form: CreditReportForm,
  args: IssueReportArgs,
): Promise<Payload> {
  const code = randomBytes(CODE_BYTES).toString('base64url');
  const mark = randomBytes(MARK_BYTES).toString('hex').toUpperCase();
  const watermark = `R-${ctx.today}-${mark}`;
  const wish = { form, validDays: args.validDays, watermark };
  const on = { noun: consent, id: args.consentId };
  const step = issuedAs(wish, digest(code));
  const payload = await open(ctx, action, creditReport, on, args, step);
  const row = payload['creditReport'] as CreditReport | null;
  // A replay answers with the row of the first request, which has another mark.
  if (row?.watermark === watermark) row.checkCode = code;
  return payload;
}

/** Reports that a student hands over: issued under a consent, taken back as easily (L-09). */
@Resolver(() => CreditReport)
export class CreditReportMutation {
  @Changes(
    'creditReport.issue',
    creditReport,
    'Issue a report on paper; the gateway makes its PDF with the check code of the answer.',
  )
  issueCreditReport(
    @Args(() => IssueReportArgs) args: IssueReportArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return issue(ctx, 'creditReport.issue', CreditReportForm.PAPER, args);
  }

  @Changes(
    'credential.issue',
    creditReport,
    'Issue a report as a credential; the gateway signs it with the check code of the answer.',
  )
  issueCredential(
    @Args(() => IssueReportArgs) args: IssueReportArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return issue(ctx, 'credential.issue', CreditReportForm.CREDENTIAL, args);
  }

  @Changes('credential.revoke', creditReport, 'Take a report back, in either form.')
  revokeCredential(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'credential.revoke', creditReport, args, revoked);
  }
}
