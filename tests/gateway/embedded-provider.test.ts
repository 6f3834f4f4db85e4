import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@chengxin/kit/clock';
import { loginAs } from '@chengxin/kit/command/login';
import { nodeProblem } from '../../subgraphs/kit/node-version.cjs';
import { sentence } from '@chengxin/kit/errors';
import { LIMITS_OF_ONE_CALLER } from '@chengxin/gateway/limits/settings';
import { startEmbeddedProvider, type EmbeddedProvider } from '@chengxin/college/provider';
import { readRunFile, writeRunFile } from '@chengxin/kit/command/run-file';
import { tokenCommand } from '@chengxin/college/token-command';
import { createTokenVerifier } from '@chengxin/gateway/identity/token';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

const AUDIENCE = 'https://chengxin.example/graph';
const EXPLORER = 'http://localhost:4000/explorer/callback';

const PEOPLE = [
  { id: 'T0101', name: '张老师', note: '辅导员 counsellor' },
  { id: 'T0110', name: '<script>alert(1)</script>', note: '"院系" & \'管理员\' administrator' },
  { id: 'T0401', name: '王老师', note: '财务经办 finance clerk' },
];
/** Known, but not among those who are shown. */
const HIDDEN = { id: '2024010101', name: '李同学' };
const people = {
  find: async (id: string) => [...PEOPLE, HIDDEN].find((person) => person.id === id) ?? null,
  list: async () => PEOPLE,
};

let folder: string;
let keyFile: string;
let provider: EmbeddedProvider;

const start = (
  change: Partial<Parameters<typeof startEmbeddedProvider>[0]> = {},
): Promise<EmbeddedProvider> =>
  startEmbeddedProvider({ port: 0, audience: AUDIENCE, people, keyFile, ...change });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengxin-'));
  keyFile = join(folder, 'keys', 'identity.json');
  provider = await start();
});
afterAll(async () => {
  await provider.close();
  await rm(folder, { recursive: true });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

const login = (person: string): Promise<string> =>
  loginAs({ issuer: provider.issuer, audience: AUDIENCE, person });

const verifierAt = (issuer: string, time = new Date().toISOString(), audience = AUDIENCE) =>
  createTokenVerifier({ issuer, audience, clock: fixedClock(time) });

const messageOf = async (promised: Promise<unknown>): Promise<string> => {
  try {
    await promised;
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
};

const VERIFIER = 'a-verifier-of-forty-three-letters-or-some-more';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

/** A browser of the query page's user: keeps cookies, follows nothing by itself. */
function openBrowser() {
  const cookies = new Map<string, string>();
  const go = async (address: string, form?: Record<string, string>, headers = {}) => {
    const answer = await fetch(new URL(address, provider.issuer), {
      redirect: 'manual',
      headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), ...headers },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? [];
      cookies.set(name, value);
    }
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      headers: answer.headers,
      text: await answer.text(),
    };
  };
  return {
    go,
    /** Request a login to the query page. */
    authorize: (change: Record<string, string | undefined> = {}) => {
      const question = {
        client_id: 'explorer',
        response_type: 'code',
        scope: 'openid profile graph',
        redirect_uri: EXPLORER,
        resource: AUDIENCE,
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
        ...change,
      };
      const given = Object.entries(question).filter((pair): pair is [string, string] => !!pair[1]);
      return go(`/auth?${new URLSearchParams(given).toString()}`);
    },
    exchange: (code: string, change: Record<string, string> = {}) =>
      go('/token', {
        grant_type: 'authorization_code',
        client_id: 'explorer',
        redirect_uri: EXPLORER,
        code,
        code_verifier: VERIFIER,
        ...change,
      }),
  };
}
type Browser = ReturnType<typeof openBrowser>;

/** From the login page to the code. */
async function logInAt(browser: Browser, page: string, person: string): Promise<string> {
  const answer = await browser.go(page, { person });
  const back = await browser.go(answer.location);
  return new URL(back.location).searchParams.get('code') ?? '';
}

const subjectOf = (answer: { text: string }): string | undefined =>
  decodeJwt((JSON.parse(answer.text) as { access_token: string }).access_token).sub;

describe('logging in by command', () => {
  test('gives a token that the gateway accepts, dated by the clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-02T08:00:00Z') });
    const clock = fixedClock('2026-05-20T12:00:00+08:00');
    const other = await start({ clock });

    const token = await loginAs({ issuer: other.issuer, audience: AUDIENCE, person: 'T0101' });

    const verifier = createTokenVerifier({ issuer: other.issuer, audience: AUDIENCE, clock });
    expect(await verifier.verify(token)).toEqual({
      subject: 'T0101',
      authenticatedAt: new Date('2026-05-20T04:00:00Z'),
      authenticationClass: 'urn:chengxin:embedded',
    });
    await other.close();
  });

  test('gives an EdDSA access token of fifteen minutes for the one audience', async () => {
    const token = await login('T0101');

    const { alg, typ } = decodeProtectedHeader(token);
    const { iss, aud, sub, scope, client_id, exp = 0, iat = 0 } = decodeJwt(token);
    expect({ alg, typ, iss, aud, sub, scope, client_id, seconds: exp - iat }).toEqual({
      alg: 'EdDSA',
      typ: 'at+jwt',
      iss: provider.issuer,
      aud: AUDIENCE,
      sub: 'T0101',
      scope: 'graph',
      client_id: 'cli',
      seconds: 900,
    });
  });

  test('works for somebody who is not on the list', async () => {
    expect(decodeJwt(await login(HIDDEN.id)).sub).toBe('2024010101');
  });

  test('works without naming the audience', async () => {
    const token = await loginAs({ issuer: provider.issuer, person: 'T0101' });

    expect(decodeJwt(token).aud).toBe(AUDIENCE);
  });

  test('says who is unknown', async () => {
    expect(await messageOf(login('T9999'))).toBe(
      'Nobody in the demo college has the number T9999.',
    );
  });

  test('says that another audience is refused', async () => {
    const other = { issuer: provider.issuer, audience: 'https://other.example', person: 'T0101' };

    expect(await messageOf(loginAs(other))).toBe(
      'The identity provider refused the log-in: resource indicator is missing, or unknown.',
    );
  });

  test('says that npm start is not running', async () => {
    const gone = await start();
    await gone.close();

    expect(
      await messageOf(loginAs({ issuer: gone.issuer, audience: AUDIENCE, person: 'T0101' })),
    ).toBe(`npm start is not running: no identity provider answers at ${gone.issuer}.`);
  });
});

