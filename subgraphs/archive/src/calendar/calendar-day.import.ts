import { choice, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';

/** `calendar`: holidays, and the working days that make up for them. Source: DOMAIN 2.1, section 6. */
export const calendarImport: ImportJob = {
  kind: importKind({
    name: 'calendar',
    columns: [
      { field: 'day', headers: ['day', '日期'], codec: day, required: true },
      {
        field: 'isWorking',
        headers: ['is_working', '是否上班'],
        codec: choice({ true: ['是', '上班'], false: ['否', '放假'] }),
        required: true,
      },
      { field: 'name', headers: ['name', '说明'], codec: text({ max: 100 }) },
    ],
  }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['day'],
  checks: [],
  ...intoTable({
    table: 'calendar_day',
    key: ['day'],
    fields: { day: 'date', isWorking: 'boolean', name: 'text' },
  }),
};
