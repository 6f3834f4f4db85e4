/** `GET /exports/{id}`: a frozen release as a file; who asks is made out here, the archive decides (3.6). */
import { actionsBy, EXPORT_DOWNLOAD } from '@chengxin/kit/action/endpoints';
import { EXPORTS_PATH, RELEASED_PATH } from '@chengxin/kit/call/export-paths';
import {
  faultAnswer,
  type HttpResponse,
  type Route,
  type ServedRoutes,
} from '@chengxin/kit/call/http';
import { fault, isFault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import { OfficeDown, type OfficeCaller } from '../fetch/signed-post.js';
import { SAFE } from '../files/safe-headers.js';
import { authorized, type Identify } from '../identity/authorized.js';
import { DECIDING_OFFICE } from '../offices.js';
import { ranged } from './range.js';

export interface ReleaseParts {
  readonly identify: Identify;
  readonly caller: OfficeCaller;
  readonly log: Log;
}

/** Whatever has not this form is the number of no release. */
const NUMBER = /^[\da-f-]{36}$/i;
/** What is handed on of the archive's answer. */
const PASSED = ['content-type', 'content-disposition', 'retry-after'] as const;

async function handedOut({ identify, caller }: ReleaseParts, request: Parameters<Route>[0]) {
  const identity = await authorized(identify, request, actionsBy(EXPORT_DOWNLOAD));
  const releaseId = request.url.pathname.slice(`${EXPORTS_PATH}/`.length);
  if (!NUMBER.test(releaseId)) throw fault('NOT_FOUND');
  const question = JSON.stringify({ releaseId });
  const answer = await caller.exchange(DECIDING_OFFICE, RELEASED_PATH, question, identity);
  const passed = PASSED.flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const headers = { ...Object.fromEntries(passed), ...SAFE, 'x-request-id': identity.requestId };
  return ranged({ status: answer.status, headers, body: answer.bytes }, request.headers);
}

function refused(error: unknown, log: Log): HttpResponse {
  if (isFault(error)) return faultAnswer(error);
  if (!(error instanceof OfficeDown)) throw error;
  log.warn({ err: error }, 'no release is handed out');
  return faultAnswer(fault('SUBGRAPH_UNAVAILABLE'));
}

/** Each endpoint of the action table that this file serves, with its route. */
export const releaseEndpoints = (
  parts: ReleaseParts,
): { readonly endpoints: readonly string[]; readonly routes: ServedRoutes } => ({
  endpoints: [EXPORT_DOWNLOAD],
  routes: {
    [`GET ${EXPORTS_PATH}/*`]: (request) =>
      handedOut(parts, request).catch((error: unknown) => refused(error, parts.log)),
  },
});
