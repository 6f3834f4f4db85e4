import { columnsOf } from '@chengxin/kit/database/columns';
import { CadrePost } from './cadre-post.entity.js';
import { choice, studentNo, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import { inOrder, intoTable, knownStudent, type ImportJob } from '@chengxin/kit/import/job';
import { importKind } from '@chengxin/kit/import/kind';
import { CADRE_POST_EVENT } from './good.publish.js';
import { REVOKED } from './youth-record-checks.import.js';

const LEVEL = choice({
  CLASS: ['班级'],
  COLLEGE: ['院级', '学院'],
  SCHOOL: ['校级', '学校'],
  PROVINCE: ['省级'],
  STATE: ['国家级'],
});
const APPRAISAL = choice({
  EXCELLENT: ['优秀'],
  COMPETENT: ['称职'],
  BASICALLY_COMPETENT: ['基本称职'],
  NOT_COMPETENT: ['不称职'],
});

/** Columns of a file of cadre posts, and what must hold between them. */
const kind = importKind({
  name: 'cadrePosts',
  columns: [
    { field: 'studentNo', headers: ['student_no', '学号'], codec: studentNo(), required: true },
    {
      field: 'org',
      headers: ['org', '组织', '组织名称'],
      codec: text({ max: 100 }),
      required: true,
    },
    { field: 'post', headers: ['post', '职务'], codec: text({ max: 60 }), required: true },
    {
      field: 'level',
      headers: ['level', '级别'],
      codec: LEVEL,
      required: true,
    },
    { field: 'fromOn', headers: ['from', '任职开始'], codec: day, required: true },
    { field: 'toOn', headers: ['to', '任职结束'], codec: day },
    {
      field: 'appraisal',
      headers: ['appraisal', '考核结果'],
      codec: APPRAISAL,
    },
  ],
  check: ({ fromOn, toOn }) =>
    toOn && toOn < fromOn
      ? {
          column: 'toOn',
          reason: { zh: '任职结束不得早于开始', en: 'must not be before the first day' },
        }
      : undefined,
});

/** `cadrePosts`: one line a post and term. Source: G6.4. */
export const cadrePostImport: ImportJob = {
  kind,
  action: 'youthleague.import',
  approval: 'youthleague.approveImport',
  key: ['studentNo', 'org', 'post', 'fromOn'],
  checks: [knownStudent, inOrder('fromOn', 'toOn')],
  ...intoTable({
    ...columnsOf(CadrePost, ['studentNo', 'org', 'post', 'level', 'appraisal'], {
      fromOn: 'date',
      toOn: 'date',
    }),
    key: ['studentNo', 'org', 'post', 'fromOn'],
    initial: { state: "'APPROVED'" },
    closed: REVOKED,
    hasEvidence: true,
    event: CADRE_POST_EVENT,
  }),
};
