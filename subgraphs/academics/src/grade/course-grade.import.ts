import { decimal, integer } from '@chengxin/kit/import/amounts';
import { choice, code, studentNo, text } from '@chengxin/kit/import/codecs';
import { factTable } from '@chengxin/kit/import/fact-table';
import { knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import type { Problem } from '@chengxin/kit/import/reason';
import { knownCourse } from './course.check.js';
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
    codec: code(/^\d{4}-[123]$/),
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
type GradeRow = RowOf<typeof COLUMNS>;

function checkMark({ mark, scoreScale }: GradeRow): Problem | undefined {
  const score = readMark(mark, scoreScale as ScoreScale);
  return 'reason' in score ? { column: 'mark', reason: score.reason } : undefined;
}

/** The mark as a number on its scale; the first attempt and a grade that stands unless told. */
function stage({ mark, ...row }: GradeRow): object {
  const score = readMark(mark, row.scoreScale as ScoreScale);
  return {
    ...row,
    scoreRaw: 'value' in score ? score.value : null,
    attempt: row.attempt ?? 1,
    state: row.state ?? GradeState.PUBLISHED,
  };
}

/** `grades`: one line a student, term, course and attempt. Source: G6.2. */
export const gradeImport: ImportJob = {
  kind: importKind({ name: 'grades', columns: COLUMNS, check: checkMark }),
  action: 'academics.import',
  approval: 'academics.approveImport',
  key: ['studentNo', 'termCode', 'courseCode', 'attempt'],
  checks: [knownStudent, knownCourse],
  stage,
  apply: factTable({
    table: 'course_grade',
    key: ['studentNo', 'termCode', 'courseCode', 'attempt'],
    fields: {
      studentNo: 'text',
      termCode: 'text',
      courseCode: 'text',
      courseName: 'text',
      credits: 'numeric',
      scoreRaw: 'numeric',
      scoreScale: 'text',
      gradePoint: 'numeric',
      attempt: 'integer',
      state: 'text',
    },
    hasEvidence: true,
  }),
};
