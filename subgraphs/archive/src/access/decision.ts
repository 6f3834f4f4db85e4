import type { Context } from '@chengxin/kit/context';
import { DECISION_SECONDS, sealDecision, writeRulings } from '@chengxin/kit/privacy/decision';
import { fault } from '@chengxin/kit/errors';
import type { Student } from '../student/student.entity.js';
import { aidRoundTest } from './aid-round.loader.js';
import { decide } from './decide.rules.js';
import type { Standing } from './note.rules.js';
import { NOBODY, readsBeyondOne, relationClause, relationTest } from './relation.loader.js';
import { standingsOf } from './standing.loader.js';

/** The conditions that hang on facts about a student, where there is none: they do not hold. */
const UNPROVEN: Omit<Standing, 'related'> = {
  inAidRound: false,
  inAppealOrRepair: false,
  inOwnMatter: false,
  schoolMayReadLoans: false,
};

/** For what is written of no student: the role's cells decide, while its relation holds at all. */
export const NO_STUDENT = '';

/**
 * Decide on what names no student: access events of lists and of refused requests.
 *
 * @throws NOT_FOUND when the asker is no more than himself, or reads for one student's matter.
 */
export async function decideNobody(ctx: Context): Promise<void> {
  if (!(await readsBeyondOne(ctx))) throw fault('NOT_FOUND');
  const rulings = decide(ctx.identity, { ...UNPROVEN, related: true });
  if (!rulings.size) throw fault('NOT_FOUND');
  const validUntil = ctx.now.getTime() + DECISION_SECONDS * 1000;
  ctx.decided(NO_STUDENT, { rulings, validUntil });
}

/**
 * Decide on students, once for each in a call, and authenticate the decision for the offices.
 *
 * @returns The students who exist for this asker; the others are as if there were none.
 */
export async function decideStudents(ctx: Context, students: Student[]): Promise<Student[]> {
  const relation = await relationTest(ctx, students);
  const round = await aidRoundTest(ctx);
  const standingOf = await standingsOf(
    ctx,
    students.map(({ studentNo }) => studentNo),
  );
  if (ctx.hasLapsed) return [];
  const latest = ctx.now.getTime() + DECISION_SECONDS * 1000;
  const ends = [relation.until?.getTime(), round.until?.getTime(), ctx.identity.until];
  const validUntil = Math.min(latest, ...ends.filter((end) => end !== undefined));
  return students.filter((student) => {
    const { studentNo } = student;
    const related = relation.holds(student);
    const rulings = decide(ctx.identity, {
      ...standingOf(studentNo),
      related,
      inAidRound: round.holds(student),
      ...(relation.reportTemplate && { reportTemplate: relation.reportTemplate }),
    });
    if (!rulings.size) return false;
    const { decisionKeys } = ctx.keyring;
    ctx.decided(studentNo, { rulings, validUntil });
    ctx.disclosures.asked(studentNo, 'IDENTITY', ctx.ruling('IDENTITY', studentNo).effect);
    student.access = sealDecision(
      decisionKeys,
      studentNo,
      ctx.identity,
      writeRulings(rulings),
      validUntil,
    );
    return true;
  });
}

/**
 * The students whom a list may find: in relation, and only where IDENTITY can be open at all. Whom a
 * matter brings, or a reference names, is asked in the clause itself: rows that are taken out after
 * the page was read would leave their count in `hasNextPage` and their existence in `endCursor`
 * (DOMAIN 3.7(1)).
 */
export async function listClause(ctx: Context): Promise<object> {
  const named = { inAidRound: true, inAppealOrRepair: true };
  const possible = { ...UNPROVEN, related: true, inOwnMatter: true, ...named };
  return decide(ctx.identity, possible).size > 0 ? relationClause(ctx) : NOBODY;
}
