/** Whom a launch reaches: locked, in statements that do not grow with them. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { lockStudents } from '../../lock-order.js';
import type { Archive } from '../archive.entity.js';

const WITH_COMMITMENT = `
  select from commitment c where c.student_no = a.student_no and c.matter = 'ENTRY'
    and c.state in ('OFFERED', 'SIGNED', 'IN_FORCE')`;

/** Of a cohort and some kinds of study: not launched yet, or with an entry commitment that was declined. */
const REACHED = `
  from archive a join student s on s.student_no = a.student_no
  where s.cohort = ? and s.scope = any(?::text[]) and (a.state = 'IMPORTED'
    or a.state = 'PENDING_SIGNATURE' and a.commitment_id is null and not exists (${WITH_COMMITMENT}))`;

const COUNT = `
  select count(*) filter (where a.state = 'IMPORTED')::integer as launched,
    count(*) filter (where a.state <> 'IMPORTED')::integer as "offeredAgain" ${REACHED}`;

const SOME = `select a.student_no as "studentNo" ${REACHED} order by 1 limit ?`;

const LOCK = `
  select a.id, a.student_no as "studentNo", a.state, a.version, exists (${WITH_COMMITMENT}) as "hasCommitment"
  from archive a
  where a.student_no = any(?::text[]) and a.state in ('IMPORTED', 'PENDING_SIGNATURE')
  order by a.student_no for no key update of a`;

/** To whom a launch goes. */
export interface Addressed {
  readonly cohort: number;
  readonly scopes: readonly string[];
}

export interface ReachedCounts {
  readonly launched: number;
  readonly offeredAgain: number;
}

/** Launches of one cohort wait for one another, so that a later one counts what an earlier one left. */
const LOCK_COHORT = `select pg_advisory_xact_lock(hashtextextended('signing-launch ' || ?, 0))`;

/** Before a launch is counted; other launches of the cohort wait until this one is committed. */
export const lockCohort = (em: EntityManager, cohort: number): Promise<unknown> =>
  execute(em, LOCK_COHORT, [String(cohort)]);

/** How many archives a launch reaches, and how many declined commitments are offered once more. */
export async function countReached(
  em: EntityManager,
  { cohort, scopes }: Addressed,
): Promise<ReachedCounts> {
  const [counts] = await execute<ReachedCounts>(em, COUNT, [cohort, scopes]);
  return counts ?? { launched: 0, offeredAgain: 0 };
}

export interface Reached {
  /** Archives that leave IMPORTED, with what a change must know of them. */
  readonly imported: readonly Archive[];
  /** Students who have no entry commitment to sign. */
  readonly withoutCommitment: readonly string[];
}

/** Lock some of those whom a launch reaches. */
export async function lockReached(
  em: EntityManager,
  { cohort, scopes }: Addressed,
  atMost: number,
): Promise<Reached> {
  const found = await execute<{ studentNo: string }>(em, SOME, [cohort, scopes, atMost]);
  const studentNos = found.map(({ studentNo }) => studentNo);
  await lockStudents(em, studentNos);
  const rows = await execute<Archive & { hasCommitment: boolean }>(em, LOCK, [studentNos]);
  return {
    imported: rows.filter(({ state }) => state === 'IMPORTED'),
    withoutCommitment: rows.flatMap(({ studentNo, hasCommitment }) =>
      hasCommitment ? [] : [studentNo],
    ),
  };
}
