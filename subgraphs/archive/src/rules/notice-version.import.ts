import type { EntityManager } from '@chengxin/kit/database/orm';
import { execute } from '@chengxin/kit/database/orm';
import type { Applied, Approval } from '@chengxin/kit/import/approval';
import { code, text } from '@chengxin/kit/import/codecs';
import { day } from '@chengxin/kit/import/dates';
import type { ImportJob } from '@chengxin/kit/import/job';
import { importKind, type RowOf } from '@chengxin/kit/import/kind';
import { refuse, type Problem } from '@chengxin/kit/import/reason';

const TITLE_AT_MOST = 100;
const TEXT_AT_MOST = 20_000;

const COLUMNS = [
  {
    field: 'version',
    headers: ['version', '告知书版本'],
    codec: code(/^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/),
    required: true,
  },
  {
    field: 'title',
    headers: ['title', '标题'],
    codec: text({ max: TITLE_AT_MOST }),
    required: true,
  },
  {
    field: 'text',
    headers: ['text', '告知内容'],
    codec: text({ max: TEXT_AT_MOST, lines: true }),
    required: true,
  },
  { field: 'validFrom', headers: ['valid_from', '生效日期'], codec: day, required: true },
  { field: 'validTo', headers: ['valid_to', '失效日期'], codec: day },
] as const;
type NoticeRow = RowOf<typeof COLUMNS>;

const checkDays = ({ validFrom, validTo }: NoticeRow): Problem | undefined =>
  validTo && validTo < validFrom
    ? { column: 'validTo', ...refuse('早于生效日期', 'is before the first day') }
    : undefined;

/** A version that is published stays as it is: its row is passed over. */
const PUBLISH = `
  with published as (
    insert into notice_version (version, title, text, valid_from, valid_to, recorded_by, recorded_at,
      approved_by, approved_at)
    select v.version, v.title, v.text, v."validFrom", v."validTo", ?, ?, ?, ?
    from import_row r cross join lateral jsonb_to_record(r.value)
      as v(version text, title text, text text, "validFrom" date, "validTo" date)
    where r.batch_id = ?::uuid
    on conflict (version) do nothing
    returning 1)
  select count(*)::integer as count from published`;

async function publish(
  em: EntityManager,
  { recordedBy, recordedAt, approvedBy, approvedAt, batchId }: Approval,
): Promise<Applied> {
  const parameters = [recordedBy, recordedAt, approvedBy, approvedAt, batchId];
  const [published] = await execute<{ count: number }>(em, PUBLISH, parameters);
  return { count: published?.count ?? 0, rows: [] };
}

/**
 * `notice-versions`: notices on processing (个人信息处理告知书), published by the approval of a second
 * person. A published version is never changed, since agreements and consents name it. Source: L-10, 3.6.
 */
export const noticeVersionImport: ImportJob = {
  kind: importKind({ name: 'notice-versions', columns: COLUMNS, check: checkDays }),
  action: 'archive.import',
  approval: 'archive.approveImport',
  key: ['version'],
  checks: [
    {
      column: 'version',
      reason: {
        zh: '此版本已发布，不得更改，请使用新的版本号',
        en: 'is published and cannot be changed; use a new version',
      },
      wrong: `exists (select from notice_version n where n.version = r.value->>'version'
        and (n.title, n.text, n.valid_from, n.valid_to) is distinct from (r.value->>'title',
          r.value->>'text', (r.value->>'validFrom')::date, (r.value->>'validTo')::date))`,
    },
  ],
  apply: publish,
};
