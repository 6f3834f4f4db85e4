import { yuanToFen } from '@chengxin/kit/import/amounts';
import { academicYear, choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import type { Problem } from '@chengxin/kit/import/reason';
import { enrolled, notAfterToday, ofOneStudent } from '../student/student-checks.import.js';

const KIND = choice({
  NATIONAL_GRANT: ['国家助学金'],
  HARDSHIP: ['困难认定', '家庭经济困难认定'],
  WORK_STUDY: ['勤工助学'],
  TUITION_WAIVER: ['学费减免'],
  SCHOLARSHIP: ['奖学金'],
  TEMPORARY: ['临时困难补助'],
});
const LEVEL = choice({
  SPECIAL: ['特别困难'],
  HARD: ['困难', '比较困难'],
  GENERAL: ['一般困难'],
});

const COLUMNS = [
  {
    field: 'aidNo',
    headers: ['aid_no', '资助编号'],
    codec: code(/^[\w-]{1,40}$/),
    required: true,
  },
  { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
  { field: 'kind', headers: ['kind', '资助类别'], codec: KIND, required: true },
  {
    field: 'academicYear',
    headers: ['academic_year', '学年'],
    codec: academicYear,
    required: true,
  },
  { field: 'amountFen', headers: ['amount', '资助金额', '金额'], codec: yuanToFen },
  { field: 'hardshipLevel', headers: ['hardship_level', '困难等级'], codec: LEVEL },
  { field: 'factors', headers: ['factors', '困难因素'], codec: list(text({ max: 40 })) },
  { field: 'decidedOn', headers: ['decided_on', '认定日期'], codec: day, required: true },
] as const;
type AidRow = RowOf<typeof COLUMNS>;

/** A finding of hardship has a level, and what it rests on stands beside a level alone. */
function checkHardship({ kind, hardshipLevel, factors }: AidRow): Problem | undefined {
  if (hardshipLevel || (kind !== 'HARDSHIP' && !factors)) return undefined;
  const reason = { zh: '困难认定须有等级', en: 'is needed for a finding of hardship' };
  return { column: 'hardshipLevel', reason };
}

const stage = ({ factors, ...row }: AidRow): object => ({ ...row, factors: factors ?? [] });

/** `aid`: one line a grant, waiver, scholarship or finding of hardship. Source: G8.3, FG03, FG17. */
export const aidImport: ImportJob = {
  kind: importKind({ name: 'aid', columns: COLUMNS, check: checkHardship }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['aidNo'],
  checks: [enrolled, notAfterToday('decidedOn'), ofOneStudent('aid_record', 'aidNo')],
  stage,
  ...intoTable({
    table: 'aid_record',
    key: ['aidNo'],
    fields: {
      aidNo: 'text',
      studentNo: 'text',
      kind: 'text',
      academicYear: 'text',
      amountFen: 'integer',
      hardshipLevel: 'text',
      factors: 'jsonb',
      decidedOn: 'date',
    },
    hasEvidence: true,
    reports: { studentNo: 'c.student_no' },
  }),
};
