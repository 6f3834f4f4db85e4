import type { Context } from '@chengxin/kit/call/context';
import { fault } from '@chengxin/kit/errors';
import { isLapsed } from '@chengxin/kit/call/lapsed';
import { GROUPS, isAboutStudent, type Group } from '@chengxin/kit/privacy/groups';
import { DECISION_SECONDS, type Validity } from '@chengxin/kit/privacy/decision';
import { aidRoundTest } from './aid-round.loader.js';
import { decide } from './decide.rules.js';
import type { RelationFacts } from './note.rules.js';
import type { Placed } from './placed.js';
import { NOBODY, readsBeyondOne, relationClause, relationTest } from './relation.loader.js';
import { RELATIONS } from './relation.rules.js';
import { relationFactsOf } from './relation-facts.loader.js';

/** The conditions that hang on facts about a student, where there is none: they do not hold. */
const UNPROVEN: Omit<RelationFacts, 'related'> = {
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
 * @throws NOT_FOUND when the caller is no more than himself, or reads for one student's matter.
 */
export async function decideNobody(ctx: Context): Promise<void> {
  if (!(await readsBeyondOne(ctx))) throw fault('NOT_FOUND');
  const rulings = decide(ctx.identity, { ...UNPROVEN, related: true });
  if (!rulings.size) throw fault('NOT_FOUND');
  const validUntil = ctx.now.getTime() + DECISION_SECONDS * 1000;
  ctx.decided(NO_STUDENT, { rulings, validUntil, isEnd: false });
}

/** What rows of lists and of counts may be of: the same for all of a call, which share the decision. */
const LISTED = GROUPS.filter(isAboutStudent);

/**
 * Decide on rows of lists and of counts, whose own clause says of whom they are.
 *
 * @returns False for who reads one student alone, or one by one: there is no list for him.
 */
export async function decideRows(ctx: Context): Promise<boolean> {
  // Who stands in a matter of the caller's office is in the clause as well.
  const inOwnMatter = RELATIONS[ctx.identity.role] === 'MATTER';
  if (!inOwnMatter && !(await readsBeyondOne(ctx))) return false;
  const rulings = decide(ctx.identity, { ...UNPROVEN, related: true, inOwnMatter }, LISTED);
  const validUntil = ctx.now.getTime() + DECISION_SECONDS * 1000;
  ctx.decided(NO_STUDENT, { rulings, validUntil, isEnd: false });
  return rulings.size > 0;
}

/** How long decisions of this call hold: for some seconds, or to the first of the known ends. */
function validityOf({ now, identity }: Context, known: readonly (Date | undefined)[]): Validity {
  const latest = now.getTime() + DECISION_SECONDS * 1000;
  const ends = known.flatMap((end) => end?.getTime() ?? []);
  if (identity.isEnd && identity.until !== undefined) ends.push(identity.until);
  const validUntil = Math.min(latest, identity.until ?? latest, ...ends);
  return { validUntil, isEnd: ends.includes(validUntil) };
}

interface Asked {
  readonly groups?: readonly Group[];
  readonly isReplay?: boolean | undefined;
}

/**
 * Decide on students, once for each in a call.
 *
 * @param groups    What is decided; the groups that the operation selects, when nothing is said.
 * @param isReplay  Of one student, on whom the same action was taken before.
 * @returns The students who exist for this caller; the others are as if there were none.
 * @throws SUBGRAPH_UNAVAILABLE when all of it took too long.
 */
export async function decideStudents<Student extends Placed>(
  ctx: Context,
  students: readonly Student[],
  { groups = ctx.identity.groups, isReplay = false }: Asked = {},
): Promise<Student[]> {
  const relation = await relationTest(ctx, students);
  const round = await aidRoundTest(ctx);
  const factsOf = await relationFactsOf(
    ctx,
    students.map(({ studentNo }) => studentNo),
  );
  const validity = validityOf(ctx, [relation.until, round.until]);
  const overdue = ctx.overdue ?? ctx.overdueAt(validity);
  // For every number, else it would disclose who exists (DOMAIN 3.7(4)).
  if (overdue && isLapsed(overdue)) throw overdue;
  if (overdue) return [];
  return students.filter((student) => {
    const { studentNo } = student;
    const related = relation.holds(student);
    const facts = {
      ...factsOf(studentNo),
      related,
      inAidRound: round.holds(student),
      isReplay,
      ...(relation.reportTemplate && { reportTemplate: relation.reportTemplate }),
    };
    const rulings = decide(ctx.identity, facts, groups);
    if (!rulings.size) return false;
    ctx.decided(studentNo, { rulings, ...validity });
    ctx.disclosures.record(studentNo, 'IDENTITY', ctx.ruling('IDENTITY', studentNo).effect);
    return true;
  });
}

/**
 * The students whom a list may find: in relation, and only where IDENTITY can be open at all. A
 * matter or a reference is tested in the clause itself: rows that are taken out after
 * the page was read would leave their count in `hasNextPage` and their existence in `endCursor`
 * (DOMAIN 3.7(1)).
 */
export async function listClause(ctx: Context): Promise<object> {
  const named = { inAidRound: true, inAppealOrRepair: true };
  const possible = { ...UNPROVEN, related: true, inOwnMatter: true, ...named };
  return decide(ctx.identity, possible).size > 0 ? relationClause(ctx) : NOBODY;
}
