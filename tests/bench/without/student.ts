/** Stands in for how an office reads `Student` from its key: each is there, as the role's cells say. */
import type { Context } from '@chengxin/kit/call/context';
import type { Rulings } from '@chengxin/kit/privacy/decision';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { cell, isOpen } from '@chengxin/kit/privacy/matrix';
import { predicatesOf } from '@chengxin/kit/privacy/predicates';
import type { Role } from '@chengxin/kit/privacy/roles';

const known = new Map<Role, Rulings>();

function rulingsOf(role: Role): Rulings {
  const open = GROUPS.filter((group) => isOpen(cell(role, group).effect));
  const rulings: Rulings = new Map(
    open.map((group) => [
      group,
      { effect: cell(role, group).effect, predicates: predicatesOf(role, group) },
    ]),
  );
  known.set(role, rulings);
  return rulings;
}

export function admitStudent<Student extends { studentNo: string }>(
  student: Student,
  ctx: Context,
): Student {
  const { role } = ctx.identity;
  ctx.decided(student.studentNo, {
    rulings: known.get(role) ?? rulingsOf(role),
    validUntil: Number.MAX_SAFE_INTEGER,
    isEnd: false,
  });
  return student;
}