describe('a token of the embedded provider', () => {
  test.each([
    ['of another issuer', () => verifierAt('http://127.0.0.1:9')],
    ['for another audience', () => verifierAt(provider.issuer, undefined, 'https://other.example')],
    [
      'sixteen minutes later',
      () => verifierAt(provider.issuer, new Date(Date.now() + 16 * 60_000).toISOString()),
    ],
  ])('is refused by a gateway %s', async (_name, verifier) => {
    const token = await login('T0101');

    expect(await messageOf(verifier().verify(token))).toBe('请先登录。 Log in first.');
  });

  test('survives a restart, by a key file that only its owner reads', async () => {
    const before = await start();
    const { port } = new URL(before.issuer);
    const token = await loginAs({ issuer: before.issuer, audience: AUDIENCE, person: 'T0101' });
    await before.close();

    const after = await start({ port: Number(port) });

    const verified = await verifierAt(after.issuer).verify(token);
    await after.close();
    expect(verified.subject).toBe('T0101');
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  });

  test('is of another key when the provider has another file', async () => {
    const other = await start({ keyFile: join(folder, 'other.json') });
    const token = await loginAs({ issuer: other.issuer, audience: AUDIENCE, person: 'T0101' });
    await other.close();

    expect(decodeProtectedHeader(token).kid).not.toBe(
      decodeProtectedHeader(await login('T0101')).kid,
    );
  });
});

