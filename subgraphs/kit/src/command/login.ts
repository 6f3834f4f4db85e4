/** Log in like a person: the authorization code flow with PKCE, by HTTP, over the login page. */
import { digest, randomKey } from '../call/crypto.js';
import { CLI_CLIENT, CLI_REDIRECT, SCOPES, UNKNOWN_PERSON } from './clients.js';

const TIMEOUT_MS = 10_000;
/** Redirects after the log-in; the embedded provider needs two. */
const MOST_STEPS = 5;

/**
 * An access token of a person of the demo college.
 *
 * @param audience  What the token is for; without it, what the provider was started for.
 * @throws one sentence: `npm start` is not running, or nobody has this number.
 */
export async function loginAs(options: {
  issuer: string;
  audience?: string;
  person: string;
}): Promise<string> {
  const { issuer, audience, person } = options;
  const browser = createBrowser(issuer);
  const { authorization_endpoint: authorize, token_endpoint: exchange } = await readJson<{
    authorization_endpoint: string;
    token_endpoint: string;
  }>(await browser.open('/.well-known/openid-configuration'));

  const verifier = randomKey().toString('base64url');
  const state = randomKey().toString('base64url');
  const question = {
    client_id: CLI_CLIENT,
    response_type: 'code',
    redirect_uri: CLI_REDIRECT,
    scope: SCOPES.join(' '),
    state,
    code_challenge: digest(verifier),
    code_challenge_method: 'S256',
    ...(audience && { resource: audience }),
  };
  const page = nextStep(
    await browser.open(`${authorize}?${new URLSearchParams(question).toString()}`),
    issuer,
  );
  if (page.startsWith(CLI_REDIRECT)) throw refused(page);

  const answer = await browser.send(page, { person });
  if (answer.status === UNKNOWN_PERSON)
    throw new Error(`Nobody in the demo college has the number ${person}.`);
  let step = nextStep(answer, issuer);
  for (let steps = 0; !step.startsWith(CLI_REDIRECT); steps += 1) {
    if (steps === MOST_STEPS) throw foreign(issuer);
    step = nextStep(await browser.open(step), issuer);
  }

  const given = new URL(step).searchParams;
  const code = given.get('code');
  if (!code || given.get('state') !== state) throw refused(step);
  const { access_token: token } = await readJson<{ access_token?: string }>(
    await browser.send(exchange, {
      grant_type: 'authorization_code',
      client_id: CLI_CLIENT,
      redirect_uri: CLI_REDIRECT,
      code,
      code_verifier: verifier,
      ...(audience && { resource: audience }),
    }),
  );
  if (!token) throw new Error(`The identity provider at ${issuer} gave no access token.`);
  return token;
}

/** Keeps cookies, follows nothing by itself and leaves the provider's address for no one. */
function createBrowser(issuer: string) {
  const cookies = new Map<string, string>();
  const request = async (address: string, form?: Record<string, string>): Promise<Response> => {
    const url = new URL(address, issuer);
    if (url.origin !== new URL(issuer).origin) throw foreign(issuer);
    const answer = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    }).catch((cause: unknown) => {
      const sentence = `npm start is not running: no identity provider answers at ${issuer}.`;
      throw new Error(sentence, { cause });
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) cookies.set(name, value ?? '');
    }
    return answer;
  };
  return { open: (address: string) => request(address), send: request };
}

const foreign = (issuer: string): Error =>
  new Error(`What answers at ${issuer} is not the embedded identity provider of npm start.`);

/** Where the provider sends the browser next. */
function nextStep(answer: Response, issuer: string): string {
  const to = answer.headers.get('location');
  if (!to) throw foreign(issuer);
  return new URL(to, issuer).href;
}

function refused(address: string): Error {
  const given = new URL(address).searchParams;
  const why = given.get('error_description') ?? given.get('error') ?? 'it gave no code';
  return new Error(`The identity provider refused the log-in: ${why}.`);
}

async function readJson<T>(answer: Response): Promise<T> {
  const body = await answer.text();
  try {
    if (answer.ok) return JSON.parse(body) as T;
  } catch {
    // Said below, as for every other answer that is not ours.
  }
  throw new Error(`${answer.url} answered ${answer.status} instead of what a provider says.`);
}
