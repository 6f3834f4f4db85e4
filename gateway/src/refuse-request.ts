import { isFault } from '@chengxin/kit/errors';
import { json, type HttpResponse } from '@chengxin/kit/call/http';

const FAULT_STATUS: Readonly<Record<string, number>> = {
  VALIDATION: 400,
  QUERY_TOO_DEEP: 400,
  QUERY_TOO_COSTLY: 400,
  OPERATION_UNKNOWN: 400,
  BODY_TOO_LARGE: 413,
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  SUBGRAPH_UNAVAILABLE: 503,
};

/** The answer to a request that is refused before it is executed; what is no fault of ours is thrown on. */
export function refuseRequest(error: unknown): HttpResponse {
  if (!isFault(error)) throw error;
  const code = String(error.extensions['code']);
  const answer = json(FAULT_STATUS[code] ?? 403, { errors: [error.toJSON()] });
  const { retryAfterSeconds: seconds } = error.extensions;
  return typeof seconds === 'number'
    ? { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
    : answer;
}
