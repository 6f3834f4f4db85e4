/** Lets the gateway make the document of a report, once, in one request of its student (Z2.1, L-09). */
import type { Context } from '@chengxin/kit/call/context';
import { json, type HttpResponse } from '@chengxin/kit/call/http';
import type { OpenedReport } from '@chengxin/kit/call/report-paths';
import { requireRight, tableRow } from '@chengxin/kit/change/authorization';
import { appendLine } from '@chengxin/kit/change/operation-log';
import { HOUR_MS } from '@chengxin/kit/clock';
import { execute } from '@chengxin/kit/database/orm';
import { fault } from '@chengxin/kit/errors';
import type { PersonRoute } from '@chengxin/kit/server/office-definition';
import { TEMPLATES, type ReportTemplate } from '../employer/template.rules.js';
import { lockStudent } from '../lock-order.js';
import { creditReport } from './credit-report.noun.js';

const OK = 200;
const ACTION = 'creditReport.make';
const QUESTION_AT_MOST = 500;
const ARRIVAL_MS = 5000;
/** So long a report waits for its document; what stands in it is then of the day of its issue. */
const WAITS_MS = HOUR_MS;

/** The report of the caller whose code is shown, without a document as yet. It is no change of it. */
const OPEN = `
  with opened as (
    update credit_report r set making_request = ?
    from report_status s, consent c
    where r.student_no = ? and r.id::text = ? and s.idx = r.status_idx and s.code_hash = ?
      and r.state = 'ISSUED' and r.document_digest is null and r.issued_at > ?::timestamptz
      and c.consent_id = r.consent_id and c.withdrawn_at is null and c.expires_at > ?::timestamptz
    returning r.id as "reportId", r.form, r.report_template as template, r.watermark,
      r.status_idx as "statusIdx", r.issued_at as "issuedAt", r.expires_at as "expiresAt",
      c.recipient_name as "recipientName"
  )
  select *, coalesce((select o.name from org o where o.kind = 'SCHOOL' limit 1), '') as "schoolName"
  from opened`;

const MADE = `
  update credit_report r set document_digest = ?
  from consent c
  where r.student_no = ? and r.id::text = ? and r.making_request = ?
    and r.state = 'ISSUED' and r.document_digest is null
    and c.consent_id = r.consent_id and c.withdrawn_at is null and c.expires_at > ?::timestamptz
  returning r.id`;

/** @throws NOT_FOUND for who is no student; FORBIDDEN_ACTION */
function studentOf(ctx: Context): string {
  requireRight(ctx, tableRow(ACTION));
  const { studentNo } = ctx.identity;
  if (studentNo === undefined) throw fault('NOT_FOUND');
  return studentNo;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const questionOf = (body: Buffer): Record<string, unknown> =>
  JSON.parse(body.toString('utf8')) as Record<string, unknown>;

async function opened(ctx: Context, body: Buffer): Promise<HttpResponse> {
  const studentNo = studentOf(ctx);
  const { reportId, codeHash } = questionOf(body);
  const { requestId } = ctx.identity;
  const since = new Date(ctx.now.getTime() - WAITS_MS);
  const named = [requestId, studentNo, textOf(reportId), textOf(codeHash), since, ctx.now];
  const row = await ctx.transaction.step(async () => {
    await lockStudent(ctx.em, studentNo);
    const [found] = await execute<Omit<OpenedReport, 'groups'>>(ctx.em, OPEN, named);
    return found;
  });
  if (!row) throw fault('NOT_FOUND');
  const groups = [...TEMPLATES[row.template as ReportTemplate]];
  return json(OK, { ...row, groups } satisfies OpenedReport);
}

async function made(ctx: Context, body: Buffer): Promise<HttpResponse> {
  const studentNo = studentOf(ctx);
  const { reportId, documentDigest } = questionOf(body);
  const id = textOf(reportId);
  await ctx.transaction.step(async () => {
    await lockStudent(ctx.em, studentNo);
    const named = [textOf(documentDigest), studentNo, id, ctx.identity.requestId, ctx.now];
    const [row] = await execute(ctx.em, MADE, named);
    // Withdrawn or taken back meanwhile: no document leaves.
    if (!row) throw fault('NOT_FOUND');
    await appendLine(ctx, { action: ACTION, target: { type: creditReport.name, id }, studentNo });
  });
  return json(OK, {});
}

const ofQuestion = { bodyAtMost: QUESTION_AT_MOST, arrivalMs: ARRIVAL_MS };

/** `POST /report-open`: what a report is; its groups are open to this request alone, as to an employer. */
export const openRoute: PersonRoute = { ...ofQuestion, answer: opened };
/** `POST /report-made`: its document is made, and leaves next. */
export const madeRoute: PersonRoute = { ...ofQuestion, answer: made };
