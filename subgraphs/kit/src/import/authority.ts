/**
 * Authorization of an import: the gateway knows who a token is and what he may be, the office does
 * not. It signs a call context for one office and one file (or batch), which the command then acts
 * under.
 */
import { request } from 'undici';
import { verifyCall } from '../call/call.js';
import type { WorkConfig } from '../server/config.js';
import { fault } from '../errors.js';
import type { Identity } from '../call/identity.js';

/** Path of the gateway's answer to such a question. */
export const AUTHORITY_PATH = '/authority';

export interface AuthorityQuestion {
  readonly office: string;
  /** Rows of the action table, any of which will do. */
  readonly actions: readonly string[];
  /** Digest of the file, or number of the batch. */
  readonly target: string;
}
export interface AuthorityAnswer {
  readonly call: string;
}

/**
 * Request authorization from the gateway and check its signature.
 *
 * @throws UNAUTHENTICATED for a token that is not good; FORBIDDEN_ACTION for a person who may not.
 */
export async function requestAuthorization(
  config: Pick<WorkConfig, 'keyring' | 'clock'>,
  gateway: string,
  token: string,
  question: AuthorityQuestion,
): Promise<Identity> {
  const body = JSON.stringify(question);
  const answer = await request(new URL(AUTHORITY_PATH, gateway), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  if (answer.statusCode === 403) {
    await answer.body.dump();
    throw fault('FORBIDDEN_ACTION', question.actions.join(', '));
  }
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw fault('UNAUTHENTICATED', `The gateway answered ${answer.statusCode}.`);
  }
  const { call } = (await answer.body.json()) as AuthorityAnswer;
  const { keyring, clock } = config;
  const arrived = { path: AUTHORITY_PATH, body: Buffer.from(body) };
  const { identity } = await verifyCall(keyring, clock, ['gateway'], call, arrived);
  if (!identity) throw fault('UNAUTHENTICATED');
  return identity;
}
