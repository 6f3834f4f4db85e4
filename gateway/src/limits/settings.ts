/** What an operator may set of the limits, read once and checked. */
import { BlockList, isIP, isIPv6 } from 'node:net';
import {
  studentsPerHourOf,
  USUAL_STUDENTS_PER_HOUR,
  type Environment,
} from '@chengxin/kit/server/config';
import { LEVELS, type Level } from './known-operations.js';
import type { RateLimits } from './rates.js';
import { isLimit, LIMIT_NAMES, type LimitName } from './request-limits.js';

export interface Limits extends RateLimits {
  /** Students whom one person may open within an hour; the archive counts them. */
  readonly studentsPerHour: number;
  /** Limits of one request that are only logged (docs/decisions/0014). */
  readonly warnOnly: ReadonlySet<LimitName>;
  /** What becomes of operations that are not known, of the roles that are not bound to known ones. */
  readonly operations: Level;
}

/** A web page sends dozens of requests at once; a reader opens a page every few seconds. */
export const USUAL_LIMITS: Limits = {
  perAddress: 300,
  perSubject: 1200,
  trustedProxies: new BlockList(),
  studentsPerHour: USUAL_STUDENTS_PER_HOUR,
  warnOnly: new Set(),
  operations: 'off',
};

/** For a college that one program starts for itself alone: its requests are not counted out. */
export const LIMITS_OF_ONE_CALLER: Limits = {
  ...USUAL_LIMITS,
  perAddress: Number.MAX_SAFE_INTEGER,
  perSubject: Number.MAX_SAFE_INTEGER,
  studentsPerHour: Number.MAX_SAFE_INTEGER,
};

const AT_MOST = 1_000_000;

function countOf(env: Environment, name: string, usual: number): number {
  const text = env[name] || String(usual);
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > AT_MOST)
    throw new Error(`${name} is not a number of requests a minute, 1 to ${AT_MOST}.`);
  return count;
}

/** `10.0.0.7,10.1.0.0/16,fd00::/8`: addresses and networks. */
function proxiesOf(env: Environment, name: string): BlockList {
  const proxies = new BlockList();
  for (const one of (env[name] ?? '').split(',').map((part) => part.trim())) {
    if (!one) continue;
    const [address = '', length] = one.split(/\/(.*)/s);
    const [family, whole] = isIPv6(address) ? (['ipv6', 128] as const) : (['ipv4', 32] as const);
    const bits = length === undefined ? whole : /^\d+$/.test(length) ? Number(length) : 0;
    // To trust everybody is to let everybody say who he is.
    if (!isIP(address) || bits < 1 || bits > whole)
      throw new Error(`${name} is not a list of addresses and networks, as 10.0.0.7,10.1.0.0/16.`);
    proxies.addSubnet(address, bits, family);
  }
  return proxies;
}

function levelOf(env: Environment, name: string, usual: Level): Level {
  const text = env[name] || usual;
  const level = LEVELS.find((one) => one === text);
  if (!level) throw new Error(`${name} is none of ${LEVELS.join(', ')}.`);
  return level;
}

/** `aliases,cost`, or `all`. */
function limitsOf(env: Environment, name: string): ReadonlySet<LimitName> {
  const named = (env[name] ?? '').split(',').map((part) => part.trim());
  const unknown = named.filter((one) => one && one !== 'all' && !isLimit(one));
  if (unknown.length > 0)
    throw new Error(`${name} is not a list of all, ${LIMIT_NAMES.join(', ')}.`);
  return new Set(named.includes('all') ? LIMIT_NAMES : named.filter(isLimit));
}

/** @throws Error naming the variable that is wrong. */
export const readLimits = (env: Environment): Limits =>
  Object.freeze({
    perAddress: countOf(env, 'REQUESTS_PER_ADDRESS', USUAL_LIMITS.perAddress),
    perSubject: countOf(env, 'REQUESTS_PER_SUBJECT', USUAL_LIMITS.perSubject),
    trustedProxies: proxiesOf(env, 'TRUSTED_PROXIES'),
    studentsPerHour: studentsPerHourOf(env),
    warnOnly: limitsOf(env, 'LIMITS_WARN_ONLY'),
    operations: levelOf(env, 'KNOWN_OPERATIONS', USUAL_LIMITS.operations),
  });
