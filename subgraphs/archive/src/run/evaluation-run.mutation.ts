import type { Context } from '@chengxin/kit/call/context';
import { change, type Payload } from '@chengxin/kit/change/door';
import { make } from '@chengxin/kit/change/make-row';
import { ChangeArgs, Changes, RowArgs } from '@chengxin/kit/change/payload';
import { Day } from '@chengxin/kit/schema/scalars';
import { Args, ArgsType, Ctx, Field, Resolver } from 'type-graphql';
import { readRuleBook } from '../credit/rule-book.js';
import { EvaluationRun, EvaluationRunKind } from './evaluation-run.entity.js';
import {
  countRuns,
  isLastPart,
  laterLocked,
  lockingOf,
  waitingOfPart,
} from './evaluation-run.loader.js';
import { evaluationRun } from './evaluation-run.noun.js';
import { collegeConfirmed, locked, planned } from './evaluation-run.rules.js';
import { evaluationRunPart, OF_PART } from './evaluation-run-part.noun.js';

@ArgsType()
class PlanRunArgs extends ChangeArgs {
  @Field(() => String, { description: 'Semester: 2026H1 ends on 31 July, 2026H2 on 31 January.' })
  period!: string;

  @Field(() => Day, {
    nullable: true,
    description: 'Day that it is of; the last of the semester, when nothing is said.',
  })
  cutOffOn?: string;
}

/** Official runs of the evaluation (学期信用评价). Source: Z5.3.2c, DOMAIN 2.4, 4.8. */
@Resolver(() => EvaluationRun)
export class EvaluationRunMutation {
  @Changes('run.plan', evaluationRun, 'Plan the evaluation run of a semester.')
  planRun(@Args(() => PlanRunArgs) args: PlanRunArgs, @Ctx() ctx: Context): Promise<Payload> {
    return make(ctx, 'run.plan', evaluationRun, args, async ({ follow }) =>
      planned(args, {
        earlier: await follow((em) => countRuns(em, args.period)),
        book: await follow(readRuleBook),
        laterLocked: (cutOffAt) =>
          follow((em) => laterLocked(em, { kind: EvaluationRunKind.OFFICIAL, cutOffAt })),
      }),
    );
  }

  @Changes(OF_PART, evaluationRunPart, 'Confirm the part of the own college in a run.')
  confirmRun(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(
      ctx,
      OF_PART,
      evaluationRunPart,
      args,
      async (part, act) => collegeConfirmed(await act.follow((em) => waitingOfPart(em, part)), act),
      async (part, act) => {
        if (await act.follow((em) => isLastPart(em, part)))
          await act.also(evaluationRun, part.runId, () => ({}), OF_PART);
      },
    );
  }

  @Changes('run.confirmSchool', evaluationRun, 'Approve a run once its students were notified.')
  approveRun(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'run.confirmSchool', evaluationRun, args, (_, { by, now }) => ({
      approvedBy: by.subject,
      approvedAt: now,
    }));
  }

  @Changes(
    'run.cancel',
    evaluationRun,
    'Cancel a run that was planned by mistake, before it starts.',
  )
  cancelRun(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'run.cancel', evaluationRun, args, () => ({}));
  }

  @Changes('run.lock', evaluationRun, 'Lock a run: evaluators read it from then on.')
  lockRun(@Args(() => RowArgs) args: RowArgs, @Ctx() ctx: Context): Promise<Payload> {
    return change(ctx, 'run.lock', evaluationRun, args, async (run, act) =>
      locked(await act.follow((em) => lockingOf(em, run)), act),
    );
  }
}
