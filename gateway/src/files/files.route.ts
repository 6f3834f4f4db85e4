/** `POST /files`, `GET /files/{id}`: who asks is made out here; the archive decides (F-14). */
import { actionOf } from '@chengxin/kit/action/actions';
import {
  FILE_ARRIVAL_MS,
  FILE_AT_MOST,
  FILE_PATH,
  FILES_PATH,
} from '@chengxin/kit/call/file-bounds';
import {
  faultAnswer,
  type ArrivingRoute,
  type HttpRequest,
  type HttpResponse,
  type Route,
} from '@chengxin/kit/call/http';
import type { Identity } from '@chengxin/kit/call/identity';
import { spooled } from '@chengxin/kit/call/spool';
import { fault, isFault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import type { Role } from '@chengxin/kit/privacy/roles';
import { OfficeDown, type OfficeCaller, type SignedBytes } from '../fetch/signed-post.js';
import type { Wanted } from '../identity/choose.rules.js';
import { DECIDING_OFFICE } from '../offices.js';

export interface FileParts {
  readonly identify: (request: HttpRequest, wanted: Wanted) => Promise<Identity>;
  readonly caller: OfficeCaller;
  readonly log: Log;
}

const OK = 200;
/** Whatever has not this form is the number of no file. */
const FILE_NUMBER = /^[\da-f-]{36}$/i;
const NO_BODY = Buffer.alloc(0);
/** Uploads that are under way at once; each holds as much of the disk as a file may have. */
const MOST_AT_ONCE = 32;
const RETRY_SECONDS = 5;
/** Nobody who has a file opens it here: it is saved, runs nothing, and no cache keeps it. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
/** What was not read to its end ends its connection. */
const LAST = { connection: 'close' };

/** Who acts, in a role that the action table names for it. */
async function actorOf(
  { identify }: FileParts,
  request: HttpRequest,
  name: string,
): Promise<Identity> {
  const action = actionOf(name);
  const identity = await identify(request, {
    role: (role) => action?.rights.has(role as Role) ?? false,
    purposes: action?.purposes ?? [],
  });
  // The gateway refuses by role; the archive, reached directly, does again.
  if (!action?.rights.has(identity.role))
    throw fault('FORBIDDEN_ACTION', undefined, { group: name, clause: action?.clause });
  return { ...identity, operationName: name };
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
    return faultAnswer(error);
  }
  if (!(error instanceof OfficeDown)) throw error;
  log.warn({ err: error }, 'no file is exchanged');
  return faultAnswer(fault('SUBGRAPH_UNAVAILABLE'));
}

/** Takes a file: from who is made out by his headers, before a byte is read. */
export function uploadRoute(parts: FileParts): ArrivingRoute {
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
    async answer({ arriving, ...head }) {
      try {
        const identity = await actorOf(parts, { ...head, body: NO_BODY }, 'file.upload');
        return await take(identity, arriving);
      } catch (error) {
        const refused = refusedFile(error, parts.log);
        return { ...refused, headers: { ...refused.headers, ...LAST } };
      }
    },
  };
}

/** Hands a file out, to be saved and never to be shown by a browser as a page of this address. */
export const downloadRoute =
  (parts: FileParts): Route =>
  async (request) => {
    try {
      const identity = await actorOf(parts, request, 'file.download');
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
