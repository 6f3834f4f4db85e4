/** Whose request it is when nobody says who he is: by address. Pure. Source: DOMAIN 3.1. */
import { isIP, isIPv6, type BlockList } from 'node:net';
import type { HttpRequest } from '@chengxin/kit/call/http';

/** An IPv4 address as such, also where the machine writes it as one of IPv6. */
const plain = (text: string): string => text.trim().replace(/^::ffff:(?=[\d.]+$)/i, '');

/** Of an IPv6 address. */
const GROUPS = 8;

/** A home or a machine has a whole /64 of IPv6 to choose from: it counts as one caller. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]`);
  const groupsOf = (part = '') => (part ? part.split(':') : []);
  const [before, after] = hostname.slice(1, -1).split('::');
  const [first, last] = [groupsOf(before), groupsOf(after)];
  const zeros = Array.from({ length: GROUPS - first.length - last.length }, () => '0');
  return `${[...first, ...zeros, ...last].slice(0, GROUPS / 2).join(':')}::/64`;
}

/**
 * The caller's address (IPv6: its /64 network), as a key to count by.
 *
 * `x-forwarded-for` is read from its end, as long as what stands there was written by a proxy that is
 * trusted: what stands before that, the caller may have made up.
 */
export function clientAddress(
  { address, headers }: Pick<HttpRequest, 'address' | 'headers'>,
  trusted: BlockList,
): string {
  const isTrusted = (one: string) => trusted.check(one, isIPv6(one) ? 'ipv6' : 'ipv4');
  const passedOn = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(plain);
  let client = plain(address);
  for (const earlier of passedOn.toReversed()) {
    if (!isIP(earlier) || !isIP(client) || !isTrusted(client)) break;
    client = earlier;
  }
  return networkOf(client);
}
