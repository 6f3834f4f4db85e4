import type { Context } from '../call/context.js';
import type { EntityManager } from '../database/orm.js';
import { publishSealed } from '../feed/record-key.js';
import type { Keyring } from '../call/keyring.js';
import { refusal, type HttpResponse } from '../call/http.js';
import type { Log } from '../server/log.js';
import { accessCall, type AccessCall } from './access-call.js';

/** Topic under which an office publishes its disclosures to the archive. */
export const ACCESS_TOPIC = 'access';

/** Writes calls down in the office's own database, all of them in one statement. */
export type DisclosureWriter = (
  em: EntityManager,
  calls: readonly AccessCall[],
  keyring: Keyring,
) => Promise<unknown>;

/**
 * Into the outbox, from which the archive reads it: one row for a call, however many students. Who
 * read of whom is guarded itself, so it is sealed.
 */
export const publishDisclosure: DisclosureWriter = (em, calls, keyring) =>
  publishSealed(
    em,
    keyring,
    ACCESS_TOPIC,
    calls.map((call) => ({ key: call.callId, at: call.at, payload: call })),
  );

/**
 * An answer, once what it shows of others is written down. What cannot be written down is not shown
 * (INV-12).
 *
 * @param write  Writes the call down: in its own transaction, or together with calls beside it.
 */
export async function discloseAfter(
  write: (call: AccessCall) => Promise<unknown>,
  ctx: Context,
  answer: HttpResponse,
  log: Log,
): Promise<HttpResponse> {
  const { identity, now, disclosures } = ctx;
  const parts = disclosures.parts();
  if (!parts.length) return answer;
  try {
    await write(accessCall(identity, now, parts, disclosures.reference));
    return answer;
  } catch (error) {
    const { requestId } = identity;
    log.error({ err: error, requestId }, 'an access is not written down, so nothing is shown');
    return refusal(503, 'AUDIT_UNAVAILABLE');
  }
}
