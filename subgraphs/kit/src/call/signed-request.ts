import { request } from 'undici';
import { CALL_HEADER, signCall } from './call.js';
import type { WorkConfig } from '../server/config.js';
import { fault } from '../errors.js';
import type { Identity } from './identity.js';

const TIMEOUT_MS = 5000;

interface SignedRequest {
  /** Name of the office that answers. */
  readonly to: string;
  readonly path: string;
  readonly question: unknown;
  /** The person for whom the office calls; none when it calls for itself. */
  readonly identity?: Identity | undefined;
}

/**
 * Call another office, in this office's own name, signed as its feed calls are.
 *
 * @throws SUBGRAPH_UNAVAILABLE when it does not answer with 200.
 */
export async function callOffice<Answer>(
  { keyring, clock, addresses }: Pick<WorkConfig, 'keyring' | 'clock' | 'addresses'>,
  { to, path, question, identity }: SignedRequest,
): Promise<Answer> {
  try {
    const address = addresses(to);
    if (!address) throw new Error(`CHENGXIN_OFFICES does not say where ${to} answers.`);
    const body = JSON.stringify(question);
    const answer = await request(new URL(path, address), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [CALL_HEADER]: await signCall(keyring, clock, { to, path, body }, identity),
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${to} answered ${answer.statusCode}.`);
    return JSON.parse(text) as Answer;
  } catch (cause) {
    throw Object.assign(fault('SUBGRAPH_UNAVAILABLE', to), { cause });
  }
}
