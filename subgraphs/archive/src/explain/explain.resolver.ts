import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { Privacy } from '@chengxin/kit/schema/guard';
import { NO_FIELD, Reads } from '@chengxin/kit/schema/reads';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { ownerOfSnapshot, snapshotOf } from '../credit/credit.loader.js';
import { readRuleBook } from '../credit/rule-book.js';
import { openStudent } from '../student/student.loader.js';
import { explainedLines } from './explained-lines.js';
import { gradeWords, REVIEW } from './explain.rules.js';
import { ScoreExplanation } from './explanation.entity.js';
import { knownRecords } from './records-behind.loader.js';

/** Looked for where a number is of no snapshot, by the same statements as a student (DOMAIN 3.7(4)). */
const NOBODY = '0000000000';

@Resolver(() => ScoreExplanation)
export class ExplainResolver {
  /**
   * Every number of every line of one snapshot, in the one view of it that the caller may see. A
   * snapshot that he may not see is not found, like one that there is not. Source: DOMAIN 4.8, L-08.
   */
  @Reads({ snapshotId: NO_FIELD })
  @Privacy('CREDIT_LEDGER')
  @Query(() => ScoreExplanation, {
    nullable: true,
    description:
      'Why a score is what it is, in words: the snapshot as `credit` names it (4.8, L-08).',
  })
  async explainScore(
    @Arg('snapshotId', () => ID) snapshotId: string,
    @Ctx() ctx: Context,
  ): Promise<ScoreExplanation> {
    const owner = await ownerOfSnapshot(ctx, snapshotId);
    const { studentNo } = await openStudent(ctx, owner ?? NOBODY);
    const shown = await snapshotOf(ctx, studentNo, snapshotId);
    if (!shown) throw fault('NOT_FOUND');
    const { view, onDay: asOf, ruleSet: ruleSetVersion, grade, isFull } = shown;
    const book = await readRuleBook(ctx.em);
    const rules = book.of(ruleSetVersion);
    const { lines, score } = view;
    const known = await knownRecords(ctx, studentNo, lines, isFull);
    return {
      studentNo,
      snapshotId: shown.snapshotId,
      view: isFull ? 'FULL' : 'SCHOOL',
      asOf,
      ruleSetVersion,
      start: rules.start,
      lines: explainedLines({
        studentNo,
        rulesOf: book.of,
        rules,
        lines,
        known,
        asOf,
        today: ctx.today,
      }),
      score,
      grade,
      gradeWords: gradeWords(rules),
      review: REVIEW,
    };
  }
}
