import { columnsOf } from '@chengxin/kit/database/columns';
import { Consent } from './consent.entity.js';
import { choice, code, list, studentNo, text } from '@chengxin/kit/import/codecs';
import { instant } from '@chengxin/kit/import/dates';
import { uscc } from '@chengxin/kit/import/identifiers';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { CONSENT_EVENT } from '../student/roster.publish.js';
import { enrolled, ofOneStudent } from '../student/student-checks.import.js';

/** `consents`: consents that students signed on paper (WRITTEN). Source: L-04, L-09, T-04. */
export const consentImport: ImportJob = {
  kind: importKind({
    name: 'consents',
    columns: [
      {
        field: 'consentId',
        headers: ['consent_id', '授权编号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      {
        field: 'purpose',
        headers: ['purpose', '授权用途'],
        codec: choice({
          THIRD_PARTY_COLLECT: ['第三方采集'],
          EMPLOYER_REPORT: ['用人单位报告'],
          MODEL_CASE: ['典型案例'],
          POSTGRAD_LOAN: ['毕业后贷款'],
          PROVIDER_SHARE: ['向机构提供'],
        }),
        required: true,
      },
      {
        field: 'fieldGroups',
        headers: ['field_groups', '信息类别'],
        codec: list(code(/^[A-Z_]+$/)),
        required: true,
      },
      {
        field: 'recipientName',
        headers: ['recipient_name', '接收方'],
        codec: text({ max: 100 }),
        required: true,
      },
      {
        field: 'recipientUscc',
        headers: ['recipient_uscc', '接收方统一社会信用代码'],
        codec: uscc,
        required: true,
      },
      {
        field: 'noticeVersion',
        headers: ['notice_version', '告知书版本'],
        codec: text({ max: 40 }),
        required: true,
      },
      { field: 'grantedAt', headers: ['granted_at', '授权时间'], codec: instant, required: true },
      { field: 'expiresAt', headers: ['expires_at', '到期时间'], codec: instant, required: true },
      { field: 'withdrawnAt', headers: ['withdrawn_at', '撤回时间'], codec: instant },
    ],
  }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['consentId'],
  checks: [enrolled, ofOneStudent('consent', 'consentId')],
  ...intoTable({
    ...columnsOf(Consent, [
      'consentId',
      'studentNo',
      'purpose',
      'fieldGroups',
      'recipientName',
      'recipientUscc',
      'noticeVersion',
      'grantedAt',
      'expiresAt',
      'withdrawnAt',
    ]),
    key: ['consentId'],
    constants: { form: "'WRITTEN'" },
    event: CONSENT_EVENT,
    reports: {
      consentId: 'c.consent_id',
      isWithdrawn: 'c.withdrawn_at is not null',
      expiresAt: 'c.expires_at',
      isOther: `c.version > 1 and (c.student_no, c.purpose, c.recipient_uscc)
          is distinct from (b.student_no, b.purpose, b.recipient_uscc)`,
    },
  }),
};
