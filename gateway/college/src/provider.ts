/**
 * The embedded identity provider: real OpenID Connect with the demo college's people on its own
 * login page, without passwords. Loopback only, for development alone.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '@chengxin/kit/clock';
import { ARRIVAL_MS } from '@chengxin/kit/call/http';
import { createLog } from '@chengxin/kit/server/log';
import { Provider } from 'oidc-provider';
import { createRates } from '@chengxin/gateway/limits/rates';
import { LIMITS_OF_ONE_CALLER, type Limits } from '@chengxin/gateway/limits/settings';
import { isDevelopment } from '@chengxin/gateway/mode';
import { createLoginDesk } from './login-desk.js';
import type { People } from './people.js';
import { readProviderKeys } from './provider-keys.js';
import { providerOptions } from './provider-options.js';

const HOST = '127.0.0.1';

export interface EmbeddedProvider {
  readonly issuer: string;
  close(): Promise<void>;
}

/**
 * Start it.
 *
 * @param port      0 takes a free one.
 * @param audience  Resource that the access tokens are for.
 * @param keyFile   Signing and cookie keys; made when missing, so tokens survive a restart.
 * @param clock     Dates the access tokens.
 * @param limits    How often one address may use the login page; as it likes, when nothing is said.
 */
export async function startEmbeddedProvider(options: {
  port: number;
  audience: string;
  people: People;
  keyFile: string;
  clock?: Clock;
  limits?: Limits;
}): Promise<EmbeddedProvider> {
  if (!isDevelopment())
    throw new Error(
      'The embedded identity provider lets anybody in and starts with CHENGXIN_MODE=development alone: name your own OpenID Connect provider.',
    );
  const { port, audience, people, keyFile, clock = systemClock } = options;
  const { limits = LIMITS_OF_ONE_CALLER } = options;
  const log = createLog('identity-provider');
  const keys = await readProviderKeys(keyFile);

  const server = createServer({ headersTimeout: ARRIVAL_MS, requestTimeout: ARRIVAL_MS });
  server.listen(port, HOST);
  await once(server, 'listening');
  const host = `${HOST}:${(server.address() as AddressInfo).port}`;
  const issuer = `http://${host}`;

  const provider = new Provider(issuer, providerOptions({ audience, people, keys, clock }));
  provider.on('server_error', (_ctx, error) => log.error({ err: error }, 'The provider failed.'));
  const protocol = provider.callback();
  const desk = createLoginDesk(provider, people, createRates(limits, log), log);
  server.on('request', (request, response) => {
    if (request.headers.host !== host) misdirected(response, issuer);
    else if (request.url?.startsWith('/login/')) void desk(request, response);
    else void protocol(request, response);
  });

  return {
    issuer,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A page elsewhere cannot point a name of its own at this machine and speak to the provider. */
const misdirected = (response: ServerResponse, issuer: string): void =>
  void response.writeHead(421, { 'content-type': 'text/plain' }).end(`This is ${issuer}.\n`);
