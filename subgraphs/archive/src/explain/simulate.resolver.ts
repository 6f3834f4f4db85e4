import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { daysOf } from '../credit/compute-snapshots.js';
import { factsOf } from '../credit/credit-facts.js';
import { creditOf } from '../credit/credit.rules.js';
import { readRuleBook } from '../credit/rule-book.js';
import { openStudent } from '../student/student.loader.js';
import { explainedLines } from './explained-lines.js';
import { knownRecords, type KnownRecord } from './records-behind.loader.js';
import { ScoreSimulation, ScoreSimulationInput } from './simulation.entity.js';
import { simulatedOn, supposed, supposedRecords } from './simulate.rules.js';

@Resolver(() => ScoreSimulation)
export class SimulateResolver {
  /**
   * What the rules would come to if something of the own records were otherwise; by the function that
   * computes every snapshot, on the records of now, and nothing is written. A closed archive stays
   * scored as of the day of its closing (T-05). Source: DOMAIN 4.8.
   */
  @Privacy('CREDIT_LEDGER')
  @Query(() => ScoreSimulation, {
    nullable: true,
    description: 'What the own score would be, if; for a student of his own data alone (4.8).',
  })
  async simulateScore(
    @Arg('input', () => ScoreSimulationInput) input: ScoreSimulationInput,
    @Ctx() ctx: Context,
  ): Promise<ScoreSimulation> {
    const own = ctx.identity.studentNo;
    if (own === undefined) throw fault('NOT_FOUND');
    const { studentNo } = await openStudent(ctx, own);
    if (ctx.predicates('CREDIT_LEDGER', studentNo).includes('SCHOOL_VIEW'))
      throw fault('NOT_FOUND');
    const wanted = simulatedOn(input, ctx.today);
    const scored = (await daysOf(ctx.em, ctx.now, [studentNo]))(studentNo);
    const on = scored < ctx.today ? scored : wanted;
    const book = await readRuleBook(ctx.em);
    const rules = book.inForceOn(scored);
    const facts = (await factsOf(ctx.em, ctx.now, [studentNo]))(studentNo);
    const now = creditOf(rules, book.facts(facts, scored), scored);
    const credit = creditOf(rules, book.facts(supposed(rules, facts, input, on), scored), on);
    const { lines, score } = credit.full;
    const held = await knownRecords(ctx, studentNo, lines, true);
    const known = new Map<string, KnownRecord>([...held, ...supposedRecords(input.good, on)]);
    return {
      studentNo,
      on,
      scoreNow: now.full.score,
      score,
      grade: credit.grade,
      lines: explainedLines({
        studentNo,
        rulesOf: book.of,
        rules,
        lines,
        known,
        asOf: on,
        today: ctx.today,
      }),
    };
  }
}
