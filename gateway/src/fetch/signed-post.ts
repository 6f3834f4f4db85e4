/** One signed POST to one office over connections that are kept. */
import { createReadStream } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { CALL_HEADER, GATEWAY_WAITS_MS, signCall } from '@chengxin/kit/call/call';
import { FILE_WAITS_MS } from '@chengxin/kit/call/file-bounds';
import type { Identity } from '@chengxin/kit/call/identity';
import type { Spooled } from '@chengxin/kit/call/spool';
import { OFFICE_WAITS_MS } from '@chengxin/kit/import/http/limits';
import { Pool } from 'undici';
import { createBreakers } from './breakers.js';
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

/** How a connection ends before anything was answered over it. */
const CUT = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether nobody answered, rather than too late: a query may be sent once more. */
export const wasCutOff = ({ cause }: OfficeDown): boolean =>
  CUT.has(String((cause as { code?: unknown } | undefined)?.code));

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
    sent: string | Spooled,
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
  const breakers = createBreakers();
  function poolOf(office: string): Pool {
    const address = addresses(office);
    if (!address) throw new OfficeDown(`Nobody said where ${office} answers.`);
    const known = pools.get(address);
    if (known) return known;
    const pool = new Pool(address, { connections: CONNECTIONS, connectTimeout: TIMEOUT_MS });
    pools.set(address, pool);
    return pool;
  }
  /**
   * @param sent      A text of JSON, or the bytes of a file.
   * @param withinMs  From the call to the last byte.
   */
  async function exchange(
    office: string,
    path: string,
    sent: string | Spooled,
    { identity, withinMs }: { readonly identity: Identity | undefined; readonly withinMs: number },
  ): Promise<SignedBytes> {
    const isText = typeof sent === 'string';
    const of = isText ? { body: sent } : { digest: sent.digest };
    const call = await signCall(keyring, clock, { to: office, path, ...of }, identity);
    const pool = poolOf(office);
    const request = async (): Promise<SignedBytes> => {
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: {
          'content-type': isText ? 'application/json' : 'application/octet-stream',
          'content-length': String(isText ? Buffer.byteLength(sent) : sent.bytes),
          [CALL_HEADER]: call,
        },
        body: isText ? sent : createReadStream(sent.path),
        headersTimeout: withinMs,
        bodyTimeout: withinMs,
        signal: AbortSignal.timeout(withinMs),
      });
      const bytes = Buffer.from(await answer.body.bytes());
      return { status: answer.statusCode, headers: answer.headers, bytes };
    };
    try {
      return await breakers.run(office, request);
    } catch (cause) {
      throw new OfficeDown(`${office} does not answer.`, { cause });
    }
  }
  const textOf = ({ status, bytes }: SignedBytes): SignedAnswer => ({
    status,
    // As `fetch` reads a text: without a byte order mark.
    text: new TextDecoder().decode(bytes),
  });
  return {
    exchange: (office, path, sent, identity) =>
      exchange(office, path, sent, { identity, withinMs: FILE_WAITS_MS }),
    post: async (office, path, body, identity) =>
      textOf(await exchange(office, path, body, { identity, withinMs: TIMEOUT_MS })),
    postFile: async (office, path, file, identity) =>
      textOf(await exchange(office, path, file, { identity, withinMs: OFFICE_WAITS_MS })),
    async close() {
      breakers.close();
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
