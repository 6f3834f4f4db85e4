/**
 * Stands before an office: passes calls on, keeps their bodies, and holds a call back on request.
 */
import { request } from 'undici';
import { startBroken, type BrokenOffice } from './broken-office.js';

export interface PassedCall {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface HoldingProxy extends BrokenOffice {
  /** Calls that came by, oldest first. */
  readonly calls: PassedCall[];
  /** Hold the next call; resolves when it has come, with what lets it go on. */
  hold(): Promise<() => void>;
}

interface Hold {
  readonly came: () => void;
  readonly go: Promise<void>;
}

/** @param target  Address of the office behind. */
export async function startProxy(target: string): Promise<HoldingProxy> {
  const calls: PassedCall[] = [];
  let next: Hold | undefined;
  const pass = async (call: PassedCall) => {
    const hold = next;
    next = undefined;
    hold?.came();
    await hold?.go;
    const { path, headers, body } = call;
    const answer = await request(new URL(path, target), { method: 'POST', headers, body });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const server = await startBroken((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      const call = incoming.headers['x-call-context'];
      if (typeof call === 'string') headers['x-call-context'] = call;
      const body = Buffer.concat(chunks).toString('utf8');
      calls.push({ path: incoming.url ?? '/', headers, body });
      pass(calls.at(-1)!).then(
        ({ status, text }) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(text),
        () => response.destroy(),
      );
    });
  });
  return {
    ...server,
    calls,
    hold: () =>
      new Promise((resolve) => {
        const { promise: go, resolve: letGo } = Promise.withResolvers<void>();
        next = { go, came: () => resolve(letGo) };
      }),
  };
}
