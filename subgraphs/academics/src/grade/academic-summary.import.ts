import { columnsOf } from '@chengxin/kit/database/columns';
import { AcademicSummary } from './academic-summary.entity.js';
import { decimal } from '@chengxin/kit/import/amounts';
import { choice, studentNo } from '@chengxin/kit/import/codecs';
import { intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `summaries`: one line a student, as it stands now. Source: G6.2. */
export const summaryImport: ImportJob = {
  kind: importKind({
    name: 'summaries',
    columns: [
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'gpa',
        headers: ['gpa', '平均绩点'],
        codec: decimal({ scale: 2, max: 4 }),
        required: true,
      },
      {
        field: 'creditsEarned',
        headers: ['credits_earned', '已获学分'],
        codec: decimal({ scale: 1, max: 9999.9 }),
        required: true,
      },
      {
        field: 'creditsDue',
        headers: ['credits_due', '应获学分'],
        codec: decimal({ scale: 1, max: 9999.9 }),
      },
      {
        field: 'rankBand',
        headers: ['rank_band', '排名区间'],
        codec: choice({
          TOP10: ['前10%'],
          TOP30: ['前30%'],
          MIDDLE: ['中等', '中段'],
          LOW: ['靠后', '后段'],
        }),
        required: true,
      },
      {
        field: 'warningLevel',
        headers: ['warning_level', '学业预警'],
        codec: choice({ NONE: ['无'], YELLOW: ['黄色'], ORANGE: ['橙色'], RED: ['红色'] }),
        required: true,
      },
      {
        field: 'graduationEligibility',
        headers: ['graduation_eligibility', '毕业资格'],
        codec: choice({
          NOT_YET: ['未审核', '未到审核期'],
          ELIGIBLE: ['具备', '合格'],
          NOT_ELIGIBLE: ['不具备', '不合格'],
        }),
        required: true,
      },
    ],
  }),
  action: 'academics.import',
  approval: 'academics.approveImport',
  key: ['studentNo'],
  checks: [knownStudent],
  ...intoTable({
    ...columnsOf(AcademicSummary, [
      'studentNo',
      'gpa',
      'creditsEarned',
      'creditsDue',
      'rankBand',
      'warningLevel',
      'graduationEligibility',
    ]),
    key: ['studentNo'],
    hasEvidence: true,
  }),
};
