import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { open } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Args, ArgsType, Ctx, Field, ID, Resolver } from 'type-graphql';
import { appealDayAfter } from '../../calendar/appeal-days.js';
import { overturn } from '../../procedure/sanction/annul-sanction.js';
import { stateOfSanction } from '../../procedure/sanction/sanction-change.rules.js';
import { sanction } from '../../procedure/sanction/sanction.noun.js';
import { AppealOutcome } from '../appeal-state.js';
import { Appeal } from '../appeal.entity.js';
import { caseIdOf, checkMembers, endCase, prolongCase, seatCommittee } from './committee-case.js';
import { CommitteeConclusion } from './committee-conclusion.js';
import { notifyOfConclusion } from './notify-appeal.js';
import { sanctionAppeal } from './sanction-appeal.noun.js';
import {
  concluded,
  DAYS_TO_CONCLUDE,
  DAYS_TO_PROVINCE,
  decidedByProvince,
  extended,
  filedAgainstSanction,
  toProvince,
  underReview,
} from './sanction-appeal.rules.js';

@ArgsType()
class FileSanctionAppealArgs extends ChangeArgs {
  @Field(() => ID, { description: 'Number of the sanction, which was served.' })
  sanctionId!: string;

  @Field(() => String)
  grounds!: string;

  @Field(() => AppealOutcome, { description: 'MODIFY or REVOKE.' })
  requestedOutcome!: AppealOutcome;
}

@ArgsType()
class AssignCommitteeArgs extends RowArgs {
  @Field(() => [ID], { description: 'Staff numbers of the members; others lose the case.' })
  memberNos!: string[];
}

@ArgsType()
class ConcludeArgs extends RowArgs {
  @Field(() => CommitteeConclusion)
  conclusion!: CommitteeConclusion;

  @Field(() => String, { description: 'Why it is decided so; the student reads it.' })
  decisionText!: string;
}

@ArgsType()
class ProvincialOutcomeArgs extends RowArgs {
  @Field(() => AppealOutcome, {
    description: 'REJECT: the sanction stands; MODIFY: the school decides anew; REVOKE.',
  })
  outcome!: AppealOutcome;

  @Field(() => String, { description: 'Number of the document of the province.' })
  docNo!: string;
}

/** Appeals against sanctions, decided by the appeal committee (处分申诉). Source: L-06, T-06, 2.4. */
@Resolver(() => Appeal)
export class SanctionAppealMutation {
  @Changes('sanctionAppeal.file', sanctionAppeal, 'Appeal against an own sanction, in time.')
  fileSanctionAppeal(
    @Args(() => FileSanctionAppealArgs) args: FileSanctionAppealArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const on = { noun: sanction, id: args.sanctionId };
    return open(ctx, 'sanctionAppeal.file', sanctionAppeal, on, args, async (row, act) => {
      const dueOn = await appealDayAfter(ctx, act.today, DAYS_TO_CONCLUDE);
      const filed = filedAgainstSanction(args, dueOn)(row, act);
      await act.also(sanction, row.id, stateOfSanction, 'sanction.appeal');
      return filed;
    });
  }

  @Changes(
    'committee.assign',
    sanctionAppeal,
    'Open the case of an appeal to some members of the committee, or to others than before.',
  )
  assignCommittee(
    @Args(() => AssignCommitteeArgs) args: AssignCommitteeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const memberNos = [...new Set(args.memberNos)];
    return change(ctx, 'committee.assign', sanctionAppeal, args, async (row, act) => {
      await checkMembers(row, memberNos, act);
      await seatCommittee(row, memberNos, act);
      return { caseId: caseIdOf(row) };
    });
  }

  @Changes('sanctionAppeal.open', sanctionAppeal, 'Take up the appeal of the own case.')
  openCommitteeReview(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'sanctionAppeal.open', sanctionAppeal, args, underReview);
  }

  @Changes('sanctionAppeal.extend', sanctionAppeal, 'Take longer over an appeal, once.')
  extendCommitteeReview(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'sanctionAppeal.extend', sanctionAppeal, args, async (row, act) => {
      const dueOn = await appealDayAfter(ctx, row.dueOn, DAYS_TO_CONCLUDE);
      const changes = extended(dueOn)(row, act);
      await act.follow((em, now) => prolongCase(em, now, row.caseId));
      return changes;
    });
  }

  @Changes(
    'sanctionAppeal.decide',
    sanctionAppeal,
    'Conclude on an appeal; one that is won annuls the sanction and revokes its records at once.',
  )
  decideSanctionAppeal(
    @Args(() => ConcludeArgs) args: ConcludeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    return change(
      ctx,
      'sanctionAppeal.decide',
      sanctionAppeal,
      args,
      async (row, act) => {
        const until = await appealDayAfter(ctx, act.today, DAYS_TO_PROVINCE);
        return concluded(args, until)(row, act);
      },
      async (row, act) => {
        await notifyOfConclusion(row, act);
        await act.follow((em) => endCase(em, row.caseId));
        if (row.sanctionId && args.conclusion === CommitteeConclusion.REVOKE)
          await overturn(row.sanctionId, { revokes: true }, act);
      },
    );
  }

  @Changes('sanctionAppeal.appealToProvince', sanctionAppeal, 'Go on to the province, in time.')
  appealToProvince(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'sanctionAppeal.appealToProvince', sanctionAppeal, args, toProvince);
  }

  @Changes(
    'sanctionAppeal.close',
    sanctionAppeal,
    'Record what the province decided; a sanction that does not stand is annulled.',
  )
  recordProvincialOutcome(
    @Args(() => ProvincialOutcomeArgs) args: ProvincialOutcomeArgs,
    @Ctx() ctx: Context,
  ): Promise<Payload> {
    const step = decidedByProvince(args);
    return change(ctx, 'sanctionAppeal.close', sanctionAppeal, args, step, async (row, act) => {
      if (!row.sanctionId || args.outcome === AppealOutcome.REJECT) return;
      const revokes = args.outcome === AppealOutcome.REVOKE;
      await overturn(row.sanctionId, { revokes }, act);
    });
  }
}
