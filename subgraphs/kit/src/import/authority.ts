/**
 * Authorization of an import: the gateway knows who a token is and what he may be, the office does
 * not. It signs a call context for one office and one file (or batch), which the command then acts
 * under.
 */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { request } from 'undici';
import { verifyCall } from '../call/call.js';
import type { WorkConfig } from '../server/config.js';
import { fault, isFault } from '../errors.js';
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

/** The error that the gateway sent; UNAUTHENTICATED where something else answers at its address. */
export function refusalOf(status: number, text: string): GraphQLError {
  try {
    const { errors } = JSON.parse(text) as { errors?: readonly GraphQLFormattedError[] };
    const [first] = errors ?? [];
    const sent = first && new GraphQLError(first.message, { extensions: first.extensions ?? {} });
    if (isFault(sent)) return sent;
  } catch {
    // No JSON.
  }
  return fault('UNAUTHENTICATED', `The gateway answered ${status}.`);
}

/**
 * Request authorization from the gateway and check its signature.
 *
 * @throws The error that the gateway sent: UNAUTHENTICATED for a token that is not good,
 *         FORBIDDEN_ACTION for a person who may not.
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
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw refusalOf(answer.statusCode, text);
  const { call } = JSON.parse(text) as AuthorityAnswer;
  const { keyring, clock } = config;
  const arrived = { path: AUTHORITY_PATH, body: Buffer.from(body) };
  const { identity } = await verifyCall(keyring, clock, ['gateway'], call, arrived);
  if (!identity) throw fault('UNAUTHENTICATED');
  return identity;
}
