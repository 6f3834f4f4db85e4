import type { StagedCheck } from '@chengxin/kit/import/job';

/**
 * A grade names a course of the school. Where no list of courses was imported there is nothing to
 * compare with, and grades alone must still come in: an office may start with them. From the first
 * course on, a code that is not listed is a slip of the pen or a course that is lacking, and either
 * is mended before the grade stands.
 */
export const knownCourse: StagedCheck = {
  column: 'courseCode',
  reason: { zh: '课程库中没有此课程', en: 'is no course of the list of courses' },
  wrong: `exists (select from course)
    and not exists (select from course c where c.course_code = r.value->>'courseCode')`,
};
