/** One signed POST to one office over connections that are kept. */
import { createReadStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { CALL_HEADER, GATEWAY_WAITS_MS, signCall } from '@chengxin/kit/call/call';
import { FILE_WAITS_MS } from '@chengxin/kit/call/file-bounds';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Spooled } from '@chengxin/kit/call/spool';
import { OFFICE_WAITS_MS } from '@chengxin/kit/import/http/limits';
import { Pool } from 'undici';
import type { GatewayConfig } from '../config.js';

const CONNECTIONS = 64;
/** From the call to the last byte, waiting for a free connection included. */
const TIMEOUT_MS = GATEWAY_WAITS_MS;

export interface SignedAnswer {
  readonly status: number;
  readonly text: string;
}

/** Thrown when an office cannot be reached or takes too long; its text never leaves the gateway. */
export class OfficeDown extends Error {}

/** Bytes that lie in a file of the gateway's own. */
export interface SentFile {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
}

export interface SignedBytes {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export interface OfficeCaller {
  /** The same for files: bytes there, or bytes back. */
  exchange(
    office: string,
    path: string,
    sent: string | SentFile,
    identity: Identity,
  ): Promise<SignedBytes>;
  post(office: string, path: string, body: string, identity?: Identity): Promise<SignedAnswer>;
  /** The same with the bytes of a file, and as long as an office may need to read it. */
  postFile(office: string, path: string, file: Spooled, identity: Identity): Promise<SignedAnswer>;
  close(): Promise<void>;
}

type CallerParts = Pick<GatewayConfig, 'keyring' | 'clock' | 'addresses'>;

/** Calls to the offices, each signed over the exact bytes that are sent. */
export function createOfficeCaller({ keyring, clock, addresses }: CallerParts): OfficeCaller {
  const pools = new Map<string, Pool>();
  function poolOf(office: string): Pool {
    const address = addresses(office);
    if (!address) throw new OfficeDown(`Nobody said where ${office} answers.`);
    const known = pools.get(address);
    if (known) return known;
    const pool = new Pool(address, { connections: CONNECTIONS, connectTimeout: TIMEOUT_MS });
    pools.set(address, pool);
    return pool;
  }
  return {
    async postFile(office, path, file, identity) {
      const signed = { to: office, path, digest: file.digest };
      const call = await signCall(keyring, clock, signed, identity);
      try {
        const answer = await poolOf(office).request({
          method: 'POST',
          path,
          headers: {
            'content-type': 'application/octet-stream',
            'content-length': String(file.bytes),
            [CALL_HEADER]: call,
          },
          body: createReadStream(file.path),
          headersTimeout: OFFICE_WAITS_MS,
          bodyTimeout: OFFICE_WAITS_MS,
          signal: AbortSignal.timeout(OFFICE_WAITS_MS),
        });
        return { status: answer.statusCode, text: await answer.body.text() };
      } catch (cause) {
        throw new OfficeDown(`${office} does not answer.`, { cause });
      }
    },
    async post(office, path, body, identity) {
      const call = await signCall(keyring, clock, { to: office, path, body }, identity);
      try {
        const answer = await poolOf(office).request({
          method: 'POST',
          path,
          headers: { 'content-type': 'application/json', [CALL_HEADER]: call },
          body,
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        return { status: answer.statusCode, text: await answer.body.text() };
      } catch (cause) {
        throw new OfficeDown(`${office} does not answer.`, { cause });
      }
    },
    async exchange(office, path, sent, identity) {
      const to = { to: office, path };
      const isText = typeof sent === 'string';
      const signed = isText ? { ...to, body: sent } : { ...to, digest: sent.digest };
      const call = await signCall(keyring, clock, signed, identity);
      const length = isText ? Buffer.byteLength(sent) : sent.size;
      try {
        const answer = await poolOf(office).request({
          method: 'POST',
          path,
          headers: { [CALL_HEADER]: call, 'content-length': String(length) },
          body: isText ? sent : createReadStream(sent.path),
          signal: AbortSignal.timeout(FILE_WAITS_MS),
        });
        const bytes = Buffer.from(await answer.body.bytes());
        return { status: answer.statusCode, headers: answer.headers, bytes };
      } catch (cause) {
        throw new OfficeDown(`${office} does not answer.`, { cause });
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
