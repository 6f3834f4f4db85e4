import type { College } from '@chengxin/college/college';
import { loginAs } from '@chengxin/kit/command/login';
import { Pool } from 'undici';
import { countStatements } from '../support/statements.js';
import type { Operation } from './operations.js';

/** Clients that request side by side. */
const CLIENTS = 8;

export interface Measured {
  readonly perSecond: number;
  /** Processor time of gateway, offices and clients together, not of the database. */
  readonly processorMs: number;
  readonly statements: Readonly<Record<string, number>>;
}

/** Somebody who is logged in, over connections that are kept. */
export async function connect(
  college: College,
  person: string,
  headers: Readonly<Record<string, string>> = {},
) {
  const { issuer, audience } = college;
  const token = await loginAs({ issuer, audience, person });
  const pool = new Pool(college.gateway.origin, { connections: CLIENTS });
  const request = async (query: string): Promise<Record<string, unknown>> => {
    const answer = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...headers,
      },
      body: JSON.stringify({ query }),
    });
    const text = await answer.body.text();
    const { data, errors } = JSON.parse(text) as Record<string, Record<string, unknown>>;
    if (answer.statusCode !== 200 || errors || !data)
      throw new Error(`${answer.statusCode}: ${text.slice(0, 300)}`);
    return data;
  };
  return { request, close: () => pool.close() };
}

/** As many requests as fit into the time, after some to warm up. */
export async function measure(
  college: College,
  operation: Operation,
  seconds: number,
): Promise<Measured> {
  const { person, headers, query } = operation;
  const { request: send, close } = await connect(college, person, headers);
  const request = () => send(query);
  let done = 0;
  const requestFor = async (milliseconds: number) => {
    const until = performance.now() + milliseconds;
    const client = async () => {
      while (performance.now() < until) {
        await request();
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  };
  try {
    await requestFor(seconds * 250);
    const { byOffice } = await countStatements(request);
    done = 0;
    const from = performance.now();
    const before = process.cpuUsage();
    await requestFor(seconds * 1000);
    const { user, system } = process.cpuUsage(before);
    return {
      perSecond: done / ((performance.now() - from) / 1000),
      processorMs: (user + system) / 1000 / done,
      statements: byOffice,
    };
  } finally {
    await close();
  }
}
