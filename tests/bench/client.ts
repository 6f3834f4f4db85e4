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

async function caller(college: College, { person, headers, query }: Operation) {
  const { issuer, audience } = college;
  const token = await loginAs({ issuer, audience, person });
  const pool = new Pool(college.gateway.origin, { connections: CLIENTS });
  const request = async () => {
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
    if (answer.statusCode !== 200 || text.includes('"errors"'))
      throw new Error(`${answer.statusCode}: ${text.slice(0, 300)}`);
  };
  return { request, close: () => pool.close() };
}

/** As many requests as fit into the time, after some to warm up. */
export async function measure(
  college: College,
  operation: Operation,
  seconds: number,
): Promise<Measured> {
  const { request, close } = await caller(college, operation);
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
