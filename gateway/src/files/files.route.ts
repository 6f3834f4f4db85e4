/** `POST /files`, `GET /files/{id}`: who asks is made out here; the archive decides (F-14). */
import { actionsBy, FILE_DOWNLOAD, FILE_UPLOAD } from '@chengxin/kit/action/endpoints';
import {
  FILE_ARRIVAL_MS,
  FILE_AT_MOST,
  FILE_PATH,
  FILES_PATH,
} from '@chengxin/kit/call/file-bounds';
import {
  type ArrivingRoute,
  type HttpResponse,
  type Route,
  type ServedRoutes,
} from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import { spooled } from '@chengxin/kit/call/spool';
import { fault, isFault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import { errorAnswer } from '../fetch/error-answer.js';
import { OfficeDown, type OfficeCaller, type SignedBytes } from '../fetch/signed-post.js';
import { authorized, type Asker, type Identify } from '../identity/authorized.js';
import { DECIDING_OFFICE } from '../offices.js';
import { SAFE } from './safe-headers.js';

export interface FileParts {
  readonly identify: Identify;
  readonly caller: OfficeCaller;
  readonly log: Log;
}

const OK = 200;
/** Whatever has not this form is the number of no file. */
const FILE_NUMBER = /^[\da-f-]{36}$/i;
/** Uploads that are under way at once; each holds as much of the disk as a file may have. */
const MOST_AT_ONCE = 32;
const RETRY_SECONDS = 5;
/** What was not read to its end ends its connection. */
const LAST = { connection: 'close' };

/** Who acts on a file; the operation that his access log names is the action. */
async function actorOf(
  { identify }: FileParts,
  request: Asker,
  endpoint: string,
): Promise<Identity> {
  const actions = actionsBy(endpoint);
  const identity = await authorized(identify, request, actions);
  return { ...identity, operationName: actions[0]?.name ?? endpoint };
}

/** The archive's answer as it is handed on: its bytes, and of its headers what a file needs. */
function handedOn({ status, headers, bytes }: SignedBytes, { requestId }: Identity): HttpResponse {
  const passed = Object.fromEntries(
    ['content-type', 'content-disposition', 'retry-after'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
  return { status, headers: { ...passed, ...SAFE, 'x-request-id': requestId }, body: bytes };
}

/** The answer to what went wrong; an office that does not answer is one code. */
function refusedFile(error: unknown, log: Log): HttpResponse {
  if (isFault(error)) {
    const { cause } = error as Error;
    if (cause) log.warn({ err: cause }, 'nobody could be made out');
  }
  return errorAnswer(error, log, 'no file is exchanged');
}

/** Takes a file: from who is made out by his headers, before a byte is read. */
function uploadRoute(parts: FileParts): ArrivingRoute {
  let underWay = 0;
  async function take(identity: Identity, arriving: AsyncIterable<Buffer>): Promise<HttpResponse> {
    if (underWay >= MOST_AT_ONCE)
      throw fault('RATE_LIMITED', undefined, { retryAfterSeconds: RETRY_SECONDS });
    underWay += 1;
    try {
      return await spooled(arriving, async (file) =>
        handedOn(
          await parts.caller.exchange(DECIDING_OFFICE, FILES_PATH, file, identity),
          identity,
        ),
      );
    } finally {
      underWay -= 1;
    }
  }
  return {
    bodyAtMost: FILE_AT_MOST,
    arrivalMs: FILE_ARRIVAL_MS,
    async answer(request) {
      try {
        const identity = await actorOf(parts, request, FILE_UPLOAD);
        return await take(identity, request.arriving);
      } catch (error) {
        const refused = refusedFile(error, parts.log);
        return { ...refused, headers: { ...refused.headers, ...LAST } };
      }
    },
  };
}

/** Hands a file out, to be saved and never to be shown by a browser as a page of this address. */
const downloadRoute =
  (parts: FileParts): Route =>
  async (request) => {
    try {
      const identity = await actorOf(parts, request, FILE_DOWNLOAD);
      const id = request.url.pathname.slice(`${FILES_PATH}/`.length);
      if (!FILE_NUMBER.test(id)) throw fault('NOT_FOUND');
      const question = JSON.stringify({ id });
      const actor = { ...identity, groups: ['SELF_ENTRY_DRAFTS'] as const };
      const answer = await parts.caller.exchange(DECIDING_OFFICE, FILE_PATH, question, actor);
      if (answer.status === OK && !answer.headers['content-disposition'])
        throw new OfficeDown('The archive handed out no file.');
      return handedOn(answer, identity);
    } catch (error) {
      return refusedFile(error, parts.log);
    }
  };

/** Each endpoint of the action table that this file serves, with its route. */
export const fileEndpoints = (
  parts: FileParts,
): { readonly endpoints: readonly string[]; readonly routes: ServedRoutes } => ({
  endpoints: [FILE_UPLOAD, FILE_DOWNLOAD],
  routes: { 'POST /files': uploadRoute(parts), 'GET /files/*': downloadRoute(parts) },
});