describe('the provider', () => {
  test.each(['', 'production', 'Development'])(
    'does not start with CHENGXIN_MODE=%s',
    async (mode) => {
      vi.stubEnv('CHENGXIN_MODE', mode);

      expect(await messageOf(start())).toBe(
        'The embedded identity provider lets anybody in and starts with CHENGXIN_MODE=development alone: name your own OpenID Connect provider.',
      );
    },
  );

  test('does not start with a damaged key file, and leaves it as it is', async () => {
    const damaged = join(folder, 'damaged.json');
    await writeFile(damaged, '{"signing":[');

    expect(await messageOf(start({ keyFile: damaged }))).toBe(
      `${damaged} is damaged; delete it, and everybody logs in again.`,
    );
    expect(await readFile(damaged, 'utf8')).toBe('{"signing":[');
  });

  test('publishes public keys only', async () => {
    const { text } = await openBrowser().go('/jwks');

    const { keys } = JSON.parse(text) as { keys: object[] };
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
    ]);
  });

  test('answers under its own name alone', async () => {
    const { port } = new URL(provider.issuer);
    const send = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port, path: '/jwks', headers: { host } }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode));
        })
          .on('error', reject)
          .end();
      });

    expect(await send(`attacker.example:${port}`)).toBe(421);
    expect(await send(`127.0.0.1:${port}`)).toBe(200);
  });

  test.each([
    ['http://localhost:4000', 200, 'http://localhost:4000'],
    ['https://attacker.example', 400, null],
    ['null', 400, null],
  ])('lets a page of %s exchange a code: %i', async (origin, status, allowed) => {
    const browser = openBrowser();
    const code = await logInAt(browser, (await browser.authorize()).location, 'T0101');

    const form = {
      grant_type: 'authorization_code',
      client_id: 'explorer',
      redirect_uri: EXPLORER,
      code,
      code_verifier: VERIFIER,
    };
    const answer = await browser.go('/token', form, { origin });

    expect({
      status: answer.status,
      allowed: answer.headers.get('access-control-allow-origin'),
    }).toEqual({ status, allowed });
  });
});

describe('requesting a login', () => {
  test.each([
    'http://attacker.example/callback',
    'https://localhost:4000/explorer/callback',
    'http://localhost:4000/elsewhere',
    'http://localhost.attacker.example/explorer/callback',
    'http://localhost:4000@attacker.example/explorer/callback',
  ])('is refused on the spot when it would lead back to %s', async (address) => {
    const answer = await openBrowser().authorize({ redirect_uri: address });

    expect({ status: answer.status, location: answer.location }).toEqual({
      status: 400,
      location: '',
    });
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  test.each([4000, 51234])('may lead back to port %i of this machine', async (port) => {
    const address = `http://127.0.0.1:${port}/explorer/callback`;
    const answer = await openBrowser().authorize({ redirect_uri: address });

    expect(answer.location).toMatch(/^\/login\/[\w-]+$/);
  });

  test.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with the plain method of PKCE', { code_challenge_method: 'plain' }],
  ])('is refused %s', async (_name, change) => {
    const answer = await openBrowser().authorize(change);

    const back = new URL(answer.location);
    expect(`${back.origin}${back.pathname}`).toBe(EXPLORER);
    expect(back.searchParams.get('error')).toBe('invalid_request');
    expect(back.searchParams.get('code')).toBe(null);
  });

  test('is refused on the spot for an unknown client', async () => {
    const answer = await openBrowser().authorize({ client_id: 'stranger' });

    expect({ status: answer.status, location: answer.location }).toEqual({
      status: 400,
      location: '',
    });
  });

  test('is refused when a token is to come in the address', async () => {
    const answer = await openBrowser().authorize({ response_type: 'id_token', nonce: 'n' });

    const back = new URLSearchParams(new URL(answer.location).hash.slice(1));
    expect([back.get('error'), back.get('id_token')]).toEqual(['unsupported_response_type', null]);
  });
});

describe('the query page', () => {
  test('gets a token for a code and the verifier, once', async () => {
    const browser = openBrowser();
    const code = await logInAt(browser, (await browser.authorize()).location, 'T0401');

    const first = await browser.exchange(code);
    const second = await browser.exchange(code);

    expect(subjectOf(first)).toBe('T0401');
    expect([first.status, second.status]).toEqual([200, 400]);
  });

  test('gets none with another verifier', async () => {
    const browser = openBrowser();
    const code = await logInAt(browser, (await browser.authorize()).location, 'T0401');

    const answer = await browser.exchange(code, { code_verifier: 'x'.repeat(43) });

    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text).error).toBe('invalid_grant');
  });

  test('is not asked again in the same browser', async () => {
    const browser = openBrowser();
    await logInAt(browser, (await browser.authorize()).location, 'T0401');

    const again = await browser.authorize();

    const code = new URL(again.location).searchParams.get('code') ?? '';
    expect(subjectOf(await browser.exchange(code))).toBe('T0401');
  });

  test('has the person confirm who he is by requesting a login, and only then', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-02T08:00:00Z') });
    const claimsOf = (answer: { text: string }) =>
      decodeJwt((JSON.parse(answer.text) as { access_token: string }).access_token);
    const loginTime = (answer: { text: string }): unknown => {
      const { acr, auth_time: at } = claimsOf(answer);
      // On one machine the choice of a person stands for a second factor (F-05).
      expect(acr).toBe('urn:chengxin:embedded');
      return at;
    };
    const browser = openBrowser();
    await logInAt(browser, (await browser.authorize()).location, 'T0401');
    vi.setSystemTime(new Date('2026-11-02T08:10:00Z'));

    const silent = new URL((await browser.authorize()).location).searchParams.get('code') ?? '';
    const { location } = await browser.authorize({ prompt: 'login' });
    const confirmed = await logInAt(browser, location, 'T0401');

    expect([
      loginTime(await browser.exchange(silent)),
      loginTime(await browser.exchange(confirmed)),
    ]).toEqual([
      Date.parse('2026-11-02T08:00:00Z') / 1000,
      Date.parse('2026-11-02T08:10:00Z') / 1000,
    ]);
  });

  test('changes to another person by requesting a login, which ends the former session', async () => {
    const browser = openBrowser();
    await logInAt(browser, (await browser.authorize()).location, 'T0401');

    const { location } = await browser.authorize({ prompt: 'login' });
    const code = await logInAt(browser, location, 'T0101');

    expect(subjectOf(await browser.exchange(code))).toBe('T0101');
    const again = new URL((await browser.authorize()).location).searchParams.get('code') ?? '';
    expect(subjectOf(await browser.exchange(again))).toBe('T0101');
  });
});

