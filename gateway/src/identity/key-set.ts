/** The public keys of an OpenID Connect provider, fetched when first needed. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';

/** How long the provider may take to answer. */
const TIMEOUT_MS = 3_000;
/** An unknown key makes us ask again at most this often, so forged key ids cannot hammer the provider. */
const COOLDOWN_MS = 30_000;
/** After an attempt that failed the provider is left alone for this long. */
const PAUSE_MS = 5_000;

/** The keys of the provider cannot be fetched: not the caller's fault, though he is not let in. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** Errors that say something about the token; all others are about the provider. */
const VERDICTS = [
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSENotSupported,
];

/**
 * Finds the key of a token.
 *
 * Its pauses are counted by the machine's time, not by the replaceable clock: they are about
 * network traffic, and a clock that stands still would never end them.
 *
 * @param jwksUrl  Where the keys are; without it, what the provider's discovery document says.
 * @throws ProviderUnavailable when the keys cannot be fetched.
 */
export function createKeySet(issuer: string, jwksUrl?: string): JWTVerifyGetKey {
  let pausedUntil = 0;
  let located: Promise<JWTVerifyGetKey> | undefined;

  const pacedFetch = async (url: string, options: RequestInit): Promise<Response> => {
    if (Date.now() < pausedUntil) throw new Error('The last attempt failed a moment ago.');
    return fetch(url, options);
  };
  const locate = async (): Promise<JWTVerifyGetKey> => {
    const url = new URL(jwksUrl ?? (await discover(issuer, pacedFetch)));
    return createRemoteJWKSet(url, {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: COOLDOWN_MS,
      [customFetch]: pacedFetch,
    });
  };

  return async (header, token) => {
    try {
      located ??= locate().catch((error: unknown) => {
        located = undefined;
        throw error;
      });
      const find = await located;
      return await find(header, token);
    } catch (cause) {
      if (VERDICTS.some((verdict) => cause instanceof verdict)) throw cause;
      if (Date.now() >= pausedUntil) pausedUntil = Date.now() + PAUSE_MS;
      throw new ProviderUnavailable(`The keys of ${issuer} cannot be fetched.`, { cause });
    }
  };
}

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/** `jwks_uri` of the provider. A document of another issuer, or keys sent in the clear, are refused. */
async function discover(issuer: string, ask: Fetch): Promise<string> {
  const answer = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`The discovery document was answered with ${answer.status}.`);
  const found = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (found.issuer !== issuer) throw new Error('The discovery document names another issuer.');
  const url = typeof found.jwks_uri === 'string' ? URL.parse(found.jwks_uri) : null;
  if (!url) throw new Error('The discovery document names no jwks_uri.');
  if (issuer.startsWith('https:') && url.protocol !== 'https:')
    throw new Error('The discovery document names a jwks_uri without TLS.');
  return url.href;
}
