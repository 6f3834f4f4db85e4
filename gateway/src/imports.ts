/** Files that people bring to offices, and the rejected rows that they fetch (F-13). */
import { actionsBy, IMPORT_FILE, REJECTED_ROWS } from '@chengxin/kit/action/endpoints';
import {
  faultAnswer,
  json,
  type ArrivingRequest,
  type ArrivingRoute,
  type HttpResponse,
  type Route,
  type ServedRoutes,
} from '@chengxin/kit/call/http';
import { spooled } from '@chengxin/kit/call/spool';
import { fault } from '@chengxin/kit/errors';
import {
  FILE_ARRIVAL_MS,
  FILE_AT_MOST,
  FILE_STALL_MS,
  filePlaces,
} from '@chengxin/kit/import/http/limits';
import type { Log } from '@chengxin/kit/server/log';
import type { OfficeCaller, SignedAnswer } from './fetch/signed-post.js';
import { authorized, type Identify } from './identity/authorized.js';

export interface ImportParts {
  readonly caller: OfficeCaller;
  readonly log: Log;
  readonly identify: Identify;
}

/** What a file may call itself; what it is, the office finds out. */
const TYPES: ReadonlySet<string> = new Set([
  'text/csv',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
]);
const UNSUPPORTED = 415;
const UNAVAILABLE = 503;
const FULL = fault('RATE_LIMITED', undefined, { retryAfterSeconds: 10 });

/** The answer of an office as it is; nothing of why it gave none. */
async function answered(
  { log }: ImportParts,
  office: string,
  ask: () => Promise<SignedAnswer>,
): Promise<SignedAnswer> {
  const unavailable = { status: UNAVAILABLE, text: '' };
  try {
    const answer = await ask();
    if (answer.status < 500 && answer.status !== 401) return answer;
    log.error({ office, status: answer.status }, 'office refused a file');
    return unavailable;
  } catch (error) {
    log.error({ office, err: error }, 'office does not answer');
    return unavailable;
  }
}

const SENTENCE = fault('SUBGRAPH_UNAVAILABLE');
const withSentence = ({ status, text }: SignedAnswer): HttpResponse =>
  status === UNAVAILABLE
    ? json(UNAVAILABLE, { errors: [SENTENCE.toJSON()] })
    : { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: text };

const typeOf = ({ headers }: ArrivingRequest): string =>
  (headers['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? '';

const refusedType = (): HttpResponse => {
  const error = fault('VALIDATION', `content-type: ${[...TYPES].join(', ')}.`);
  return json(UNSUPPORTED, { errors: [error.toJSON()] });
};

/**
 * `POST /imports/{office}/{kind}`: the bytes of a file. Who sends them is found out before the first is
 * read; they are kept in a private file until their digest is known, which is what is signed.
 */
function importFile(parts: ImportParts): ArrivingRoute {
  const atOnce = filePlaces();
  async function answer(request: ArrivingRequest): Promise<HttpResponse> {
    const [, , office = '', kind = ''] = request.url.pathname.split('/');
    const actions = actionsBy(IMPORT_FILE, office);
    if (!actions.length) throw fault('NOT_FOUND');
    const identity = await authorized(parts.identify, request, actions);
    if (!TYPES.has(typeOf(request))) return refusedType();
    const path = `/imports/${kind}${request.url.search}`;
    return atOnce(
      identity.subject,
      () => faultAnswer(FULL),
      () =>
        spooled(request.arriving, async (file) =>
          withSentence(
            await answered(parts, office, () =>
              parts.caller.postFile(office, path, file, identity),
            ),
          ),
        ),
    );
  }
  return {
    bodyAtMost: FILE_AT_MOST,
    arrivalMs: FILE_ARRIVAL_MS,
    stallMs: FILE_STALL_MS,
    answer: (request) => answer(request).catch(faultAnswer),
  };
}

const CSV = {
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': 'attachment; filename="rejected.csv"',
  'cache-control': 'no-store',
};

const MARK = '\ufeff';
/** Text that was read has lost its byte-order mark, without which Excel takes it for another encoding. */
const withMark = (text: string): string => text && MARK + text;

/** `GET /imports/{id}/rejected.csv`: a role belongs to one office, which alone can have the batch. */
const rejectedRows =
  (parts: ImportParts): Route =>
  async (request) => {
    try {
      const [, , id = ''] = request.url.pathname.split('/');
      const actions = actionsBy(REJECTED_ROWS);
      const { role, ...identity } = await authorized(parts.identify, request, actions);
      const office = actions.find(({ rights }) => rights.has(role))?.office ?? '';
      const body = JSON.stringify({ id });
      const answer = await answered(parts, office, () =>
        parts.caller.post(office, '/rejected', body, { ...identity, role }),
      );
      return answer.status === 200
        ? { status: 200, headers: CSV, body: withMark(answer.text) }
        : withSentence(answer);
    } catch (error) {
      return faultAnswer(error);
    }
  };

/** Each endpoint of the action table that this file serves, with its route. */
export const importEndpoints = (
  parts: ImportParts,
): { readonly endpoints: readonly string[]; readonly routes: ServedRoutes } => ({
  endpoints: [IMPORT_FILE, REJECTED_ROWS],
  routes: {
    'POST /imports/*/*': importFile(parts),
    'GET /imports/*/rejected.csv': rejectedRows(parts),
  },
});
