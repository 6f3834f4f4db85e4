/** Rates of requests. Source: DOMAIN 3.1. */
import type { BlockList } from 'node:net';
import { fault } from '@chengxin/kit/errors';
import type { HttpRequest } from '@chengxin/kit/call/http';
import type { Log } from '@chengxin/kit/server/log';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientAddress } from './client-address.js';

export interface RateLimits {
  /** Requests a minute from one address without a login, and with a token that is refused. */
  readonly perAddress: number;
  /** Requests a minute of one person or service, in all roles together. */
  readonly perSubject: number;
  /** Proxies whose word on the caller's address is taken. */
  readonly trustedProxies: BlockList;
}

const WINDOW_SECONDS = 60;

/** Counts requests as they come; each throws RATE_LIMITED beyond its limit. */
export interface Rates {
  countAddress(request: Pick<HttpRequest, 'address' | 'headers'>): Promise<void>;
  countSubject(subject: string): Promise<void>;
}

/**
 * Counts in the memory of this process (docs/decisions/0013).
 *
 * Minutes are the machine's, not those of the replaceable clock: they are about traffic, and a clock
 * that stands still would never end them.
 */
export function createRates(
  { perAddress, perSubject, trustedProxies }: RateLimits,
  log: Log,
): Rates {
  const counting = (by: 'address' | 'subject', points: number) => {
    const counted = new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
    return async (key: string): Promise<void> => {
      try {
        await counted.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        // Once a minute: a flood of requests is no flood of lines.
        if (refused.consumedPoints === points + 1) log.warn({ by }, 'too many requests');
        const retryAfterSeconds = Math.ceil(refused.msBeforeNext / 1000);
        throw fault('RATE_LIMITED', undefined, { retryAfterSeconds });
      }
    };
  };
  const countSubject = counting('subject', perSubject);
  const countAddress = counting('address', perAddress);
  return {
    countSubject,
    countAddress: (request) => countAddress(clientAddress(request, trustedProxies)),
  };
}
