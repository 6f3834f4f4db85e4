import { columnsOf } from '@chengxin/kit/database/columns';
import { Provider } from './provider.entity.js';
import { choice, code, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { uscc } from '@chengxin/kit/import/identifiers';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `providers`: the register of third parties, kept by student affairs. Source: G3.2, T-12. */
export const providerImport: ImportJob = {
  kind: importKind({
    name: 'providers',
    columns: [
      { field: 'uscc', headers: ['uscc', '统一社会信用代码'], codec: uscc, required: true },
      { field: 'name', headers: ['name', '机构名称'], codec: text({ max: 100 }), required: true },
      {
        field: 'kind',
        headers: ['kind', '机构类型'],
        codec: choice({
          BANK: ['银行'],
          TELECOM: ['电信运营商', '电信'],
          LOAN: ['贷款机构', '助学贷款银行'],
          CREDIT_AGENCY: ['征信机构', '资信机构'],
        }),
        required: true,
      },
      {
        field: 'licenceNo',
        headers: ['licence_no', '许可证号'],
        codec: code(/^[\w-]{1,40}$/),
        required: true,
      },
      {
        field: 'licenceUntil',
        headers: ['licence_until', '许可证有效期'],
        codec: day,
        required: true,
      },
    ],
  }),
  action: 'provider.register',
  key: ['uscc'],
  checks: [],
  ...intoTable({
    ...columnsOf(Provider, ['uscc', 'name', 'kind', 'licenceNo', 'licenceUntil']),
    key: ['uscc'],
    // A file renews a licence; it does not reinstate who was suspended.
    initial: { state: "'ACTIVE'" },
  }),
};
