/**
 * `POST /exports`, `GET /exports/{id}`: an export of students, or a frozen release as a file; who asks is
 * made out here, the archive decides (3.6).
 */
import { actionsBy, EXPORT_DOWNLOAD, EXPORT_REQUEST } from '@chengxin/kit/action/endpoints';
import {
  EXPORTS_PATH,
  RELEASE_ENCODINGS,
  RELEASE_FORMATS,
  RELEASED_PATH,
  type ReleaseQuestion,
} from '@chengxin/kit/call/export-paths';
import { type HttpResponse, type Route, type ServedRoutes } from '@chengxin/kit/call/http';
import { fault } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Log } from '@chengxin/kit/server/log';
import { errorAnswer } from '../fetch/error-answer.js';
import { type OfficeCaller, type SignedBytes } from '../fetch/signed-post.js';
import { SAFE } from '../files/safe-headers.js';
import { authorized, type Identify } from '../identity/authorized.js';
import { DECIDING_OFFICE } from '../offices.js';
import { bulkExports, type BulkExports, type BulkParts } from './bulk/bulk-export.js';
import { ranged } from './range.js';

export interface ReleaseParts extends BulkParts {
  readonly identify: Identify;
  readonly caller: OfficeCaller;
  readonly log: Log;
}

const NOT_FOUND = 404;

/** Whatever has not this form is the number of no release and of no export. */
const NUMBER = /^[\da-f-]{36}$/i;
/** What is handed on of the archive's answer. */
const PASSED = ['content-type', 'content-disposition', 'retry-after'] as const;

type Form = Pick<ReleaseQuestion, 'format' | 'encoding'>;

/** The one of these that a parameter names; without it the first. @throws VALIDATION */
function chosen<Of extends string>({ searchParams }: URL, name: string, all: readonly Of[]): Of {
  const named = searchParams.get(name) ?? all[0];
  const one = all.find((known) => known === named);
  if (!one) throw fault('VALIDATION', `${name}: ${all.join(', ')}.`);
  return one;
}

/** @throws VALIDATION; an export has the form that was approved, whatever is named here. */
function formOf(url: URL): Form {
  const format = chosen(url, 'format', RELEASE_FORMATS);
  const encodings = format === 'csv' ? RELEASE_ENCODINGS : RELEASE_ENCODINGS.slice(0, 1);
  return { format, encoding: chosen(url, 'encoding', encodings) };
}

/** An export of the caller's own, or else a release. */
async function fileOf(
  { caller }: ReleaseParts,
  bulk: BulkExports,
  identity: Identity,
  id: string,
  form: Form,
): Promise<SignedBytes> {
  const exported = await bulk.fetch(identity, id);
  if (exported.status !== NOT_FOUND) return exported;
  const question: ReleaseQuestion = { releaseId: id, ...form };
  return caller.exchange(DECIDING_OFFICE, RELEASED_PATH, JSON.stringify(question), identity);
}

async function handedOut(
  parts: ReleaseParts,
  bulk: BulkExports,
  request: Parameters<Route>[0],
): Promise<HttpResponse> {
  const identity = await authorized(parts.identify, request, actionsBy(EXPORT_DOWNLOAD), false);
  const id = request.url.pathname.slice(`${EXPORTS_PATH}/`.length);
  if (!NUMBER.test(id)) throw fault('NOT_FOUND');
  const answer = await fileOf(parts, bulk, identity, id, formOf(request.url));
  const passed = PASSED.flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const headers = { ...Object.fromEntries(passed), ...SAFE, 'x-request-id': identity.requestId };
  return ranged({ status: answer.status, headers, body: answer.bytes }, request.headers);
}

/** Each endpoint of the action table that this file serves, with its route. */
export function releaseEndpoints(parts: ReleaseParts): {
  readonly endpoints: readonly string[];
  readonly routes: ServedRoutes;
} {
  const bulk = bulkExports(parts);
  const answered =
    (answer: Route): Route =>
    async (request) => {
      try {
        return await answer(request);
      } catch (error) {
        return errorAnswer(error, parts.log, 'no export is handed out');
      }
    };
  return {
    endpoints: [EXPORT_REQUEST, EXPORT_DOWNLOAD],
    routes: {
      [`POST ${EXPORTS_PATH}`]: answered((request) => bulk.request(request)),
      [`GET ${EXPORTS_PATH}/*`]: answered((request) => handedOut(parts, bulk, request)),
    },
  };
}
