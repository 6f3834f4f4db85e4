/** Authorization for an office's import command to act as the holder of a token, for one file or batch. */
import { actionOf } from '@chengxin/kit/action/actions';
import { signCall } from '@chengxin/kit/call/call';
import { faultAnswer, json, refusal, type HttpRequest, type Route } from '@chengxin/kit/call/http';
import { AUTHORITY_PATH, type AuthorityQuestion } from '@chengxin/kit/import/authority';
import type { GatewayConfig } from './config.js';
import { authorized, type Identify } from './identity/authorized.js';
import { counted } from './limits/counted.js';
import type { Rates } from './limits/rates.js';

const isQuestion = (value: unknown): value is AuthorityQuestion => {
  const { office, actions, target } = (value ?? {}) as Record<string, unknown>;
  return typeof office === 'string' && Array.isArray(actions) && typeof target === 'string';
};

function readQuestion(request: HttpRequest): AuthorityQuestion | undefined {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    return isQuestion(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `POST /authority`: signs a call context for the role that may take one of the actions. */
export const authorityRoute =
  (
    { keyring, clock }: Pick<GatewayConfig, 'keyring' | 'clock'>,
    identify: Identify,
    rates: Pick<Rates, 'countAddress'>,
  ): Route =>
  async (request) => {
    const question = readQuestion(request);
    // A body that cannot be read identifies nobody, but its address is counted.
    if (!question) return counted(rates, () => refusal(400, 'VALIDATION'))(request);
    const { office } = question;
    const actions = question.actions.flatMap((name) => actionOf(name) ?? []);
    const own = actions.filter((action) => action.office === office);
    try {
      const identity = await authorized(identify, request, own);
      // For this path alone: the caller chose the bytes, and no office is to answer them.
      const signedRequest = { to: office, path: AUTHORITY_PATH, body: request.body };
      return json(200, { call: await signCall(keyring, clock, signedRequest, identity) });
    } catch (error) {
      return faultAnswer(error);
    }
  };
