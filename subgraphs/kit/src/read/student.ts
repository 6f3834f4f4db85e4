import type { Context } from '../call/context.js';

interface StudentReference {
  readonly studentNo: string;
  readonly access?: string | null;
}

/**
 * How an office reads `Student` from its key: the archive's decision comes with it, or the student
 * does not exist for this caller.
 *
 * @throws NOT_FOUND without a decision that holds for this student, caller, request and clock.
 */
export function admitStudent(reference: StudentReference, ctx: Context): StudentReference {
  ctx.admit(reference.studentNo, reference.access);
  return reference;
}
