/** The end of a call that changed something: its disclosures, then all of it, or nothing. */
import type { Context } from '../call/context.js';
import { json, refusal, type HttpResponse } from '../call/http.js';
import { isFault } from '../errors.js';

const OK = 200;
const UNAVAILABLE = 503;

/**
 * Commit what a call changed together with what its answer discloses; the answer leaves afterwards.
 * Whose access ended meanwhile, or who is gone, has changed nothing.
 *
 * @throws What the database took the transaction back for: the call may be run again.
 */
export async function endChange(
  ctx: Context,
  answer: HttpResponse,
  disclose: (answer: HttpResponse) => Promise<HttpResponse>,
  gone: AbortSignal,
): Promise<HttpResponse> {
  const { transaction } = ctx;
  try {
    if (transaction.takenBackBy) throw transaction.takenBackBy;
    const disclosed = await disclose(answer);
    const { overdue } = ctx;
    if (overdue) throw overdue;
    if (gone.aborted) return refusal(UNAVAILABLE, 'SUBGRAPH_UNAVAILABLE');
    // Another answer than the office's own: what it discloses could not be written down.
    if (disclosed === answer) await transaction.commit();
    return disclosed;
  } catch (error) {
    if (isFault(error)) return json(OK, { errors: [error.toJSON()] });
    throw error;
  } finally {
    await transaction.undo();
  }
}
