/** `POST /reports/{id}`: the document of a report that the student issued, made once (Z2.1, G21, L-09). */
import { actionsBy, REPORT_MAKE } from '@chengxin/kit/action/endpoints';
import { digest } from '@chengxin/kit/call/crypto';
import { faultAnswer, type HttpResponse, type Route } from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import type { IssuerKeys } from '@chengxin/kit/call/issuer-keys';
import {
  REPORT_MADE_PATH,
  REPORT_OPEN_PATH,
  type OpenedReport,
} from '@chengxin/kit/call/report-paths';
import { fault } from '@chengxin/kit/errors';
import { filePlaces } from '@chengxin/kit/import/http/limits';
import type { Group } from '@chengxin/kit/privacy/groups';
import type { Log } from '@chengxin/kit/server/log';
import type { ExecuteAs } from '../export/gather.js';
import { errorAnswer } from '../fetch/error-answer.js';
import { OfficeDown, type OfficeCaller, type SignedAnswer } from '../fetch/signed-post.js';
import { SAFE } from '../files/safe-headers.js';
import { authorized, type Identify } from '../identity/authorized.js';
import { isObject } from '../objects.js';
import { DECIDING_OFFICE } from '../offices.js';
import { credentialOf } from './credential.js';
import { REPORTS_PATH, verifyUrl } from './report-addresses.js';
import { contentOf, reportGroups, reportOperation, type ReportContent } from './report-content.js';
import { readWish, type DocumentWish } from './report-wish.js';
import { reportPdf } from './report.pdf.js';

export interface ReportParts {
  readonly identify: Identify;
  readonly caller: OfficeCaller;
  readonly execute: ExecuteAs;
  readonly keys: IssuerKeys | undefined;
  readonly issuer: () => string;
  readonly log: Log;
}

const OK = 200;
const UNAVAILABLE = 503;
const RETRY_SECONDS = 10;

/** An answer of the archive that is none of the report: handed on as it is. */
class Refused extends Error {
  constructor(readonly answer: SignedAnswer) {
    super('The archive refuses.');
  }
}

async function call<T>(
  { caller }: ReportParts,
  path: string,
  question: object,
  identity: Identity,
): Promise<T> {
  const answer = await caller.post(DECIDING_OFFICE, path, JSON.stringify(question), identity);
  if (answer.status >= UNAVAILABLE || answer.status === 401)
    throw new OfficeDown(`The archive answered ${answer.status}.`);
  if (answer.status !== OK) throw new Refused(answer);
  return JSON.parse(answer.text) as T;
}

/**
 * The recipient of a report as the graph knows him, in this request alone: what the document shows is
 * what he would read by a token of the same consent, with the same masks, and he is in the access log.
 */
const recipientOf = ({ reportId }: OpenedReport, { requestId, until }: Identity): Identity => ({
  subject: `report:${reportId}`,
  role: 'EMPLOYER_TOKEN',
  orgs: [],
  purpose: 'EMPLOYER_REPORT',
  reference: reportId,
  requestId,
  ...(until !== undefined && { until }),
  groups: [],
  deniedAtGateway: [],
});

/** @throws SUBGRAPH_UNAVAILABLE: a report that leaves out an office that is down says too little. */
async function gather(
  { execute }: ReportParts,
  groups: readonly Group[],
  recipient: Identity,
): Promise<ReportContent> {
  const { data, errors = [] } = await execute(recipient, { query: reportOperation(groups) });
  const report = data?.['employerReport'];
  const student = isObject(report) ? report['student'] : undefined;
  if (errors.length || !isObject(student)) throw fault('SUBGRAPH_UNAVAILABLE');
  return contentOf(student, groups);
}

/** @throws VALIDATION for a group that the template does not have. */
function groupsOf({ form, groups }: OpenedReport, { wanted }: DocumentWish): Group[] {
  const all = reportGroups(groups);
  if (!wanted) return all;
  // A template on paper is whole: what was left out would be read as guilt (3.6).
  if (form === 'PAPER') throw fault('VALIDATION', 'groups: 仅限数字凭证。 Of a credential alone.');
  const beyond = wanted.filter((one) => !(all as readonly string[]).includes(one));
  if (beyond.length) throw fault('VALIDATION', `groups: ${all.join(', ')}.`);
  return all.filter((group) => wanted.includes(group));
}

interface Document {
  readonly type: string;
  readonly ending: string;
  readonly body: Buffer | string;
  /** What its digest is of: of a credential the part that the school signed. */
  readonly digested: Buffer | string;
}

async function documentOf(
  { keys, issuer }: ReportParts,
  report: OpenedReport,
  content: ReportContent,
  { checkCode, holderKey }: DocumentWish,
): Promise<Document> {
  if (report.form === 'PAPER') {
    const body = await reportPdf(report, content, verifyUrl(issuer(), checkCode));
    return { type: 'application/pdf', ending: 'pdf', body, digested: body };
  }
  if (!keys) throw fault('SUBGRAPH_UNAVAILABLE');
  const body = await credentialOf(keys, issuer(), report, content, holderKey);
  const [digested = ''] = body.split('~');
  return { type: 'application/dc+sd-jwt', ending: 'sd-jwt', body, digested };
}

async function made(
  parts: ReportParts,
  identity: Identity,
  reportId: string,
  wish: DocumentWish,
): Promise<HttpResponse> {
  const codeHash = digest(wish.checkCode);
  const question = { reportId, codeHash };
  const report = await call<OpenedReport>(parts, REPORT_OPEN_PATH, question, identity);
  const groups = groupsOf(report, wish);
  const content = await gather(parts, groups, recipientOf(report, identity));
  const { type, ending, body, digested } = await documentOf(parts, report, content, wish);
  // It is valid from here on; withdrawn meanwhile, it does not leave.
  const documentDigest = digest(digested);
  await call(parts, REPORT_MADE_PATH, { reportId, documentDigest }, identity);
  return {
    status: OK,
    headers: {
      ...SAFE,
      'content-type': type,
      'content-disposition': `attachment; filename="${report.watermark}.${ending}"`,
      'x-request-id': identity.requestId,
    },
    body,
  };
}

/** Nothing of a document is kept: it leaves as a whole, once, or not at all. */
function makeRoute(parts: ReportParts): Route {
  const atOnce = filePlaces();
  return async (request) => {
    try {
      const identity = await authorized(parts.identify, request, actionsBy(REPORT_MAKE));
      const wish = await readWish(request.body);
      const reportId = request.url.pathname.slice(REPORTS_PATH.length + 1);
      const full = () =>
        faultAnswer(fault('RATE_LIMITED', undefined, { retryAfterSeconds: RETRY_SECONDS }));
      return await atOnce(identity.subject, full, () => made(parts, identity, reportId, wish));
    } catch (error) {
      if (error instanceof Refused) {
        const { status, text } = error.answer;
        return { status, headers: { 'content-type': 'application/json' }, body: text };
      }
      return errorAnswer(error, parts.log, 'no report is handed out');
    }
  };
}

export const makeRoutes = (parts: ReportParts) => ({
  [`POST ${REPORTS_PATH}/*`]: makeRoute(parts),
});
