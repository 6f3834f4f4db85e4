/** Calling an office straight, past the gateway, with whatever call context one has. */
import { CALL_HEADER, signCall } from '@chengxin/kit/call/call';
import { sentence, type ErrorCode } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import { readKeyring } from '@chengxin/kit/call/keyring';
import { sealDecisions, type Validity } from '@chengxin/kit/privacy/decision';
import { extensionsWith } from '@chengxin/kit/privacy/ruled-texts';
import type { TestCollege } from './college.js';
import { post, type Posted } from './post.js';

export const GRAPH = '/graphql';

/** What a caller without a good call context gets of every route of every office. */
export const REFUSED: Posted = {
  status: 401,
  body: {
    errors: [{ message: sentence('UNAUTHENTICATED'), extensions: { code: 'UNAUTHENTICATED' } }],
  },
};

/** One error as a client reads it. */
export const errorOf = (
  code: ErrorCode,
  path: readonly (string | number)[],
  more: object = {},
) => ({
  message: sentence(code),
  path: [...path],
  extensions: { ...more, code },
});

export const entities = (fields: string, ...representations: object[]): string =>
  JSON.stringify({
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Student { ${fields} } } }`,
    variables: { of: representations.map((one) => ({ __typename: 'Student', ...one })) },
  });

/** A decision of the archive, as it travels: the name in `access`, and the text beside. */
export interface SealedAccess {
  readonly access: string;
  readonly text: string;
}

/** One that the holder of these keys makes. */
export function sealedAccess(
  keys: readonly Buffer[],
  studentNo: string,
  who: Identity,
  ruled: string,
  validity: Validity,
): SealedAccess {
  const sealing = sealDecisions(keys, who);
  const access = sealing.access(studentNo, ruled, validity);
  return { access, text: sealing.texts().get(access) ?? '' };
}

/** A request with what the decisions in it rule beside it. */
export const withRuled = (body: string, ...sealed: readonly SealedAccess[]): string => {
  const texts = new Map(sealed.map(({ access, text }) => [access, text]));
  return JSON.stringify({ ...JSON.parse(body), ...extensionsWith(texts) });
};

const addressOf = (college: TestCollege, office: string): string => {
  const address = college.started.addresses(office);
  if (!address) throw new Error(`${office} has not started.`);
  return address;
};

/** Post a body to an office under a call context; without one, as anybody. */
export const postOffice = (
  college: TestCollege,
  office: string,
  path: string,
  body: string,
  call?: string,
): Promise<Posted> =>
  post(new URL(path, addressOf(college, office)), body, call ? { [CALL_HEADER]: call } : {});

/** Call an office as the gateway would for this caller. */
export async function callOffice(
  college: TestCollege,
  office: string,
  identity: Identity,
  body: string,
): Promise<unknown> {
  const gateway = await readKeyring(college.keys, 'gateway');
  const call = await signCall(gateway, college.clock, { to: office, path: GRAPH, body }, identity);
  const { status, body: answer } = await postOffice(college, office, GRAPH, body, call);
  if (status !== 200) throw new Error(`${office} answered ${status}.`);
  return withoutLocations(answer);
}

/** The answer without the places in the document, which are of no interest. */
function withoutLocations(answer: unknown): unknown {
  const { errors, ...rest } = answer as { errors?: Record<string, unknown>[] };
  if (!errors) return rest;
  return { ...rest, errors: errors.map(({ locations: _, ...error }) => error) };
}

/**
 * A mutation straight at its office, twice: without a call context, and with one that was signed for
 * another office. Both must be REFUSED.
 */
export async function writeStraight(
  college: TestCollege,
  office: string,
  identity: Identity,
  query: string,
): Promise<readonly Posted[]> {
  const body = JSON.stringify({ query });
  const gateway = await readKeyring(college.keys, 'gateway');
  const to = office === 'finance' ? 'academics' : 'finance';
  const call = await signCall(gateway, college.clock, { to, path: GRAPH, body }, identity);
  return [
    await postOffice(college, office, GRAPH, body),
    await postOffice(college, office, GRAPH, body, call),
  ];
}
