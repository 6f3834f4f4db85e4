import { columnsOf } from '@chengxin/kit/database/columns';
import { CourseGrade } from './course-grade.entity.js';
import { decimal, integer } from '@chengxin/kit/import/amounts';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { term } from '@chengxin/kit/import/dates';
import {
  intoTable,
  knownStudent,
  type ImportJob,
  type StagedCheck,
} from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import type { Problem } from '@chengxin/kit/import/reason';
import { knownCourse } from './course-checks.import.js';
import { GradeState } from './course-grade.entity.js';
import type { ScoreScale } from './score.js';
import { readMark } from './score.rules.js';

const SCALE = choice({
  PERCENT: ['百分制'],
  FIVE_LEVEL: ['五级制', '等级制'],
  PASS_FAIL: ['两级制', '合格制'],
});
const STATE = choice({ PUBLISHED: ['已发布', '正常'], WITHDRAWN: ['已撤销', '撤销'] });

const COLUMNS = [
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  {
    field: 'termCode',
    headers: ['term_code', '学期'],
    codec: term,
    required: true,
  },
  {
    field: 'courseCode',
    headers: ['course_code', '课程代码'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  {
    field: 'courseName',
    headers: ['course_name', '课程名称'],
    codec: text({ max: 100 }),
    required: true,
  },
  {
    field: 'credits',
    headers: ['credits', '学分'],
    codec: decimal({ scale: 1, max: 99.9 }),
    required: true,
  },
  { field: 'mark', headers: ['score', '成绩'], codec: text({ max: 20 }), required: true },
  { field: 'scoreScale', headers: ['score_scale', '成绩类型'], codec: SCALE, required: true },
  {
    field: 'gradePoint',
    headers: ['grade_point', '绩点'],
    codec: decimal({ scale: 2, max: 4 }),
  },
  { field: 'attempt', headers: ['attempt', '修读次数'], codec: integer({ min: 1, max: 9 }) },
  { field: 'state', headers: ['state', '成绩状态'], codec: STATE },
] as const;
/** Marks of other systems that say whether a grade is one. */
const GUARDS = [{ headers: ['成绩标识', '成绩标志'], counts: ['', '正常', '有效'] }];
type GradeRow = RowOf<typeof COLUMNS>;

function checkMark({ mark, scoreScale }: GradeRow): Problem | undefined {
  const score = readMark(mark, scoreScale as ScoreScale);
  return 'reason' in score ? { column: 'mark', reason: score.reason } : undefined;
}

/** The mark as a number on its scale. A new grade is the first attempt and stands, unless the file says else. */
function stage({ mark, ...row }: GradeRow): object {
  const score = readMark(mark, row.scoreScale as ScoreScale);
  return {
    ...row,
    scoreRaw: 'value' in score ? score.value : null,
    attempt: row.attempt ?? 1,
    isAttemptGiven: row.attempt !== null,
    state: row.state ?? GradeState.PUBLISHED,
  };
}

/** Where there are further attempts, a file that does not say which one it means is not guessed at. */
const attemptGiven: StagedCheck = {
  column: 'attempt',
  reason: {
    zh: '该课程已有多次修读的成绩，须写明修读次数',
    en: 'must be given: there are grades of other attempts at this course',
  },
  wrong: `r.value->>'isAttemptGiven' = 'false' and exists (select from course_grade g
    where g.student_no = r.value->>'studentNo' and g.term_code = r.value->>'termCode'
      and g.course_code = r.value->>'courseCode' and g.attempt <> 1)`,
};

/** `grades`: one line a student, term, course and attempt. Source: G6.2. */
export const gradeImport: ImportJob = {
  kind: importKind({ name: 'grades', columns: COLUMNS, guards: GUARDS, check: checkMark }),
  action: 'academics.import',
  approval: 'academics.approveImport',
  key: ['studentNo', 'termCode', 'courseCode', 'attempt'],
  checks: [knownStudent, knownCourse, attemptGiven],
  stage,
  ...intoTable({
    ...columnsOf(CourseGrade, [
      'studentNo',
      'termCode',
      'courseCode',
      'courseName',
      'credits',
      'scoreRaw',
      'scoreScale',
      'gradePoint',
      'attempt',
      'state',
    ]),
    key: ['studentNo', 'termCode', 'courseCode', 'attempt'],
    hasEvidence: true,
    readFrom: { scoreRaw: 'mark' },
  }),
};
