import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import { STUDENT_NO } from '@chengxin/kit/student-no';
import type { RelationDeclaration } from './relation-declaration.entity.js';

/**
 * A declaration of the actor. It says nothing of whether the student exists: who declares need not be
 * able to find him (DOMAIN 3.7(4)).
 *
 * @throws VALIDATION for what is no student's number.
 * @source F-02
 */
export function declared(
  { studentNo, kind }: Pick<RelationDeclaration, 'studentNo' | 'kind'>,
  { by, today }: Pick<Act, 'by' | 'today'>,
) {
  if (!STUDENT_NO.test(studentNo))
    throw invalid('studentNo', '学号为十位数字。 A student number has ten digits.');
  return { staffNo: by.subject, studentNo, kind, declaredOn: today };
}
