import { decimal } from '@chengxin/kit/import/amounts';
import { studentNo } from '@chengxin/kit/import/codecs';
import { day, term } from '@chengxin/kit/import/dates';
import { intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { VOLUNTEER_HOURS_EVENT } from './good.publish.js';
import { REVOKED } from './youth-record-checks.import.js';

/** `volunteerHours`: one line a student and term, the hours of the whole term. Source: G6.4, P-07. */
export const volunteerHoursImport: ImportJob = {
  kind: importKind({
    name: 'volunteerHours',
    columns: [
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'termCode',
        headers: ['term_code', '学期'],
        codec: term,
        required: true,
      },
      {
        field: 'hours',
        headers: ['hours', '时长', '服务时长'],
        codec: decimal({ scale: 1, min: 0.1, max: 9999.9 }),
        required: true,
      },
      { field: 'confirmedOn', headers: ['confirmed_on', '确认日期'], codec: day },
    ],
  }),
  action: 'youthleague.import',
  approval: 'youthleague.approveImport',
  key: ['studentNo', 'termCode'],
  checks: [knownStudent],
  ...intoTable({
    table: 'volunteer_hours',
    key: ['studentNo', 'termCode'],
    fields: { studentNo: 'text', termCode: 'text', hours: 'numeric', confirmedOn: 'date' },
    initial: { state: "'APPROVED'" },
    closed: REVOKED,
    hasEvidence: true,
    event: VOLUNTEER_HOURS_EVENT,
  }),
};
