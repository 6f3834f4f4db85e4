/** `GET /verify/{code}`: what whoever holds a report learns of it, and of no one's (G21, 6). */
import { json, type HttpRequest, type HttpResponse, type Route } from '@chengxin/kit/call/http';
import { digest } from '@chengxin/kit/call/crypto';
import { REPORT_VERIFIED_PATH, type VerifiedReport } from '@chengxin/kit/call/report-paths';
import { fault } from '@chengxin/kit/errors';
import { labelOf } from '@chengxin/kit/schema/labels';
import type { Log } from '@chengxin/kit/server/log';
import { errorAnswer } from '../fetch/error-answer.js';
import { OfficeDown, type OfficeCaller } from '../fetch/signed-post.js';
import { SAFE } from '../files/safe-headers.js';
import { DECIDING_OFFICE } from '../offices.js';
import { VERIFY_PATH } from './report-addresses.js';

interface VerifyParts {
  readonly caller: OfficeCaller;
  readonly log: Log;
}

const OK = 200;
const SHA_256 = /^[\da-f]{64}$/i;
const UNKNOWN = { zh: '查无此码', en: 'No report has this code' };

/** @throws VALIDATION */
function digestIn({ searchParams }: URL): string {
  const sent = searchParams.get('sha256');
  if (sent === null) return '';
  if (!SHA_256.test(sent)) throw fault('VALIDATION', 'sha256: 64 hex digits.');
  return Buffer.from(sent, 'hex').toString('base64url');
}

/** Its answer is the same in form and in what it costs, whether there is such a code or not. */
async function verified({ caller }: VerifyParts, { url }: HttpRequest): Promise<VerifiedReport> {
  const code = url.pathname.slice(VERIFY_PATH.length + 1);
  const question = JSON.stringify({ codeHash: digest(code), documentDigest: digestIn(url) });
  const { status, text } = await caller.post(DECIDING_OFFICE, REPORT_VERIFIED_PATH, question);
  if (status !== OK) throw new OfficeDown(`The archive answered ${status}.`);
  return JSON.parse(text) as VerifiedReport;
}

const isHtmlWanted = ({ headers }: HttpRequest): boolean =>
  (headers.accept ?? '').includes('text/html');

const row = (title: string, value: string): string => `<dt>${title}</dt><dd>${value}</dd>`;

/** The same as a page; nothing in it comes from the request. */
function pageOf({ validity, issuedOn, isDocument }: VerifiedReport): string {
  const { zh, en } = labelOf('CreditReportValidity', validity) ?? UNKNOWN;
  const compared = isDocument ? '一致 The same' : '不一致 Another document';
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>报告查验 Report verification</title>
<main><h1>报告查验 Report verification</h1><dl>
${row('状态 Status', `${zh} ${en}`)}
${row('签发日期 Issued', issuedOn ?? '—')}
${isDocument === null ? '' : row('文件 Document', compared)}
</dl><p>查验只说明报告是否有效，不显示报告内容。 This says whether the report is valid, and nothing of what it says.</p></main></html>
`;
}

/** What the page or the JSON says; the code of a request stands in no log and in no cache. */
export const verifyRoute =
  (parts: VerifyParts): Route =>
  async (request) => {
    try {
      const found = await verified(parts, request);
      const isHtml = isHtmlWanted(request);
      const { validity, issuedOn, isDocument } = found;
      const state = { validity, issuedOn, ...(isDocument !== null && { isDocument }) };
      const answer: HttpResponse = isHtml
        ? {
            status: OK,
            headers: { 'content-type': 'text/html; charset=utf-8' },
            body: pageOf(found),
          }
        : json(OK, state);
      return { ...answer, headers: { ...SAFE, ...answer.headers, vary: 'accept' } };
    } catch (error) {
      return errorAnswer(error, parts.log, 'no report is verified');
    }
  };