describe('a page that stays logged in', () => {
  const WITH_REFRESH = {
    scope: 'openid profile graph offline_access',
    prompt: 'consent',
  };
  interface Tokens {
    readonly access_token: string;
    readonly refresh_token?: string;
  }
  const tokensOf = ({ text }: { text: string }): Tokens => JSON.parse(text) as Tokens;
  const refresh = (browser: Browser, token = '', client = 'explorer') =>
    browser.go('/token', { grant_type: 'refresh_token', client_id: client, refresh_token: token });
  const errorOf = ({ status, text }: { status: number; text: string }) => ({
    status,
    error: (JSON.parse(text) as { error: unknown }).error,
  });
  const REFUSED = { status: 400, error: 'invalid_grant' };

  /** Code, then tokens. */
  async function logIn(browser: Browser, change: Record<string, string> = WITH_REFRESH) {
    const { location } = await browser.authorize(change);
    return tokensOf(await browser.exchange(await logInAt(browser, location, 'T0401')));
  }

  test('gets another access token, which says when the person logged in', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-02T08:00:00Z') });
    const browser = openBrowser();
    const first = await logIn(browser);
    vi.setSystemTime(new Date('2026-11-02T09:00:00Z'));

    const { access_token: token } = tokensOf(await refresh(browser, first.refresh_token));

    const verified = await verifierAt(provider.issuer, '2026-11-02T09:10:00Z').verify(token);
    expect(verified).toEqual({
      subject: 'T0401',
      authenticatedAt: new Date('2026-11-02T08:00:00Z'),
      authenticationClass: 'urn:chengxin:embedded',
    });
    expect(decodeJwt(token)).toMatchObject({ aud: AUDIENCE, scope: 'graph' });
  });

  test('gets a new refresh token each time; to show a former one ends them all', async () => {
    const browser = openBrowser();
    const { refresh_token: first } = await logIn(browser);
    const { refresh_token: second } = tokensOf(await refresh(browser, first));
    const { refresh_token: third } = tokensOf(await refresh(browser, second));
    expect(new Set([first, second, third, undefined]).size).toBe(4);

    expect(errorOf(await refresh(browser, first))).toEqual(REFUSED);
    expect(errorOf(await refresh(browser, third))).toEqual(REFUSED);
  });

  test('is logged out eight hours after the login, however often it has renewed', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-02T08:00:00Z') });
    const browser = openBrowser();
    let { refresh_token: token } = await logIn(browser);
    vi.setSystemTime(new Date('2026-11-02T15:50:00Z'));
    ({ refresh_token: token } = tokensOf(await refresh(browser, token)));
    vi.setSystemTime(new Date('2026-11-02T16:00:01Z'));

    expect(errorOf(await refresh(browser, token))).toEqual(REFUSED);
  });

  test('logs out by revoking its refresh token', async () => {
    const browser = openBrowser();
    const { refresh_token: token = '' } = await logIn(browser);

    const { status } = await browser.go('/token/revocation', { client_id: 'explorer', token });

    expect(status).toBe(200);
    expect(errorOf(await refresh(browser, token))).toEqual(REFUSED);
  });

  test('gets none for another client', async () => {
    const browser = openBrowser();
    const { refresh_token: token } = await logIn(browser);

    expect(errorOf(await refresh(browser, token, 'cli'))).toEqual({
      status: 400,
      error: 'invalid_request',
    });
  });

  test.each([
    ['does not request one', { prompt: 'consent' }],
    ['does not have the person log in for it', { scope: WITH_REFRESH.scope }],
    [
      'is the client of the commands',
      { ...WITH_REFRESH, client_id: 'cli', redirect_uri: 'http://127.0.0.1/callback' },
    ],
  ])('gets no refresh token when it %s', async (_, change: Record<string, string>) => {
    const browser = openBrowser();
    const { location } = await browser.authorize(change);
    const code = await logInAt(browser, location, 'T0401');

    const { client_id = 'explorer', redirect_uri = EXPLORER } = change;
    const tokens = tokensOf(await browser.exchange(code, { client_id, redirect_uri }));

    expect(Object.keys(tokens).toSorted()).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'scope',
      'token_type',
    ]);
  });

  test('has the person log in for it, whoever is logged in at the browser', async () => {
    const browser = openBrowser();
    await logInAt(browser, (await browser.authorize()).location, 'T0401');

    const { location } = await browser.authorize(WITH_REFRESH);

    expect(location).toMatch(/^\/login\/[\w-]+$/);
    const code = await logInAt(browser, location, 'T0101');
    expect(subjectOf(await browser.exchange(code))).toBe('T0101');
  });

  test.each([
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://attacker.example', null],
  ])('of %s renews from the browser: %s', async (origin, allowed) => {
    const browser = openBrowser();
    const { refresh_token: token = '' } = await logIn(browser);
    const form = { grant_type: 'refresh_token', client_id: 'explorer', refresh_token: token };

    const answer = await browser.go('/token', form, { origin });

    expect(answer.headers.get('access-control-allow-origin')).toBe(allowed);
  });
});

