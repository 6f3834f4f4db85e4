/** Whom a launch reaches: locked, in statements that do not grow with them. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { lockStudents } from '../../lock-order.js';
import type { Archive } from '../archive.entity.js';

/** Of a cohort and some kinds of study: not launched yet, or with a letter that was declined. */
const REACHED = `
  select a.student_no as "studentNo"
  from archive a join student s on s.student_no = a.student_no
  where s.cohort = ? and s.scope = any(?::text[])
    and (a.state = 'IMPORTED' or a.state = 'PENDING_SIGNATURE' and a.commitment_id is null)
  order by 1`;

const LOCK = `
  select id, student_no as "studentNo", state, version from archive
  where student_no = any(?::text[]) and state in ('IMPORTED', 'PENDING_SIGNATURE')
  order by student_no for no key update`;

const OFFERED = `
  select student_no as "studentNo" from commitment
  where student_no = any(?::text[]) and matter = 'ENTRY' and state in ('OFFERED', 'SIGNED', 'IN_FORCE')`;

interface Numbered {
  readonly studentNo: string;
}

export interface Reached {
  /** Archives that leave IMPORTED, with what a change must know of them. */
  readonly imported: readonly Archive[];
  /** Students who have no entry letter to sign. */
  readonly withoutLetter: readonly string[];
  /** How many of these were launched before, and declined. */
  readonly declined: number;
}

export async function reached(
  em: EntityManager,
  cohort: number,
  scopes: readonly string[],
): Promise<Reached> {
  const found = await execute<Numbered>(em, REACHED, [cohort, scopes]);
  const studentNos = found.map(({ studentNo }) => studentNo);
  await lockStudents(em, studentNos);
  const archives = await execute<Archive>(em, LOCK, [studentNos]);
  const offered = await execute<Numbered>(em, OFFERED, [studentNos]);
  const have = new Set(offered.map(({ studentNo }) => studentNo));
  const without = archives.filter(({ studentNo }) => !have.has(studentNo));
  return {
    imported: archives.filter(({ state }) => state === 'IMPORTED'),
    withoutLetter: without.map(({ studentNo }) => studentNo),
    declined: without.filter(({ state }) => state !== 'IMPORTED').length,
  };
}
