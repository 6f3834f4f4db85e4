/**
 * How the embedded provider is set up: two public clients, code with PKCE, tokens for one audience;
 * refresh tokens for the one that is a page in a browser.
 */
import type { Clock } from '@chengxin/kit/clock';
import { SIGNATURE } from '@chengxin/kit/call/crypto';
import {
  errors,
  interactionPolicy,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import {
  CLI_CLIENT,
  CLI_REDIRECT,
  EXPLORER_CLIENT,
  EXPLORER_PATHS,
  GRAPH_SCOPE,
  SCOPES,
} from '@chengxin/kit/command/clients';
import { newNonce, pageHeaders, problemPage } from './login-page.js';
import type { People } from './people.js';
import type { ProviderKeys } from './provider-keys.js';
import { createRoom } from './provider-store.js';

const TOKEN_SECONDS = 15 * 60;
const SESSION_SECONDS = 8 * 3600;
/**
 * Scope that requests a refresh token; of the query page's client alone, and with `prompt=consent`.
 */
const OFFLINE = 'offline_access';
const LOOPBACK = ['127.0.0.1', 'localhost'];

/** Only pages of this machine may exchange a code from the browser. */
const isLoopbackPage = (origin: string): boolean => {
  const url = URL.parse(origin);
  return url?.protocol === 'http:' && LOOPBACK.includes(url.hostname);
};

const seconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);

/** The clients are ours, so consent is given with the login. */
async function grantOf(ctx: KoaContextWithOIDC, audience: string) {
  const { client, session, provider } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const id = session.grantIdFor(client.clientId);
  const known = id && (await provider.Grant.find(id));
  if (known) return known;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(`openid profile ${OFFLINE}`);
  grant.addResourceScope(audience, GRAPH_SCOPE);
  await grant.save();
  return grant;
}

/**
 * How people log in here: whoever the demo college is tried as is chosen from a list. On one machine it
 * stands for the second factor that some actions need (F-05); in production this provider is refused.
 */
export const EMBEDDED_ACR = 'urn:chengxin:embedded';

export function providerOptions(options: {
  audience: string;
  people: People;
  keys: ProviderKeys;
  clock: Clock;
}): Configuration {
  const { audience, people, keys, clock } = options;
  const policy = interactionPolicy.base();
  // The library's own asks a native client for consent at every login, without end.
  policy.remove('consent');
  // A client that requests consent gets the login page once more: to log in there is to consent.
  policy.add(new interactionPolicy.Prompt({ name: 'consent', requestable: true }));
  return {
    adapter: createRoom,
    clients: [
      {
        client_id: EXPLORER_CLIENT,
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: LOOPBACK.flatMap((host) =>
          EXPLORER_PATHS.map((path) => `http://${host}${path}`),
        ),
      },
      { client_id: CLI_CLIENT, application_type: 'native', redirect_uris: [CLI_REDIRECT] },
    ],
    clientDefaults: {
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: SIGNATURE,
    },
    clientAuthMethods: ['none'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    jwks: { keys: keys.signing.map((key) => ({ ...key })) },
    cookies: { keys: [...keys.cookies] },
    enabledJWA: { idTokenSigningAlgValues: [SIGNATURE], userinfoSigningAlgValues: [SIGNATURE] },
    scopes: [...SCOPES, OFFLINE],
    claims: { openid: ['sub'], profile: ['name'] },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== audience) throw new errors.InvalidTarget();
          return {
            scope: GRAPH_SCOPE,
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: TOKEN_SECONDS,
            jwt: { sign: { alg: SIGNATURE } },
          };
        },
      },
    },
    formats: {
      customizers: {
        // The library counts by the machine's time; the tokens are dated by the one clock.
        jwt(ctx, _token, { payload }) {
          const ahead = seconds(clock.now()) - seconds(new Date());
          payload['iat'] = Number(payload['iat']) + ahead;
          payload['exp'] = Number(payload['exp']) + ahead;
          // To renew a token is not to log in.
          const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities;
          const loginAt = (code ?? refresh)?.authTime;
          if (loginAt) payload['auth_time'] = loginAt + ahead;
          payload['acr'] = EMBEDDED_ACR;
        },
      },
    },
    ttl: {
      AccessToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: TOKEN_SECONDS,
      Interaction: 600,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      // However often it is renewed, eight hours after the login it ends.
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? SESSION_SECONDS,
    },
    rotateRefreshToken: true,
    interactions: { policy, url: (_ctx, { uid }) => `/login/${uid}` },
    loadExistingGrant: (ctx) => grantOf(ctx, audience),
    clientBasedCORS: (_ctx, origin) => isLoopbackPage(origin),
    async findAccount(_ctx, id) {
      const person = await people.find(id);
      return person ? { accountId: id, claims: () => ({ sub: id, name: person.name }) } : undefined;
    },
    renderError(ctx, { error, error_description: description }) {
      const nonce = newNonce();
      ctx.set(pageHeaders(nonce));
      ctx.body = problemPage(nonce, `${error}: ${description ?? ''}`);
    },
  };
}
