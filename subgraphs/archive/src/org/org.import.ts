import { choice, code, text } from '@chengxin/kit/import/codecs';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `orgs`: the org tree. Source: G17, G18. */
export const orgImport: ImportJob = {
  kind: importKind({
    name: 'orgs',
    columns: [
      {
        field: 'orgCode',
        headers: ['org_code', '机构代码'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'name',
        headers: ['name', '机构名称', '名称'],
        codec: text({ max: 100 }),
        required: true,
      },
      {
        field: 'kind',
        headers: ['kind', '机构类别', '类别'],
        codec: choice({
          SCHOOL: ['学校'],
          COLLEGE: ['学院', '二级学院'],
          DEPARTMENT: ['部门'],
          CLASS: ['班级'],
          MAJOR: ['专业'],
        }),
        required: true,
      },
      {
        field: 'parentCode',
        headers: ['parent_code', '上级机构代码'],
        codec: code(/^[\w-]{1,40}$/),
      },
    ],
  }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['orgCode'],
  checks: [
    {
      column: 'parentCode',
      reason: { zh: '没有此上级机构', en: 'there is no such org above' },
      wrong: `r.value->>'parentCode' is not null
        and not exists (select from org o where o.org_code = r.value->>'parentCode')
        and not exists (select from import_row o where o.batch_id = r.batch_id
          and o.value->>'orgCode' = r.value->>'parentCode')`,
    },
  ],
  ...intoTable({
    table: 'org',
    key: ['orgCode'],
    fields: { orgCode: 'text', name: 'text', kind: 'text', parentCode: 'text' },
  }),
};
