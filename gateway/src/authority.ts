/** Leave for an office's import command to act as the holder of a token, for one file or batch. */
import { actionOf, mayAct } from '@chengxin/kit/action/actions';
import { signCall } from '@chengxin/kit/call';
import { isFault } from '@chengxin/kit/errors';
import { json, refusal, type HttpRequest, type HttpResponse, type Route } from '@chengxin/kit/http';
import type { Identity } from '@chengxin/kit/identity';
import type { Role } from '@chengxin/kit/privacy/roles';
import { AUTHORITY_PATH, type AuthorityQuestion } from '@chengxin/kit/import/authority';
import type { GatewayConfig } from './config.js';
import type { Wanted } from './identity/choose.rules.js';

type Identify = (request: HttpRequest, wanted: Wanted) => Promise<Identity>;

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

const FAULT_STATUS: Readonly<Record<string, number>> = {
  VALIDATION: 400,
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  SUBGRAPH_UNAVAILABLE: 503,
};

/** The answer to a request whose asker could not be made out. */
export function refuseRequest(error: unknown): HttpResponse {
  if (!isFault(error)) throw error;
  const code = String(error.extensions['code']);
  const answer = json(FAULT_STATUS[code] ?? 403, { errors: [error.toJSON()] });
  const { retryAfterSeconds: seconds } = error.extensions;
  return typeof seconds === 'number'
    ? { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
    : answer;
}

/** `POST /authority`: signs a call context for the role that may take one of the actions. */
export const authorityRoute =
  ({ keyring, clock }: Pick<GatewayConfig, 'keyring' | 'clock'>, identify: Identify): Route =>
  async (request) => {
    const question = readQuestion(request);
    if (!question) return refusal(400, 'VALIDATION');
    const { office } = question;
    const actions = question.actions.flatMap((name) => actionOf(name) ?? []);
    const own = actions.filter((action) => action.office === office);
    const role = (name: string) => own.some((action) => mayAct(name as Role, action.name));
    try {
      const purposes = own.flatMap((action) => action.purposes);
      const identity = await identify(request, { role, purposes });
      if (!role(identity.role)) return refusal(403, 'FORBIDDEN_ACTION');
      // For this path alone: the caller chose the bytes, and no office is to answer them.
      const letter = { to: office, path: AUTHORITY_PATH, body: request.body };
      return json(200, { call: await signCall(keyring, clock, letter, identity) });
    } catch (error) {
      return refuseRequest(error);
    }
  };
