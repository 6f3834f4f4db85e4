import { columnsOf } from '@chengxin/kit/database/columns';
import { PracticeRecord } from './practice-record.entity.js';
import { decimal } from '@chengxin/kit/import/amounts';
import { code, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { PRACTICE_EVENT } from './good.publish.js';
import { REVOKED } from './youth-record-checks.import.js';

/** `practices`: one line a student and activity. Source: G6.4. */
export const practiceImport: ImportJob = {
  kind: importKind({
    name: 'practices',
    columns: [
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'activity',
        headers: ['activity', '活动名称', '活动'],
        codec: text({ max: 100 }),
        required: true,
      },
      {
        field: 'hours',
        headers: ['hours', '学时'],
        codec: decimal({ scale: 1, min: 0.1, max: 9999.9 }),
        required: true,
      },
      { field: 'place', headers: ['place', '地点'], codec: text({ max: 100 }) },
      {
        field: 'verifiedBy',
        headers: ['verified_by', '核实人工号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'practisedOn', headers: ['practised_on', '日期'], codec: day, required: true },
    ],
  }),
  action: 'youthleague.import',
  approval: 'youthleague.approveImport',
  key: ['studentNo', 'activity', 'practisedOn'],
  checks: [knownStudent],
  ...intoTable({
    ...columnsOf(PracticeRecord, [
      'studentNo',
      'activity',
      'hours',
      'place',
      'verifiedBy',
      'practisedOn',
    ]),
    key: ['studentNo', 'activity', 'practisedOn'],
    initial: { state: "'APPROVED'" },
    closed: REVOKED,
    hasEvidence: true,
    event: PRACTICE_EVENT,
  }),
};
