import { decimal } from '@chengxin/kit/import/amounts';
import { choice, code, text } from '@chengxin/kit/import/codecs';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `courses`: one line a course that the school offers. Source: G6.2. */
export const courseImport: ImportJob = {
  kind: importKind({
    name: 'courses',
    columns: [
      {
        field: 'courseCode',
        headers: ['course_code', '课程代码'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'name', headers: ['name', '课程名称'], codec: text({ max: 100 }), required: true },
      {
        field: 'credits',
        headers: ['credits', '学分'],
        codec: decimal({ scale: 1, max: 99.9 }),
        required: true,
      },
      {
        field: 'kind',
        headers: ['kind', '课程类别'],
        codec: choice({
          COMPULSORY: ['必修'],
          ELECTIVE: ['选修'],
          PUBLIC: ['公共必修', '公共基础'],
          PRACTICE: ['实践'],
        }),
        required: true,
      },
      { field: 'department', headers: ['department', '开课部门'], codec: text({ max: 60 }) },
    ],
  }),
  action: 'academics.import',
  approval: 'academics.approveImport',
  key: ['courseCode'],
  checks: [],
  ...intoTable({
    table: 'course',
    key: ['courseCode'],
    fields: {
      courseCode: 'text',
      name: 'text',
      credits: 'numeric',
      kind: 'text',
      department: 'text',
    },
  }),
};