describe('the login page', () => {
  const openPage = async () => {
    const browser = openBrowser();
    const { location } = await browser.authorize();
    return { browser, location, page: await browser.go(location) };
  };
  /** Numbers of the people on a page, in their order. */
  const listed = (page: { text: string }): (string | undefined)[] =>
    [...page.text.matchAll(/name="person" value="([^"]*)">/g)].map(([, id]) => id);

  test('is Chinese with English beside it, lists the people and has a labelled box', async () => {
    const { page, location } = await openPage();

    expect(page.status).toBe(200);
    expect(listed(page)).toEqual(['T0101', 'T0110', 'T0401']);
    expect(page.text.match(/<html lang="[^"]*">/)?.[0]).toBe('<html lang="zh-CN">');
    expect(page.text.match(/<h1>.*<\/h1>/)?.[0]).toBe(
      '<h1>登录 <span lang="en">Log in</span></h1>',
    );
    expect(page.text.match(/<label.*<\/label>/)?.[0]).toBe(
      '<label for="person">学号或工号 <span lang="en">Student or staff number</span></label>',
    );
    expect(page.text.match(/<form [^>]*>/g)).toEqual([
      `<form method="post" action="${location}">`,
      `<form method="post" action="${location}">`,
    ]);
  });

  test('escapes what people are called', async () => {
    const { page } = await openPage();

    expect(
      page.text
        .match(/<button class="person" name="person" value="T0110">[^]*?<\/button>/)?.[0]
        .replaceAll(/\s+/g, ' '),
    ).toBe(
      '<button class="person" name="person" value="T0110"> <b>T0110</b> <span>&lt;script&gt;alert(1)&lt;/script&gt;</span> <span>&quot;院系&quot; &amp; &#39;管理员&#39; administrator</span> </button>',
    );
  });

  test('has no script and nothing from elsewhere, and its headers say so', async () => {
    const { page } = await openPage();

    expect(page.text.match(/<script|\son\w+=|https?:|url\(|@import|src=|<link/gi)).toBe(null);
    const nonce = /<style nonce="([\w-]+)">/.exec(page.text)?.[1];
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' http://localhost:4000; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['t01', ['T0101', 'T0110']],
    ['财务', ['T0401']],
    ['COUNSELLOR', ['T0101']],
    ['2024010101', ['2024010101']],
    ['nobody', []],
  ])('finds by number, name or note: %s', async (wanted, found) => {
    const { browser, location } = await openPage();

    const page = await browser.go(`${location}?person=${encodeURIComponent(wanted)}`);

    expect(page.status).toBe(200);
    expect(listed(page)).toEqual(found);
  });

  test('says that nobody has a number, escapes it, and lets one try again', async () => {
    const { browser, location } = await openPage();

    const page = await browser.go(location, { person: '<T9999>' });

    expect(page.status).toBe(422);
    expect(page.text.match(/<p class="problem"[^]*?<\/p>/)?.[0].replaceAll(/\s+/g, ' ')).toBe(
      '<p class="problem" role="alert" id="problem"> 没有编号为“&lt;T9999&gt;”的人。 <span lang="en">Nobody has the number “&lt;T9999&gt;”.</span> </p>',
    );
    expect(listed(page)).toEqual(['T0101', 'T0110', 'T0401']);
    const code = await logInAt(browser, location, ' T0401 ');
    expect(subjectOf(await browser.exchange(code))).toBe('T0401');
  });

  test('of another browser logs nobody in', async () => {
    const { location } = await openPage();

    const answer = await openBrowser().go(location, { person: 'T0101' });

    expect({ status: answer.status, location: answer.location }).toEqual({
      status: 400,
      location: '',
    });
  });

  test('of another login of the same browser logs nobody in', async () => {
    const { browser, location } = await openPage();
    await browser.authorize();

    const answer = await browser.go(location, { person: 'T0101' });

    expect(answer.status).toBe(400);
  });
});

describe('the token command', () => {
  const inFolder = { CHENGXIN_DATA: '' };
  beforeAll(() => {
    inFolder.CHENGXIN_DATA = join(folder, 'data');
  });
  const NOT_STARTED = () =>
    `npm start is not running: ${join(folder, 'none')}/college.json cannot be read.`;

  test('prints the token of a person at the provider that npm start wrote down', async () => {
    const content = {
      issuer: provider.issuer,
      gateway: 'http://localhost:4000/graphql',
      audience: AUDIENCE,
    };
    await writeRunFile(content, inFolder.CHENGXIN_DATA);

    const { exitCode, out = '', problem } = await tokenCommand(['T0110'], inFolder);

    expect({ exitCode, subject: decodeJwt(out).sub, problem }).toEqual({
      exitCode: 0,
      subject: 'T0110',
      problem: undefined,
    });
    expect(await readRunFile(inFolder.CHENGXIN_DATA)).toEqual(content);
  });

  test('takes the provider that the environment names', async () => {
    const { out = '' } = await tokenCommand(['T0110'], { CHENGXIN_ISSUER: provider.issuer });

    expect(decodeJwt(out).aud).toBe(AUDIENCE);
  });

  test('says that npm start is not running', async () => {
    expect(await tokenCommand(['T0110'], { CHENGXIN_DATA: join(folder, 'none') })).toEqual({
      exitCode: 1,
      problem: NOT_STARTED(),
    });
  });

  test('says that nobody has a number', async () => {
    expect(await tokenCommand(['T9999'], { CHENGXIN_ISSUER: provider.issuer })).toEqual({
      exitCode: 1,
      problem: 'Nobody in the demo college has the number T9999.',
    });
  });

  test.each([[[]], [['--help']], [['T0101', 'T0110']]])('explains itself for %j', async (args) => {
    expect(await tokenCommand(args, {})).toEqual({
      exitCode: 2,
      problem: 'Usage: npm run --silent token -- <student or staff number>, for example T0110.',
    });
  });

  test.each([
    ['20.19.5', 'Chengxin needs Node 22.17 or newer; this is Node 20.19.5.'],
    ['22.16.0', 'Chengxin needs Node 22.17 or newer; this is Node 22.16.0.'],
    ['22.17.0', undefined],
    ['24.0.1', undefined],
  ])('looks at the version of Node first: %s', (version, problem) => {
    expect(nodeProblem(version)).toBe(problem);
  });
});

test('the login page is shown to one address so often within a minute, and says when again', async () => {
  const limits = { ...LIMITS_OF_ONE_CALLER, perAddress: 2 };
  const limited = await start({ limits });
  try {
    const load = async (method: string) => {
      const answer = await fetch(`${limited.issuer}/login/none`, { method });
      const text = await answer.text();
      return {
        status: answer.status,
        retryAfter: answer.headers.get('retry-after'),
        isOurs: text.includes(sentence('RATE_LIMITED')),
      };
    };
    const expired = { status: 400, retryAfter: null, isOurs: false };
    const tooOften = { status: 429, retryAfter: expect.stringMatching(/^\d+$/), isOurs: true };
    expect([await load('GET'), await load('POST')]).toEqual([expired, expired]);
    expect([await load('GET'), await load('POST')]).toEqual([tooOften, tooOften]);
  } finally {
    await limited.close();
  }
});
