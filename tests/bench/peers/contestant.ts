/** Somebody who is compared: what he answers, and how many requests he answers in a time. */
import type { OfficeDatabase } from '@chengxin/kit/server/config';
import { Pool } from 'undici';
import type { TestIssuer } from '../../support/issuer.js';
import type { PeerCase, PeerRequest } from './cases.js';
import type { AnsweringChild, Child } from './child.js';
import { CLIENTS, requestFor, type Load } from './load.js';
import { FLOOR } from './names.js';

export interface Ground {
  readonly folder: string;
  readonly databases: Readonly<Record<string, OfficeDatabase>>;
  readonly studentNos: readonly string[];
  readonly issuer: TestIssuer;
}

export interface Contestant {
  readonly name: string;
  /** Process that is asked; its offices, unless it reads the databases itself. */
  readonly front: Child;
  readonly offices?: AnsweringChild;
  answer(one: PeerCase, index: number): Promise<string>;
  load(one: PeerCase, ms: number): Promise<Load>;
  close(): Promise<void>;
}

/** Tokens are made once for several minutes, in which they surely hold. */
const REMEMBERED_MS = 5 * 60_000;

function rememberedTokens(issuer: TestIssuer): (person: string) => Promise<string> {
  const tokens = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  return (person) => {
    const now = performance.now();
    const known = tokens.get(person);
    if (known && known.until > now) return known.token;
    const token = issuer.token(person);
    tokens.set(person, { token, until: now + REMEMBERED_MS });
    return token;
  };
}

/** A gateway as its clients see it. */
export function asContestant(
  { studentNos, issuer }: Ground,
  {
    name,
    origin,
    front,
    offices,
  }: Pick<Contestant, 'name' | 'front'> & {
    readonly origin: string;
    readonly offices: AnsweringChild;
  },
): Contestant {
  const pool = new Pool(origin, { connections: CLIENTS });
  const tokenOf = rememberedTokens(issuer);
  const send = async ({ person, headers, query, variables }: PeerRequest) => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await tokenOf(person)}`,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await body.text();
    return { text, isWhole: statusCode === 200 && !text.includes('"errors":') };
  };
  return {
    name,
    front,
    offices,
    answer: async (one, index) => (await send(one.request(index, studentNos))).text,
    load: (one, ms) =>
      requestFor(ms, async (index) => (await send(one.request(index, studentNos))).isWhole),
    close: () => pool.close(),
  };
}

/** The floor, which is asked by message: it has no clients. */
export async function asFloor({ databases, studentNos }: Ground, front: AnsweringChild) {
  await front.ask({ databases });
  const contestant: Contestant = {
    name: FLOOR,
    front,
    answer: (one, index) => front.ask({ answer: { case: one.name, studentNos }, index }),
    load: (one, ms) => front.ask<Load>({ run: { case: one.name, studentNos, ms } }),
    close: async () => undefined,
  };
  return contestant;
}
