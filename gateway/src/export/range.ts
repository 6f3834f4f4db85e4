/** A part of a file, for whoever resumes what was cut off (RFC 9110, 14). Pure. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { HttpResponse } from '@chengxin/kit/call/http';

const WHOLE = 200;
const PART = 206;
const UNSATISFIABLE = 416;
/** `bytes=100-199`, `bytes=100-`, `bytes=-100`; of several parts the file is sent whole. */
const ONE_PART = /^bytes=(\d*)-(\d*)$/;

interface Part {
  readonly from: number;
  /** The last byte, and not the one after it. */
  readonly to: number;
}

/** Undefined for what is no part at all; a part that begins behind the end is an empty one. */
function partOf(range: string, size: number): Part | undefined {
  const [, first = '', last = ''] = ONE_PART.exec(range) ?? [];
  if (first) {
    const to = last ? Math.min(Number(last), size - 1) : size - 1;
    return last && Number(last) < Number(first) ? undefined : { from: Number(first), to };
  }
  return last ? { from: Math.max(0, size - Number(last)), to: size - 1 } : undefined;
}

/**
 * The answer, or the part of it that a request wants: of the same bytes as before, if it names them by
 * `if-range`.
 */
export function ranged(answer: HttpResponse, request: IncomingHttpHeaders): HttpResponse {
  if (answer.status !== WHOLE) return answer;
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  const digest = createHash('sha256').update(bytes).digest();
  const etag = `"${digest.toString('base64url')}"`;
  const headers = {
    ...answer.headers,
    etag,
    // Of the whole file, whichever part is sent (RFC 9530).
    'repr-digest': `sha-256=:${digest.toString('base64')}:`,
    'accept-ranges': 'bytes',
  };
  const { range, 'if-range': same } = request;
  const part = range && (!same || same === etag) ? partOf(range, bytes.length) : undefined;
  if (!part) return { status: WHOLE, headers, body: bytes };
  if (part.from > part.to)
    return {
      status: UNSATISFIABLE,
      headers: { 'content-range': `bytes */${bytes.length}` },
      body: '',
    };
  return {
    status: PART,
    headers: { ...headers, 'content-range': `bytes ${part.from}-${part.to}/${bytes.length}` },
    body: bytes.subarray(part.from, part.to + 1),
  };
}
