import { columnsOf } from '@chengxin/kit/database/columns';
import { Audit } from './audit.entity.js';
import { code, text } from '@chengxin/kit/import/codecs';
import { instant } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `audits`: the audit numbers that reads of an auditor name. Source: DOMAIN 3.4. */
export const auditImport: ImportJob = {
  kind: importKind({
    name: 'audits',
    columns: [
      {
        field: 'auditNo',
        headers: ['audit_no', '审计编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'staffNo',
        headers: ['staff_no', '工号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'title', headers: ['title', '名称'], codec: text({ max: 200 }), required: true },
      { field: 'opensAt', headers: ['opens_at', '开始时间'], codec: instant, required: true },
      { field: 'closesAt', headers: ['closes_at', '结束时间'], codec: instant, required: true },
    ],
  }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['auditNo'],
  checks: [],
  ...intoTable({
    ...columnsOf(Audit, ['auditNo', 'closesAt'], {
      staffNo: 'text',
      title: 'text',
      opensAt: 'timestamptz',
    }),
    key: ['auditNo'],
  }),
};
