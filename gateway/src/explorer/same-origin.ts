import type { HttpRequest } from '@chengxin/kit/call/http';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

const isLoopback = (host: string): boolean =>
  LOOPBACK.includes(URL.parse(`http://${host}`)?.hostname ?? '');

/**
 * Whether a request comes from the explorer's own page on this machine.
 *
 * The Host header shuts out names that were pointed at this machine (DNS rebinding), Origin and
 * Sec-Fetch-Site every other page, those on other ports included. Only reading does without an
 * Origin: browsers send none with it.
 */
export function isOwnPage({ method, headers }: Pick<HttpRequest, 'method' | 'headers'>): boolean {
  const { host, origin, 'sec-fetch-site': site = 'same-origin' } = headers;
  if (!host || !isLoopback(host)) return false;
  if (site !== 'same-origin' && site !== 'none') return false;
  return origin === undefined ? method === 'GET' : origin === `http://${host}`;
}
