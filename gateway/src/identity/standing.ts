import type { Clock } from '@chengxin/kit/clock';
import { fault } from '@chengxin/kit/errors';
import { DECIDING_OFFICE } from '../offices.js';
import type { OfficeCaller } from '../fetch/signed-post.js';

/** A role held in an org from–to, as the archive answers. */
export interface HeldGrant {
  readonly role: string;
  readonly orgCode: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}
export interface NamedCase {
  readonly purpose: string;
  readonly opensAt: string;
  readonly closesAt: string;
  readonly running: boolean;
  readonly assigned: boolean;
}
/** A report token, by its record (DOMAIN 3.4 (7)). */
export interface NamedToken {
  readonly tokenId: string;
  /** ISSUED or USED, with a view left. */
  readonly usable: boolean;
  readonly expiresAt: string;
  readonly consentExpiresAt: string;
  readonly withdrawnAt: string | null;
}
export interface NamedAudit {
  readonly opensAt: string;
  readonly closesAt: string;
}

export interface NamedRound {
  readonly opensAt: string;
  readonly closesAt: string;
  readonly running: boolean;
}

/** What a person may be. */
export interface Standing {
  readonly studentNo?: string;
  readonly isStaff: boolean;
  readonly grants: readonly HeldGrant[];
  readonly case?: NamedCase;
  readonly audit?: NamedAudit;
  /** Instant, in milliseconds, from which on this is too old for anybody to answer by (INV-21). */
  readonly until: number;
  readonly round?: NamedRound;
  /** Purposes for which the named reference is an open task of his own: APPEAL, REPAIR. */
  readonly tasks?: readonly string[];
  readonly token?: NamedToken;
}

export interface StandingQuestion {
  readonly subject: string;
  /** Digest of a report token; the token itself goes no further than the gateway. */
  readonly tokenHash?: string;
  readonly caseId?: string;
  readonly reference?: string;
}

/** Nobody answers by what was read longer ago than this (ARCHITECTURE §3, INV-21). */
const HOLDS_MS = 5000;
/** A request may begin by what was read so long ago; the rest of the time is for its calls. */
const FRESH_MS = 2000;
const KEPT_AT_MOST = 10_000;

export type StandingReader = (question: StandingQuestion) => Promise<Standing>;

/**
 * Asks the archive what a person may be, over a signed call, and keeps the answer for a moment.
 *
 * @throws SUBGRAPH_UNAVAILABLE when the archive does not answer: then nobody is anything.
 */
export function createStandingReader(caller: OfficeCaller, clock: Clock): StandingReader {
  const kept = new Map<string, { at: number; standing: Promise<Standing> }>();

  async function ask(body: string, now: number): Promise<Standing> {
    try {
      const { status, text } = await caller.post(DECIDING_OFFICE, '/standing', body);
      if (status === 200) return { ...(JSON.parse(text) as Standing), until: now + HOLDS_MS };
      throw new Error(`The archive answered ${status}.`);
    } catch (cause) {
      throw Object.assign(fault('SUBGRAPH_UNAVAILABLE'), { cause });
    }
  }

  return (question) => {
    const body = JSON.stringify(question);
    const now = clock.now().getTime();
    const known = kept.get(body);
    if (known && Math.abs(now - known.at) < FRESH_MS) return known.standing;
    if (kept.size >= KEPT_AT_MOST) kept.clear();
    const standing = ask(body, now);
    kept.set(body, { at: now, standing });
    standing.catch(() => kept.delete(body));
    return standing;
  };
}
