/** The public list of what became of credentials (Token Status List), two bits a credential. */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { credentialSuite } from '@chengxin/kit/call/crypto';
import type { IssuerKeys } from '@chengxin/kit/call/issuer-keys';
import type { ReportStatuses } from '@chengxin/kit/call/report-paths';

const BITS = 2;
const PER_BYTE = 4;
/** Of the draft's registry; 3 is left to the issuer: a newer report exists. */
const INVALID = 1;
const SUPERSEDED = 3;
const SECOND_MS = 1000;
/** Whoever has a list may go by it for so long. */
export const LIST_SECONDS = 60;

const deflated = promisify(deflate);

/** The list, compressed: base64url. Written here, since the library holds a number for each place. */
async function packed({ places, revoked, superseded }: ReportStatuses): Promise<string> {
  const bytes = Buffer.alloc(places / PER_BYTE);
  const mark = (all: readonly number[], status: number) => {
    for (const place of all) {
      const at = Math.floor(place / PER_BYTE);
      bytes[at] = (bytes[at] ?? 0) | (status << (BITS * (place % PER_BYTE)));
    }
  };
  mark(revoked, INVALID);
  mark(superseded, SUPERSEDED);
  return (await deflated(bytes)).toString('base64url');
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The signed list.
 *
 * @param url  Under which it is published, as credentials name it.
 */
export async function statusListToken(
  keys: IssuerKeys,
  url: string,
  statuses: ReportStatuses,
  now: Date,
): Promise<string> {
  const iat = Math.floor(now.getTime() / SECOND_MS);
  const header = { alg: keys.algorithm, kid: keys.kid, typ: 'statuslist+jwt' };
  const payload = {
    sub: url,
    iat,
    exp: iat + LIST_SECONDS,
    ttl: LIST_SECONDS,
    status_list: { bits: BITS, lst: await packed(statuses) },
  };
  const text = `${encoded(header)}.${encoded(payload)}`;
  const signature = credentialSuite(keys.algorithm).sign(keys.key, text);
  return `${text}.${signature.toString('base64url')}`;
}
