import { columnsOf } from '@chengxin/kit/database/columns';
import { AidRound } from './aid-round.entity.js';
import { academicYear, choice, code, list } from '@chengxin/kit/import/codecs';
import { instant } from '@chengxin/kit/import/dates';
import { intoTable, type ImportJob } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import { refuse, type Problem } from '@chengxin/kit/import/reason';
import { AidRoundState } from './aid-round.entity.js';

const CODE = code(/^[\w-]{1,40}$/);

const COLUMNS = [
  { field: 'roundId', headers: ['round_id', '轮次编号'], codec: CODE, required: true },
  {
    field: 'academicYear',
    headers: ['academic_year', '学年'],
    codec: academicYear,
    required: true,
  },
  { field: 'orgCodes', headers: ['org_codes', '机构代码'], codec: list(CODE), required: true },
  { field: 'opensAt', headers: ['opens_at', '开始时间'], codec: instant, required: true },
  { field: 'closesAt', headers: ['closes_at', '结束时间'], codec: instant, required: true },
  {
    field: 'state',
    headers: ['state', '轮次状态'],
    codec: choice({ OPEN: ['进行中', '开放'], CLOSED: ['已结束', '关闭'] }),
  },
] as const;
type RoundRow = RowOf<typeof COLUMNS>;

const checkWindow = ({ opensAt, closesAt }: RoundRow): Problem | undefined =>
  closesAt > opensAt
    ? undefined
    : { column: 'closesAt', ...refuse('须晚于开始时间', 'must be after the opening') };

const stage = (row: RoundRow): object => ({ ...row, state: row.state ?? AidRoundState.OPEN });

/** `aid-rounds`: when aid is decided, and for whom. Source: F-04. */
export const aidRoundImport: ImportJob = {
  kind: importKind({ name: 'aid-rounds', columns: COLUMNS, check: checkWindow }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['roundId'],
  checks: [
    {
      column: 'orgCodes',
      reason: { zh: '没有此机构', en: 'there is no such org' },
      wrong: `exists (select from jsonb_array_elements_text(r.value->'orgCodes') c
        where not exists (select from org o where o.org_code = c))`,
    },
  ],
  stage,
  ...intoTable({
    ...columnsOf(AidRound, ['roundId', 'academicYear', 'orgCodes', 'opensAt', 'closesAt', 'state']),
    key: ['roundId'],
  }),
};
