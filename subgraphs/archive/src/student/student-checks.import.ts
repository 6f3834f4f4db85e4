/** What must hold between a staged row of the archive and its students and calendar. */
import { dayIn } from '@chengxin/kit/database/day';
import { snake } from '@chengxin/kit/database/snake';
import type { StagedCheck } from '@chengxin/kit/import/job';

/** Facts of the archive are of students whom it has. */
export const enrolled: StagedCheck = {
  column: 'studentNo',
  reason: { zh: '学号不在册', en: 'no such student in the roll' },
  wrong: `not exists (select from student s where s.student_no = r.value->>'studentNo')`,
};

/** A day that has come, at +08:00; a day that is not given is no wrong one. */
export const notAfterToday = (column: string): StagedCheck => ({
  column,
  reason: { zh: '日期晚于今天', en: 'is after today' },
  wrong: `(r.value->>'${column}')::date > ${dayIn('importer.at')}`,
});

/** A number that names a fact of one student names none of another. */
export const ofOneStudent = (table: string, key: string): StagedCheck => ({
  column: 'studentNo',
  reason: { zh: '该编号属于另一名学生', en: 'the number is of a fact of another student' },
  wrong: `exists (select from ${table} t where t.${snake(key)} = r.value->>'${key}'
    and t.student_no <> r.value->>'studentNo')`,
});
