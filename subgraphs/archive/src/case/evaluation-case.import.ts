import { columnsOf } from '@chengxin/kit/database/columns';
import { EvaluationCase } from './evaluation-case.entity.js';
import { execute } from '@chengxin/kit/database/orm';
import { choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { instant } from '@chengxin/kit/import/dates';
import { factTable, type FactTable } from '@chengxin/kit/import/fact-table';
import type { ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

const CASE: FactTable = {
  ...columnsOf(EvaluationCase, ['caseId', 'purpose', 'title', 'hostOffice', 'opensAt', 'closesAt']),
  key: ['caseId'],
  initial: { state: "'OPEN'" },
};
const putCase = factTable(CASE);

const STUDENTS = `
  insert into case_student (case_id, student_no)
  select r.value->>'caseId', s from import_row r
    cross join lateral jsonb_array_elements_text(r.value->'students') s
  where r.batch_id = ?::uuid on conflict do nothing`;

const ASSIGNMENTS = `
  insert into case_assignment (case_id, staff_no, valid_from, valid_to)
  select r.value->>'caseId', e, (r.value->>'opensAt')::timestamptz, (r.value->>'closesAt')::timestamptz
  from import_row r cross join lateral jsonb_array_elements_text(r.value->'evaluators') e
  where r.batch_id = ?::uuid on conflict do nothing`;

/** `cases`: evaluation cases with their students and evaluators, as the host office decided. */
export const caseImport: ImportJob = {
  kind: importKind({
    name: 'cases',
    columns: [
      {
        field: 'caseId',
        headers: ['case_id', '评审编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'purpose',
        headers: ['purpose', '用途'],
        codec: choice({
          AWARD: ['评优'],
          PARTY: ['入党'],
          AID: ['资助'],
          EMPLOYMENT: ['就业推荐'],
          APPEAL: ['申诉'],
        }),
        required: true,
      },
      { field: 'title', headers: ['title', '名称'], codec: text({ max: 200 }), required: true },
      {
        field: 'hostOffice',
        headers: ['host_office', '主办部门'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'opensAt', headers: ['opens_at', '开始时间'], codec: instant, required: true },
      { field: 'closesAt', headers: ['closes_at', '结束时间'], codec: instant, required: true },
      {
        field: 'students',
        headers: ['students', '学生学号'],
        codec: list(studentNo()),
        required: true,
      },
      {
        field: 'evaluators',
        headers: ['evaluators', '评审人工号'],
        codec: list(code(/^[\w-]{1,40}$/)),
        required: true,
      },
    ],
  }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['caseId'],
  checks: [
    {
      column: 'students',
      reason: { zh: '学号不在册', en: 'no such student in the roll' },
      wrong: `exists (select from jsonb_array_elements_text(r.value->'students') n
        where not exists (select from student s where s.student_no = n))`,
    },
    {
      column: 'closesAt',
      reason: {
        zh: '结束时间须在开始后 30 天内',
        en: 'a case closes within 30 days of its opening',
      },
      wrong: `(r.value->>'closesAt')::timestamptz not between
        (r.value->>'opensAt')::timestamptz + interval '1 second'
        and (r.value->>'opensAt')::timestamptz + interval '30 days'`,
    },
  ],
  facts: CASE,
  async apply(em, approval) {
    const changed = await putCase(em, approval);
    await execute(em, STUDENTS, [approval.batchId]);
    await execute(em, ASSIGNMENTS, [approval.batchId]);
    return changed;
  },
};
