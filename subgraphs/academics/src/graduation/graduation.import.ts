import { columnsOf } from '@chengxin/kit/database/columns';
import { lockStaged } from '@chengxin/kit/database/lock-rows';
import { choice, studentNo } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import {
  intoTable,
  knownStudent,
  type ImportJob,
  type StagedCheck,
} from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { Graduation } from './graduation.entity.js';

/** The archive may have been closed by what was published: no file changes it. */
const notPublished: StagedCheck = {
  column: 'studentNo',
  reason: {
    zh: '该生已列入发布的毕业名单，不得由导入更改',
    en: 'is on a graduation list that was published and is not changed by a file',
  },
  wrong: `exists (select from graduation g where g.student_no = r.value->>'studentNo'
    and g.list_id is not null and (g.graduation_on, g.outcome)
      <> ((r.value->>'graduationOn')::date, r.value->>'outcome'))`,
};

/** `graduations`: one line a student who ends his studies. Source: G10.1. */
export const graduationImport: ImportJob = {
  kind: importKind({
    name: 'graduations',
    columns: [
      { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
      { field: 'graduationOn', headers: ['graduation_on', '毕业日期'], codec: day, required: true },
      {
        field: 'outcome',
        headers: ['outcome', '毕业结论', '毕结业结论'],
        codec: choice({
          GRADUATED: ['毕业'],
          COMPLETED: ['结业'],
          POSTPONED: ['延期', '延期毕业'],
        }),
        required: true,
      },
    ],
  }),
  action: 'academics.import',
  approval: 'academics.approveImport',
  key: ['studentNo'],
  checks: [knownStudent, notPublished],
  // A list may be published between the clerk's file and its approval.
  lock: lockStaged({ table: 'graduation', key: 'student_no' }, 'studentNo'),
  ...intoTable({
    ...columnsOf(Graduation, ['studentNo', 'graduationOn', 'outcome']),
    key: ['studentNo'],
    hasEvidence: true,
  }),
};
