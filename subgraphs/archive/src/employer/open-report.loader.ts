import type { Context } from '@chengxin/kit/call/context';
import { execute } from '@chengxin/kit/database/orm';
import { isOpen, cell } from '@chengxin/kit/privacy/matrix';
import { isInReport } from './template.rules.js';

/** The report that a token opens in one request. */
export interface OpenReport {
  readonly studentNo: string;
  readonly template: string;
  readonly watermark: string;
  readonly issuedAt: Date;
  /** End of the token or of the consent, whichever comes first. */
  readonly until: Date;
}

/** SQL: tokens `t` whose time has not passed at the instant `v.now`, nor that of their consent `c`. */
export const VALID_TOKENS = `
  from v cross join report_token t join consent c on c.consent_id = t.consent_id
  where c.purpose = 'EMPLOYER_REPORT'
    and t.state in ('ISSUED', 'USED', 'EXHAUSTED') and t.issued_at <= v.now and t.expires_at > v.now
    and c.withdrawn_at is null and c.granted_at <= v.now and c.expires_at > v.now`;

const REPORT = `
  select t.id, c.student_no as "studentNo", t.report_template as template, t.watermark,
    t.issued_at as "issuedAt", least(t.expires_at, c.expires_at) as until, t.used_views, t.max_views
  ${VALID_TOKENS} and t.id::text = v.reference`;
const VALUES = 'v as (select ?::text as reference, ?::timestamptz as now)';

const SEEN = `
  select v.token_id from report_view v join token on token.id = v.token_id where v.request_id = ?`;

/**
 * A report whose document this very request makes: what it shows is what its recipient would see, and
 * it has no views (docs/decisions/0073).
 */
const DOCUMENT = `
  select d.student_no, d.report_template, d.watermark, d.issued_at,
    least(d.expires_at, c.expires_at)
  from v cross join credit_report d join consent c on c.consent_id = d.consent_id
  where d.id::text = v.reference and d.making_request = ? and d.document_digest is null
    and d.state = 'ISSUED' and c.withdrawn_at is null and c.expires_at > v.now`;

/** Read a report that has a view left, or of which this request took one. */
const READ = `
  with ${VALUES}, token as (${REPORT}), seen as (${SEEN})
  select "studentNo", template, watermark, "issuedAt", until from token
  where used_views < max_views or id in (select token_id from seen)
  union all ${DOCUMENT}`;

/**
 * Take one view of a token, once a request: consent and token are read again each time, and the row
 * is locked, so that two requests never share the last view (note 7, SC-06).
 */
const TAKE = `
  with ${VALUES}, token as (${REPORT} for update of t), seen as (${SEEN}), taken as (
    update report_token t set used_views = t.used_views + 1, state = 'USED'
    where t.id in (select id from token) and t.used_views < t.max_views
      and not exists (select from seen)
    returning t.id
  ), noted as (
    insert into report_view (token_id, request_id, at) select id, ?, ? from taken
  )
  select "studentNo", template, watermark, "issuedAt", until
  from token where id in (select id from taken) or id in (select token_id from seen)
  union all ${DOCUMENT}`;

async function run(
  ctx: Context,
  sql: string,
  more: readonly unknown[],
): Promise<OpenReport | undefined> {
  const { reference = '', requestId } = ctx.identity;
  const parameters = [reference, ctx.now, requestId, ...more, requestId];
  const [row] = await execute<OpenReport>(ctx.em, sql, parameters);
  return row && { ...row, issuedAt: new Date(row.issuedAt), until: new Date(row.until) };
}

/** The report of the request's token, or nothing when it may not be opened. Takes no view. */
export const readReport = (ctx: Context): Promise<OpenReport | undefined> =>
  ctx.loader(READ, () => run(ctx, READ, []));

/**
 * Whether the request selects a leaf that the report shows; objects that lead to none are no view.
 */
function showsReport({ identity }: Context, { template }: OpenReport): boolean {
  const leaves = identity.leaves ?? identity.groups.map((group) => [group]);
  return leaves.some((groups) =>
    groups.every(
      (group) => isInReport(template, group) && isOpen(cell(identity.role, group).effect),
    ),
  );
}

/**
 * The report, whose student is about to be shown: a request that shows something of it takes a view,
 * every other one none.
 */
export const openReport = (ctx: Context): Promise<OpenReport | undefined> =>
  ctx.loader(TAKE, async () => {
    const report = await readReport(ctx);
    if (!report || !showsReport(ctx, report)) return report;
    const { requestId } = ctx.identity;
    return run(ctx, TAKE, [requestId, ctx.now]);
  });
