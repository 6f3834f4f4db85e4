/** Hive Gateway by its own command: one process, nothing reported, no configuration but its options. */
import { setTimeout as pause } from 'node:timers/promises';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { request } from 'undici';
import { startForeign, type Child } from './child.js';
import { fileOfPeers } from './installed.js';

const COMMAND = '@graphql-hive/gateway/dist/bin.js';
const START_MS = 60_000;
const LOOK_MS = 200;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}

async function answers(origin: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    return statusCode === 200 && (await body.text()).includes('"Query"');
  } catch {
    return false;
  }
}

/**
 * @param folder   Where its command runs: it reads a configuration that lies there.
 * @param planner  Its own in JavaScript, or that of the Hive Router in Rust.
 * @throws Error with what it said last.
 */
export async function startHive(
  supergraph: string,
  folder: string,
  planner: 'javascript' | 'rust',
): Promise<Child & { readonly origin: string }> {
  const port = await freePort();
  const options = ['--host', '127.0.0.1', '--port', String(port), '--fork', '1'];
  if (planner === 'rust') options.push('--hive-router-runtime');
  const child = startForeign([fileOfPeers(COMMAND), 'supergraph', supergraph, ...options], folder);
  const origin = `http://127.0.0.1:${port}`;
  const until = performance.now() + START_MS;
  while (!(await answers(origin))) {
    if (!child.hasEnded() && performance.now() < until) {
      await pause(LOOK_MS);
      continue;
    }
    await child.stop();
    throw new Error(child.said().trim().split('\n').at(-1) || 'it did not answer');
  }
  if (planner === 'rust' && child.said().includes('Falling back')) {
    await child.stop();
    throw new Error('its Rust planner could not be loaded');
  }
  return { ...child, origin };
}
