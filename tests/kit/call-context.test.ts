import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signCall, type SignedRequest } from '@chengxin/kit/call/call';
import { fixedClock } from '@chengxin/kit/clock';
import { digest, newSigningKey, readSigningKey } from '@chengxin/kit/call/crypto';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring, type Keyring } from '@chengxin/kit/call/keyring';
import { writeRuled } from '@chengxin/kit/privacy/decision';
import { OFFICES } from '@chengxin/gateway/offices';
import { SignJWT, UnsecuredJWT, type JWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { post } from '../support/post.js';
import {
  callOffice,
  entities,
  GRAPH,
  postOffice,
  REFUSED,
  sealedAccess,
  withRuled,
} from '../support/straight.js';

const AT = '2026-04-12T10:00:00+08:00';
const STUDENT = '2025020415';
/** The students of DOMAIN §5, as the templates have them. */
const CAST = [
  '2023010208',
  '2023020109',
  '2024010305',
  '2024010317',
  '2024010322',
  '2024020111',
  '2024020130',
  STUDENT,
  '2026010301',
];

let college: TestCollege;
let gateway: Keyring;
let archive: Keyring;
let finance: Keyring;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  [gateway, archive, finance] = await Promise.all([
    readKeyring(college.keys, 'gateway'),
    readKeyring(college.keys, 'archive'),
    readKeyring(college.keys, 'finance'),
  ]);
});
afterAll(() => college.stop());

const clerk: Identity = importer('T0401', 'FIN_CLERK', ['FIN']);
const later = (seconds: number) =>
  fixedClock(new Date(Date.parse(AT) + seconds * 1000).toISOString());
const sign = (signedRequest: SignedRequest, clock = college.clock) =>
  signCall(gateway, clock, signedRequest, clerk);

/** A call context of which every part can be wrong. */
interface Recipe {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: Parameters<SignJWT['sign']>[0];
}
const claimsOf = ({ to, path, body }: SignedRequest) => {
  const iat = Math.floor(Date.parse(AT) / 1000);
  const hash = digest(body);
  return { iss: 'gateway', aud: to, iat, exp: iat + 10, path, body: hash, identity: clerk };
};
const craft = (signedRequest: SignedRequest, { claims, header, key }: Recipe): Promise<string> =>
  new SignJWT({ ...claimsOf(signedRequest), ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: gateway.signing.kid, typ: 'call+jwt', ...header })
    .sign(key ?? gateway.signing.key);

/** The gateway's public key, as everybody can read it. */
const publicKey = (): Buffer => {
  const file = readFileSync(join(college.keys, 'public.json'), 'utf8');
  const [jwk] = (JSON.parse(file) as Record<string, JWK[]>)['gateway'] ?? [];
  return Buffer.from(jwk?.x ?? '', 'base64url');
};

const WRONG: Readonly<
  Record<string, (signedRequest: SignedRequest) => Promise<string> | string | undefined>
> = {
  'without a call context': () => undefined,
  'with something else in its place': () => 'x',
  "with a person's token": () => college.token('T0401'),
  'meant for another office': (signedRequest) => sign({ ...signedRequest, to: 'nobody' }),
  'meant for another path': (signedRequest) => sign({ ...signedRequest, path: '/authority' }),
  'over another body': (signedRequest) =>
    sign({ ...signedRequest, body: `${String(signedRequest.body)} ` }),
  'signed 16 seconds ago': (signedRequest) => sign(signedRequest, later(-16)),
  'signed 15 seconds ago': (signedRequest) => sign(signedRequest, later(-15)),
  'signed in the future': (signedRequest) => sign(signedRequest, later(6)),
  'that holds for a day': (signedRequest) => {
    const { iat } = claimsOf(signedRequest);
    return craft(signedRequest, { claims: { iat: iat - 60, exp: iat + 86_400 } });
  },
  'without a time': (signedRequest) => craft(signedRequest, { claims: { iat: undefined } }),
  'without an end': (signedRequest) => craft(signedRequest, { claims: { exp: undefined } }),
  'without the hash of the body': (signedRequest) =>
    craft(signedRequest, { claims: { body: undefined } }),
  'signed by the archive': (signedRequest) =>
    signCall(archive, college.clock, signedRequest, clerk),
  'signed by finance': (signedRequest) => signCall(finance, college.clock, signedRequest, clerk),
  "in the gateway's name, under an office's key": (signedRequest) =>
    craft(signedRequest, { header: { kid: finance.signing.kid }, key: finance.signing.key }),
  "in the gateway's name, under its key's number, by an office": (signedRequest) =>
    craft(signedRequest, { key: finance.signing.key }),
  "in an office's name, under the gateway's key": (signedRequest) =>
    craft(signedRequest, { claims: { iss: 'finance' } }),
  'with an unknown key number': (signedRequest) =>
    craft(signedRequest, { header: { kid: 'gateway-2' } }),
  'without a key number': (signedRequest) => craft(signedRequest, { header: { kid: undefined } }),
  'by a key that nobody published': async (signedRequest) => {
    const { privateJwk } = await newSigningKey('gateway-1');
    return craft(signedRequest, { key: readSigningKey(privateJwk) });
  },
  'without a signature (alg none)': (signedRequest) =>
    new UnsecuredJWT(claimsOf(signedRequest)).encode(),
  'authenticated with the public key (HS256)': (signedRequest) =>
    craft(signedRequest, { header: { alg: 'HS256' }, key: publicKey() }),
  'of another use': (signedRequest) => craft(signedRequest, { header: { typ: 'JWT' } }),
  'that does not name the caller': (signedRequest) =>
    craft(signedRequest, { claims: { identity: undefined } }),
  'in a role that there is not': (signedRequest) =>
    craft(signedRequest, { claims: { identity: { ...clerk, role: 'DEAN' } } }),
};

