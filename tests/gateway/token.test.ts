import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fixedClock } from '@chengxin/kit/clock';
import { createTokenVerifier, type TokenVerifier } from '@chengxin/gateway/identity/token';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

const AUDIENCE = 'https://chengxin.example/graph';
const NOON = '2026-05-20T12:00:00+08:00';
const at = (time: string): number => Date.parse(time) / 1000;

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
let own: Pair;
let next: Pair;
let forger: Pair;
let rsa: Pair;
beforeAll(async () => {
  [own, next, forger, rsa] = await Promise.all([
    generateKeyPair('EdDSA', { extractable: true }),
    generateKeyPair('EdDSA', { extractable: true }),
    generateKeyPair('EdDSA', { extractable: true }),
    generateKeyPair('RS256', { extractable: true }),
  ]);
});

/** A provider of which everything can be set: its keys, its discovery document, whether it answers. */
interface Provider {
  readonly issuer: string;
  keys: JWK[];
  discovery: Record<string, unknown>;
  status: number;
  readonly requests: { discovery: number; keys: number };
  stop(): Promise<void>;
}

const publish = async (pair: Pair, kid: string): Promise<JWK> => ({
  ...(await exportJWK(pair.publicKey)),
  kid,
  use: 'sig',
});

async function startProvider(): Promise<Provider> {
  const server = createServer((request, response) => {
    const isDiscovery = request.url === '/.well-known/openid-configuration';
    provider.requests[isDiscovery ? 'discovery' : 'keys'] += 1;
    const body = isDiscovery ? provider.discovery : { keys: provider.keys };
    response.writeHead(provider.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider: Provider = {
    issuer,
    keys: [await publish(own, 'own')],
    discovery: { issuer, jwks_uri: `${issuer}/keys` },
    status: 200,
    requests: { discovery: 0, keys: 0 },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return provider;
}

let provider: Provider;
let clock: ReturnType<typeof fixedClock>;
let verifier: TokenVerifier;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-02T08:00:00Z') });
  provider = await startProvider();
  clock = fixedClock(NOON);
  verifier = createTokenVerifier({ issuer: provider.issuer, audience: AUDIENCE, clock });
});
afterEach(async () => {
  vi.useRealTimers();
  await provider.stop();
});

/** Let the machine's time pass, by which the pauses between questions to the provider are counted. */
const pass = (seconds: number): void => {
  vi.setSystemTime(Date.now() + seconds * 1000);
};

interface Recipe {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: Pair;
}

/** A good token, but for the given differences. */
const token = ({ claims = {}, header = {}, key = own }: Recipe = {}): Promise<string> =>
  new SignJWT({
    iss: provider.issuer,
    aud: AUDIENCE,
    sub: 'T0110',
    iat: at(NOON),
    exp: at(NOON) + 900,
    ...claims,
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'own', typ: 'at+jwt', ...header })
    .sign(key.privateKey);

/** What the caller gets, word for word, and what the log gets. */
async function refusal(given: string): Promise<{ caller: unknown; log: unknown }> {
  try {
    return { caller: await verifier.verify(given), log: 'let in' };
  } catch (error) {
    const { cause } = error as { cause: Error };
    return { caller: JSON.parse(JSON.stringify(error)), log: `${cause.name}: ${cause.message}` };
  }
}

const UNAUTHENTICATED = {
  message: '请先登录。 Log in first.',
  extensions: { code: 'UNAUTHENTICATED' },
};
const refused = (why: string) => ({ caller: UNAUTHENTICATED, log: `TokenRefused: ${why}` });
const unavailable = () => ({
  caller: UNAUTHENTICATED,
  log: `ProviderUnavailable: The keys of ${provider.issuer} cannot be fetched.`,
});

describe('a token that the provider made for the graph', () => {
  test('names its subject', async () => {
    expect(await verifier.verify(await token())).toEqual({ subject: 'T0110' });
  });

  test('says when the person logged in', async () => {
    const given = await token({ claims: { auth_time: at(NOON) - 60 } });

    expect(await verifier.verify(given)).toEqual({
      subject: 'T0110',
      authenticatedAt: new Date('2026-05-20T03:59:00Z'),
    });
  });

  test.each([[at(NOON) + 3600], ['yesterday'], [0]])(
    'says nothing of the log-in when auth_time is %s',
    async (time) => {
      const given = await token({ claims: { auth_time: time } });

      expect(await verifier.verify(given)).toEqual({ subject: 'T0110' });
    },
  );

  test.each(['JWT', 'jwt', 'application/at+jwt'])('may be of type %s', async (typ) => {
    expect(await verifier.verify(await token({ header: { typ } }))).toEqual({ subject: 'T0110' });
  });

  test('may be for several audiences', async () => {
    const given = await token({ claims: { aud: ['https://other.example', AUDIENCE] } });

    expect(await verifier.verify(given)).toEqual({ subject: 'T0110' });
  });

  test('may be signed with RSA', async () => {
    provider.keys = [await publish(rsa, 'rsa')];
    const given = await token({ key: rsa, header: { alg: 'RS256', kid: 'rsa' } });

    expect(await verifier.verify(given)).toEqual({ subject: 'T0110' });
  });

  test('is verified with one discovery and one fetch of the keys, however often it comes', async () => {
    const [first, second] = [await token(), await token({ claims: { sub: 'T0120' } })];

    await Promise.all([verifier.verify(first), verifier.verify(second)]);
    await verifier.verify(first);

    expect(provider.requests).toEqual({ discovery: 1, keys: 1 });
  });

  test('is verified without discovery when the address of the keys is given', async () => {
    verifier = createTokenVerifier({
      issuer: provider.issuer,
      audience: AUDIENCE,
      clock,
      jwksUrl: `${provider.issuer}/keys`,
    });

    expect(await verifier.verify(await token())).toEqual({ subject: 'T0110' });
    expect(provider.requests).toEqual({ discovery: 0, keys: 1 });
  });
});

describe('a token is refused', () => {
  const claim = (name: string) => refused(`unexpected "${name}" claim value`);
  const missing = (name: string) => refused(`missing required "${name}" claim`);
  const time = (name: string) => refused(`"${name}" claim timestamp check failed`);
  const algorithm = refused('"alg" (Algorithm) Header Parameter value not allowed');

  test.each([
    ['for another audience', { aud: 'https://other.example' }, claim('aud')],
    ['for no audience', { aud: undefined }, missing('aud')],
    ['of another issuer', { iss: 'https://other.example' }, claim('iss')],
    ['of the same issuer with a slash', { iss: 'http://127.0.0.1/' }, claim('iss')],
    ['without an end', { exp: undefined }, missing('exp')],
    ['without a subject', { sub: undefined }, missing('sub')],
    ['with an empty subject', { sub: '' }, refused('"sub" is not a text')],
    ['with a number as subject', { sub: 42 }, refused('"sub" is not a text')],
    ['that is not good yet', { nbf: at(NOON) + 6 }, time('nbf')],
    ['that has just ended', { exp: at(NOON) - 5 }, time('exp')],
  ])('%s', async (_name, claims, expected) => {
    expect(await refusal(await token({ claims }))).toEqual(expected);
  });

  test.each(['call+jwt', 'logout+jwt', undefined])('of type %s', async (typ) => {
    expect(await refusal(await token({ header: { typ } }))).toEqual(
      refused('unexpected "typ" JWT header value'),
    );
  });

  test.each(['', 'T0110', 'a.b.c', 'Bearer x'])('that is no token at all: "%s"', async (given) => {
    const { caller } = await refusal(given);

    expect(caller).toEqual(UNAUTHENTICATED);
    expect(provider.requests).toEqual({ discovery: 0, keys: 0 });
  });

  test('without a signature', async () => {
    const given = new UnsecuredJWT({ iss: provider.issuer, aud: AUDIENCE, sub: 'T0001' })
      .setExpirationTime(at(NOON) + 900)
      .encode();

    expect((await refusal(given)).caller).toEqual(UNAUTHENTICATED);
    expect(provider.requests).toEqual({ discovery: 0, keys: 0 });
  });

  test('with alg none in the header of a signed one', async () => {
    const [, payload] = (await token()).split('.');
    const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');

    expect(await refusal(`${header}.${payload}.`)).toEqual(algorithm);
  });

  test('signed by HS256 with the public key as secret', async () => {
    provider.keys = [await publish(rsa, 'rsa')];
    const secret = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    const given = await new SignJWT({ iss: provider.issuer, aud: AUDIENCE, sub: 'T0001' })
      .setExpirationTime(at(NOON) + 900)
      .setProtectedHeader({ alg: 'HS256', kid: 'rsa', typ: 'at+jwt' })
      .sign(secret);

    expect(await refusal(given)).toEqual(algorithm);
  });

  test("signed with a forger's key under the provider's key id", async () => {
    expect(await refusal(await token({ key: forger }))).toEqual(
      refused('signature verification failed'),
    );
  });

  test('with a key of its own in the header', async () => {
    const jwk = await exportJWK(forger.publicKey);

    expect(await refusal(await token({ key: forger, header: { jwk } }))).toEqual(
      refused('signature verification failed'),
    );
  });

  test('after one letter of its claims was changed', async () => {
    const [header = '', payload = '', signature = ''] = (await token()).split('.');
    const claims = Buffer.from(payload, 'base64url').toString().replace('T0110', 'T0001');

    const tampered = [header, Buffer.from(claims).toString('base64url'), signature].join('.');

    expect(await refusal(tampered)).toEqual(refused('signature verification failed'));
  });

  test('when its time is over, though it was good a moment ago', async () => {
    const given = await token({ claims: { exp: at(NOON) + 30 } });
    expect(await verifier.verify(given)).toEqual({ subject: 'T0110' });

    clock.set('2026-05-20T12:00:34+08:00');
    expect(await verifier.verify(given)).toEqual({ subject: 'T0110' });
    clock.set('2026-05-20T12:00:35+08:00');
    expect(await refusal(given)).toEqual(time('exp'));
  });

  test('a minute after it was accepted, when the provider has withdrawn its key', async () => {
    const given = await token();
    await verifier.verify(given);
    provider.keys = [await publish(next, 'next')];

    pass(600);

    clock.set('2026-05-20T12:00:59+08:00');
    expect(await verifier.verify(given)).toEqual({ subject: 'T0110' });
    clock.set('2026-05-20T12:01:00+08:00');
    expect(await refusal(given)).toEqual(
      refused('no applicable key found in the JSON Web Key Set'),
    );
  });

  test('without a claim of it in what the log gets', async () => {
    const given = await token({ claims: { exp: at(NOON) - 60 } });

    const error = await verifier.verify(given).catch((thrown: unknown) => thrown);

    expect({ ...(error as { cause: Error }).cause }).toEqual({
      name: 'TokenRefused',
      code: 'ERR_JWT_EXPIRED',
    });
  });
});

describe('unknown keys', () => {
  const NO_KEY = refused('no applicable key found in the JSON Web Key Set');
  const forge = (kid: string): Promise<string> => token({ key: forger, header: { kid } });

  test('make the provider be called at most once in thirty seconds', async () => {
    await verifier.verify(await token());

    pass(29);
    for (const kid of ['a', 'b', 'c']) expect(await refusal(await forge(kid))).toEqual(NO_KEY);
    expect(provider.requests.keys).toBe(1);

    pass(2);
    const forged = await Promise.all(['d', 'e', 'f', 'g'].map(forge));
    expect(await Promise.all(forged.map(refusal))).toEqual([NO_KEY, NO_KEY, NO_KEY, NO_KEY]);
    for (const kid of ['h', 'i']) expect(await refusal(await forge(kid))).toEqual(NO_KEY);
    expect(provider.requests).toEqual({ discovery: 1, keys: 2 });
  });

  test('are found when the provider has a new one, and the old one is good as long as it is published', async () => {
    const before = await token();
    await verifier.verify(before);
    provider.keys = [await publish(own, 'own'), await publish(next, 'next')];
    const after = await token({ key: next, header: { kid: 'next' }, claims: { sub: 'T0120' } });

    pass(31);

    expect(await verifier.verify(after)).toEqual({ subject: 'T0120' });
    expect(await verifier.verify(await token({ claims: { sub: 'T0210' } }))).toEqual({
      subject: 'T0210',
    });
    expect(provider.requests).toEqual({ discovery: 1, keys: 2 });
  });
});

describe('a provider that cannot be reached', () => {
  test('lets nobody in, and the log distinguishes it from a bad token', async () => {
    await provider.stop();
    expect(await refusal(await token())).toEqual(unavailable());
  });

  test('is called again five seconds later, not for every token', async () => {
    provider.status = 503;
    const tokens = await Promise.all(['T0110', 'T0120'].map((sub) => token({ claims: { sub } })));
    for (const given of tokens) expect(await refusal(given)).toEqual(unavailable());
    expect(provider.requests).toEqual({ discovery: 1, keys: 0 });

    provider.status = 200;
    pass(4);
    expect(await refusal(await token())).toEqual(unavailable());
    pass(1);
    expect(await verifier.verify(await token())).toEqual({ subject: 'T0110' });
    expect(provider.requests).toEqual({ discovery: 2, keys: 1 });
  });

  test('does not stop those whose key is known, whatever a forger sends', async () => {
    await verifier.verify(await token());
    await provider.stop();
    pass(31);

    expect(await refusal(await token({ key: forger, header: { kid: 'forged' } }))).toEqual(
      unavailable(),
    );

    expect(await verifier.verify(await token({ claims: { sub: 'T0120' } }))).toEqual({
      subject: 'T0120',
    });
  });

  test.each([
    ['names another issuer', { issuer: 'https://other.example' }],
    ['names no keys', { jwks_uri: undefined }],
    ['names keys at no address', { jwks_uri: 'here' }],
  ])('is one whose discovery document %s', async (_name, change) => {
    provider.discovery = { ...provider.discovery, ...change };

    expect(await refusal(await token())).toEqual(unavailable());
    expect(provider.requests).toEqual({ discovery: 1, keys: 0 });
  });
});
