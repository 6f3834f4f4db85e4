/** What a route beside the graph answers when an exchange with an office went wrong. */
import { faultAnswer, type HttpResponse } from '@chengxin/kit/call/http';
import { fault, isFault } from '@chengxin/kit/errors';
import type { Log } from '@chengxin/kit/server/log';
import { OfficeDown } from './signed-post.js';

/**
 * A fault is answered as such, and an office that does not answer by one code; all else is thrown on.
 *
 * @param what  For the log, where an office does not answer.
 */
export function errorAnswer(error: unknown, log: Log, what: string): HttpResponse {
  if (isFault(error)) return faultAnswer(error);
  if (!(error instanceof OfficeDown)) throw error;
  log.warn({ err: error }, what);
  return faultAnswer(fault('SUBGRAPH_UNAVAILABLE'));
}
