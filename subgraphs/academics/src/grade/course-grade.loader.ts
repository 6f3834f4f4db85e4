import { studentRows } from '@chengxin/kit/read/rows';
import { CourseGrade } from './course-grade.entity.js';

/** Grades of a student, the latest term first. */
export const gradesOf = studentRows({
  entity: CourseGrade,
  group: 'GRADES',
  predicates: {},
  orderBy: { termCode: 'desc', courseCode: 'asc', attempt: 'desc' },
});
