import type { Context } from '@chengxin/kit/context';
import { execute } from '@chengxin/kit/database/orm';

/** The report that a token opens in one request. */
export interface OpenReport {
  readonly studentNo: string;
  readonly template: string;
  readonly watermark: string;
  readonly issuedAt: Date;
  /** End of the token or of the consent, whichever comes first. */
  readonly until: Date;
}

/**
 * Take one view of a token, once a request: consent and token are read again each time, and the row
 * is locked, so that two requests never share the last view (note 7, SC-06).
 */
const OPEN = `
  with token as (
    select t.id, c.student_no, t.report_template, t.watermark, t.issued_at,
      least(t.expires_at, c.expires_at) as until
    from report_token t join consent c on c.consent_id = t.consent_id
    where t.id::text = ? and c.purpose = 'EMPLOYER_REPORT'
      and t.state in ('ISSUED', 'USED', 'EXHAUSTED') and t.issued_at <= ? and t.expires_at > ?
      and c.withdrawn_at is null and c.granted_at <= ? and c.expires_at > ?
    for update of t
  ), seen as (
    select v.token_id from report_view v join token on token.id = v.token_id
    where v.request_id = ?
  ), taken as (
    update report_token t set used_views = t.used_views + 1,
      state = case when t.used_views + 1 >= t.max_views then 'EXHAUSTED' else 'USED' end
    where t.id in (select id from token) and t.used_views < t.max_views
      and not exists (select from seen)
    returning t.id
  ), noted as (
    insert into report_view (token_id, request_id, at) select id, ?, ? from taken
  )
  select student_no as "studentNo", report_template as template, watermark,
    issued_at as "issuedAt", until
  from token
  where id in (select id from taken) or id in (select token_id from seen)`;

/** The report of the request's token, or nothing when it may not be opened. */
export const openReport = (ctx: Context): Promise<OpenReport | undefined> =>
  ctx.loader(OPEN, async () => {
    const { reference = '', requestId } = ctx.identity;
    const { now } = ctx;
    const rows = await execute<OpenReport>(ctx.em, OPEN, [
      reference,
      now,
      now,
      now,
      now,
      requestId,
      requestId,
      now,
    ]);
    const [row] = rows;
    return row && { ...row, issuedAt: new Date(row.issuedAt), until: new Date(row.until) };
  });
