import { code, text } from '@chengxin/kit/import/codecs';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `staff`: who may log in beside the students, service accounts included. Source: 2.2 Account. */
export const staffImport: ImportJob = {
  kind: importKind({
    name: 'staff',
    columns: [
      {
        field: 'staffNo',
        headers: ['staff_no', '工号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'name', headers: ['name', '姓名'], codec: text({ max: 100 }), required: true },
      { field: 'title', headers: ['title', '职务'], codec: text({ max: 100 }) },
      { field: 'orgCode', headers: ['org_code', '部门代码'], codec: code(/^[\w-]{1,40}$/) },
    ],
  }),
  action: 'grant.import',
  approval: 'grant.approveImport',
  key: ['staffNo'],
  checks: [
    {
      column: 'orgCode',
      reason: { zh: '没有此机构', en: 'there is no such org' },
      wrong: `r.value->>'orgCode' is not null
        and not exists (select from org o where o.org_code = r.value->>'orgCode')`,
    },
  ],
  ...intoTable({
    table: 'staff',
    key: ['staffNo'],
    fields: { staffNo: 'text', name: 'text', title: 'text', orgCode: 'text' },
  }),
};
