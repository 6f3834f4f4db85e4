import { choice, code, text } from '@chengxin/kit/import/codecs';
import { intoTable, type ImportJob, type StagedCheck } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { orgsBelow } from './orgs-below.js';

/** The tree as it will be: rows of the file in the place of those that are there; upwards from a row. */
const ABOVE_THEN = `
  with recursive above as (
    select r.value->>'orgCode' as org_code, r.value->>'kind' as kind,
      r.value->>'parentCode' as parent_code
    union
    select n.org_code, n.kind, n.parent_code from above a cross join lateral (
      select o.value->>'orgCode', o.value->>'kind', o.value->>'parentCode' from import_row o
      where o.batch_id = r.batch_id and o.value->>'orgCode' = a.parent_code
      union all
      select t.org_code, t.kind, t.parent_code from org t where t.org_code = a.parent_code
        and not exists (select from import_row o
          where o.batch_id = r.batch_id and o.value->>'orgCode' = a.parent_code)
    ) n (org_code, kind, parent_code)
  )
  select from above`;

/**
 * What students are in does not move away from their college: a class would open them to two colleges,
 * a major would be one that theirs does not teach (G17, G19.1). What moves with its college may.
 */
const keepsStudents = (place: 'class_code' | 'major_code'): StagedCheck => ({
  column: 'parentCode',
  reason: {
    zh: '该机构的学生属于其他学院，不能移动；请先逐人转学院（transferStudent）',
    en: 'it has students of another college: transfer the students first (transferStudent)',
  },
  wrong: `case when exists (select from org t where t.org_code = r.value->>'orgCode'
      and (t.parent_code, t.kind) is distinct from (r.value->>'parentCode', r.value->>'kind'))
    then exists (
      with recursive below as (${orgsBelow(`org_code = r.value->>'orgCode'`)})
      select from (select distinct s.college from student s
        where s.${place} in (select org_code from below)
          and s.college not in (select org_code from below)) s
      where not exists (${ABOVE_THEN} where org_code = s.college)
        ${place === 'major_code' ? `and exists (${ABOVE_THEN} where kind = 'COLLEGE')` : ''})
    else false end`,
});

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
    keepsStudents('class_code'),
    keepsStudents('major_code'),
  ],
  ...intoTable({
    table: 'org',
    key: ['orgCode'],
    fields: { orgCode: 'text', name: 'text', kind: 'text', parentCode: 'text' },
  }),
};