const QUESTIONS = [
  JSON.stringify({ query: '{ __typename }' }),
  JSON.stringify({ query: '{ _service { __typename sdl } }' }),
  entities('studentNo', { studentNo: STUDENT }),
];

test.each(Object.keys(WRONG))('no office answers a call %s (DOMAIN 3.1)', async (wrong) => {
  for (const { name } of OFFICES)
    for (const body of QUESTIONS) {
      const call = await WRONG[wrong]?.({ to: name, path: GRAPH, body });

      expect(await postOffice(college, name, GRAPH, body, call)).toEqual(REFUSED);
    }
});

test('an office refuses what was signed for any other office', async () => {
  const [body = ''] = QUESTIONS;
  for (const { name } of OFFICES)
    for (const other of OFFICES) {
      const call = await sign({ to: other.name, path: GRAPH, body });

      const { status } = await postOffice(college, name, GRAPH, body, call);

      expect([name, other.name, status]).toEqual([
        name,
        other.name,
        name === other.name ? 200 : 401,
      ]);
    }
});

test.each(OFFICES.map(({ name }) => name))('%s answers a call that is right', async (office) => {
  const validity = { validUntil: Date.parse(AT) + 5000, isEnd: false };
  const sealed = sealedAccess(
    archive.decisionKeys,
    STUDENT,
    clerk,
    writeRuled('ALLOW=IDENTITY'),
    validity,
  );
  const { access } = sealed;
  const [plain = ''] = QUESTIONS;
  const service = JSON.stringify({ query: '{ _service { __typename } }' });
  const student = withRuled(entities('studentNo', { studentNo: STUDENT, access }), sealed);

  expect([
    await callOffice(college, office, clerk, plain),
    await callOffice(college, office, clerk, service),
    await callOffice(college, office, clerk, student),
  ]).toEqual([
    { data: { __typename: 'Query' } },
    { data: { _service: { __typename: '_Service' } } },
    { data: { _entities: [{ studentNo: STUDENT }] } },
  ]);
});

test.each([
  ['14 seconds ahead of', 14],
  ['5 seconds behind', -5],
])("a call holds for an office whose clock is %s the gateway's (≤ 15 s)", async (_, seconds) => {
  const [body = ''] = QUESTIONS;
  const call = await sign({ to: 'finance', path: GRAPH, body }, later(-seconds));

  expect(await postOffice(college, 'finance', GRAPH, body, call)).toEqual({
    status: 200,
    body: { data: { __typename: 'Query' } },
  });
});

test('leave to import is no call to the graph: the caller chose its bytes', async () => {
  // given: a question to the gateway that is a question to finance as well
  const body = JSON.stringify({
    office: 'finance',
    actions: ['finance.import'],
    target: 'x',
    query: '{ __typename }',
  });
  const authorization = `Bearer ${await college.token('T0401')}`;
  const leave = await post(new URL('/authority', college.gateway.origin), body, { authorization });
  const { call } = leave.body as { call: string };

  expect(await postOffice(college, 'finance', GRAPH, body, call)).toEqual(REFUSED);
});

const FEED = '/feed';
const START = { xid: '0', id: '0' };
const feedBody = (...topics: string[]) => JSON.stringify({ topics, after: START });

test.each([
  ['unsigned', () => undefined],
  [
    'signed by the gateway',
    (signedRequest: SignedRequest) => signCall(gateway, college.clock, signedRequest),
  ],
  ['signed by the gateway for a person', (signedRequest: SignedRequest) => sign(signedRequest)],
  [
    'signed by the office itself',
    async (signedRequest: SignedRequest) => {
      const own = await readKeyring(college.keys, signedRequest.to);
      return signCall(own, college.clock, signedRequest);
    },
  ],
])('no feed answers what is %s (ARCH §5)', async (_, signed) => {
  for (const { name } of OFFICES) {
    const body = feedBody('roster', 'consent');
    const call = await signed({ to: name, path: FEED, body });

    expect(await postOffice(college, name, FEED, body, call)).toEqual(REFUSED);
  }
});

test('an office gets nothing of a topic that it may not read, and the rest of what it requested', async () => {
  const read = async (...topics: string[]) => {
    const body = feedBody(...topics);
    const call = await signCall(finance, college.clock, { to: 'archive', path: FEED, body });
    return postOffice(college, 'archive', FEED, body, call);
  };

  const roster = await read('roster');
  const { events } = roster.body as { events: { topic: string; key: string }[] };

  expect(events.map(({ topic, key }) => `${topic} ${key}`).sort()).toEqual(
    CAST.map((studentNo) => `roster ${studentNo}`),
  );
  // How far was read says nothing of the rows that were passed.
  const nothing = { ...roster, body: { ...(roster.body as object), events: [] } };
  expect(await read('consent', 'nothing')).toEqual(nothing);
  expect(await read()).toEqual(nothing);
  expect(await read('consent', 'roster')).toEqual(roster);
});

test("no office reads a feed in another one's name", async () => {
  const body = feedBody('consent');
  const call = await craft(
    { to: 'archive', path: FEED, body },
    {
      claims: { iss: 'thirdparty', identity: undefined },
      header: { kid: finance.signing.kid },
      key: finance.signing.key,
    },
  );

  expect(await postOffice(college, 'archive', FEED, body, call)).toEqual(REFUSED);
});
