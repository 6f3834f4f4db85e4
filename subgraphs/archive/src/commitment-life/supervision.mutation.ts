import type { Context } from '@chengxin/kit/call/context';
import type { Act } from '@chengxin/kit/change/act';
import { change, type Payload } from '@chengxin/kit/change/door';
import { ChangeErrorCode, changeFault } from '@chengxin/kit/change/errors';
import { Changes, RowArgs } from '@chengxin/kit/change/payload';
import { execute } from '@chengxin/kit/database/orm';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import type { CommitmentBreach } from '../life-cycle/commitment-breach.entity.js';
import { CheckPhase, CheckResult } from '../life-cycle/commitment-check.entity.js';
import { CommitmentState } from '../life-cycle/commitment-matter.js';
import { Commitment } from '../life-cycle/commitment.entity.js';
import { commitment } from '../life-cycle/commitment/commitment.noun.js';
import { commitmentBreach } from './commitment-breach.noun.js';
import { commitmentCheck } from './commitment-check.noun.js';
import { closeBreachNotices, notifyOfBreach } from './notify-commitment.js';
import { BreachDecision, RectificationDecision } from './supervision.enums.js';
import { cameTo, checked, checkOf, decided, reportOf } from './supervision.rules.js';

@ArgsType()
class CheckCommitmentArgs extends RowArgs {
  @Field(() => CheckPhase)
  phase!: CheckPhase;

  @Field(() => CheckResult, {
    description: 'FULFILLED after the event alone; a breach is reported instead.',
  })
  result!: CheckResult;

  @Field(() => String, { nullable: true, description: 'What was found; needed for a deviation.' })
  note?: string;

  @Field(() => Day, { nullable: true, description: 'Day by which a deviation is to be mended.' })
  rectifyBy?: string;

  @Field(() => [String], { nullable: true, description: 'Numbers of the documents that show it.' })
  evidenceDocNos?: string[];
}

@ArgsType()
class ReportBreachArgs extends RowArgs {
  @Field(() => String, { description: 'What was not kept, when and how; the student reads it.' })
  facts!: string;

  @Field(() => [String], { description: 'Numbers of the documents that prove it.' })
  evidenceDocNos!: string[];
}

@ArgsType()
class DecideBreachArgs extends RowArgs {
  @Field(() => BreachDecision)
  decision!: BreachDecision;

  @Field(() => String, { description: 'Why it is decided so; the student reads it.' })
  decisionText!: string;

  @Field(() => String, { nullable: true, description: 'What is to be done to rectify it.' })
  measures?: string;

  @Field(() => Day, { nullable: true, description: 'Last day to rectify it.' })
  rectifyBy?: string;
}

@ArgsType()
class DecideRectificationArgs extends RowArgs {
  @Field(() => RectificationDecision)
  decision!: RectificationDecision;

  @Field(() => String, { description: 'Why it is decided so; the student reads it.' })
  decisionText!: string;
}

const REPORT = `
  select id, rectify_by::text as "rectifyBy" from commitment_breach where commitment_id = ?::uuid`;

/** @throws STATE_CONFLICT for a promise of which no report is there. */
async function reportOn({ id }: Commitment, { follow }: Act) {
  const [found] = await follow((em) =>
    execute<Pick<CommitmentBreach, 'id' | 'rectifyBy'>>(em, REPORT, [id]),
  );
  if (!found) throw changeFault(ChangeErrorCode.STATE_CONFLICT);
  return found;
}

/**
 * Promises are watched over by the office of their matter, and breaches decided on under its own rules.
 * None of it writes a conduct record. Source: Z5.2.3, Z5.2.4, DOMAIN 2.4.
 */
@Resolver(() => Commitment)
export class SupervisionMutation {
  @Changes(
    'commitment.check',
    commitment,
    'Record a check of a promise in force, during its matter or after it.',
  )
  checkCommitment(
    @Args(() => CheckCommitmentArgs) args: CheckCommitmentArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(ctx, 'commitment.check', commitment, args, checked(args), (row, act) =>
      act.alsoMake(commitmentCheck, [checkOf(row, args)], 'commitment.check'),
    );
  }

  @Changes(
    'breach.report',
    commitment,
    'Report that a promise is not kept; the student is notified and may state his view.',
  )
  reportBreach(
    @Args(() => ReportBreachArgs) args: ReportBreachArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const report = async (row: Commitment, act: Act) => {
      await act.alsoMake(commitmentBreach, [reportOf(row, args)], 'breach.report');
      return {};
    };
    return change(ctx, 'breach.report', commitment, args, report, notifyOfBreach('BREACH'));
  }

  @Changes(
    'breach.decide',
    commitment,
    'Decide on a reported breach, as a second person: to be rectified, or unfounded.',
  )
  decideBreach(
    @Args(() => DecideBreachArgs) args: DecideBreachArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const decide = async (row: Commitment, act: Act) => {
      const { id } = await reportOn(row, act);
      const changes = decided(args, act);
      await act.also(commitmentBreach, id, () => changes, 'breach.decide');
      return { state: changes.state };
    };
    return change(ctx, 'breach.decide', commitment, args, decide, async (row, act) => {
      await notifyOfBreach('BREACH_DECIDED')(row, act);
      if (row.state === CommitmentState.CLEARED) await closeBreachNotices(row, act);
    });
  }

  @Changes(
    'rectification.decide',
    commitment,
    'Decide what a rectification came to, as another person than who reported the breach.',
  )
  decideRectification(
    @Args(() => DecideRectificationArgs) args: DecideRectificationArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const decide = async (row: Commitment, act: Act) => {
      const { id, rectifyBy } = await reportOn(row, act);
      const changes = cameTo({ ...(rectifyBy && { rectifyBy }) }, args, act.today);
      await act.also(commitmentBreach, id, () => changes, 'rectification.decide');
      return { state: changes.state };
    };
    return change(ctx, 'rectification.decide', commitment, args, decide, async (row, act) => {
      await notifyOfBreach('RECTIFICATION_DECIDED')(row, act);
      if (row.state === CommitmentState.FULFILLED) await closeBreachNotices(row, act);
    });
  }
}
