/** An identity provider reduced to what tokens need: keys, discovery, signing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@chengxin/kit/clock';
import { newSigningKey, readSigningKey, SIGNATURE } from '@chengxin/kit/call/crypto';
import { SignJWT } from 'jose';

/** The class of authentication that stands for a second factor in tests (F-05). */
export const SECOND_FACTOR_ACR = 'urn:chengxin:test:two-factors';

export interface TestIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** @param secondFactorAt  When the person logged in with a second factor; without one, if not said. */
  token(person: string, secondFactorAt?: Date): Promise<string>;
  stop(): Promise<void>;
}

const AUDIENCE = 'https://chengxin.test/graph';
const TOKEN_SECONDS = 900;

export async function startTestIssuer(clock: Clock): Promise<TestIssuer> {
  const { privateJwk, publicJwk } = await newSigningKey('test-1');
  const key = readSigningKey(privateJwk);
  const server = createServer((request, response) => {
    const body = request.url?.startsWith('/.well-known')
      ? { issuer, jwks_uri: `${issuer}/jwks` }
      : { keys: [publicJwk] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    audience: AUDIENCE,
    token(person, secondFactorAt) {
      const at = Math.floor(clock.now().getTime() / 1000);
      const login = secondFactorAt && {
        auth_time: Math.floor(secondFactorAt.getTime() / 1000),
        acr: SECOND_FACTOR_ACR,
      };
      return new SignJWT(login)
        .setProtectedHeader({ alg: SIGNATURE, kid: 'test-1', typ: 'at+jwt' })
        .setSubject(person)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt(at)
        .setExpirationTime(at + TOKEN_SECONDS)
        .sign(key);
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
