import type { Context } from '@chengxin/kit/call/context';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { EvaluationRun } from './evaluation-run.entity.js';
import { partsOf, runsOf, waitingOf } from './evaluation-run.loader.js';
import { EvaluationRunPart } from './evaluation-run-part.entity.js';

@Resolver(() => EvaluationRun)
export class EvaluationRunResolver {
  @Reads({ period: 'EvaluationRun.period' })
  @Privacy('RULES')
  @Query(() => [EvaluationRun], {
    nullable: true,
    description: 'The evaluation runs, or those of one semester, the latest first (4.8).',
  })
  evaluationRuns(
    @Arg('period', () => String, { nullable: true }) period: string | undefined,
    @Ctx() ctx: Context,
  ): Promise<EvaluationRun[]> {
    return runsOf(ctx, period);
  }

  @Privacy('ADMINISTRATION')
  @FieldResolver(() => [EvaluationRunPart], {
    nullable: true,
    description: 'Its parts by college, once it is computed: those of the own units.',
  })
  parts(@Root() { runId }: EvaluationRun, @Ctx() ctx: Context): Promise<EvaluationRunPart[]> {
    return partsOf(ctx).load(runId);
  }
}

@Resolver(() => EvaluationRunPart)
export class EvaluationRunPartResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Grades of C or D that wait for the college; for those who confirm them (L-08).',
  })
  async waitingForCollege(
    @Root() part: EvaluationRunPart,
    @Ctx() ctx: Context,
  ): Promise<number | null> {
    return (await waitingOf(ctx).load(part))?.forCollege ?? null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Grades of C or D that wait for anybody; for those who confirm them (L-08).',
  })
  async waiting(@Root() part: EvaluationRunPart, @Ctx() ctx: Context): Promise<number | null> {
    return (await waitingOf(ctx).load(part))?.forAnybody ?? null;
  }
}
