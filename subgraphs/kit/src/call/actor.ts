/**
 * What a person may be, as the gateway gets it from the archive for each request (`POST /actor`).
 * Source: ARCHITECTURE §3.
 */

export interface ActorQuestion {
  readonly subject: string;
  /** Digest of a report token; the token itself goes no further than the gateway. */
  readonly tokenHash?: string;
  readonly caseId?: string;
  readonly reference?: string;
}

/** A role held in an org from–to. */
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
  /** OPEN or IN_EVALUATION. */
  readonly running: boolean;
  readonly assigned: boolean;
}

export interface NamedAudit {
  readonly opensAt: string;
  readonly closesAt: string;
}

export interface NamedRound {
  readonly opensAt: string;
  readonly closesAt: string;
  /** OPEN, and not closed before its time. */
  readonly running: boolean;
}

/** A report token, by its record (DOMAIN 3.4 (7)). */
export interface NamedToken {
  readonly tokenId: string;
  /** ISSUED or USED, with a view left. */
  readonly usable: boolean;
  /** Issue of the token, or grant of its consent, whichever comes last. */
  readonly opensAt: string;
  readonly expiresAt: string;
  readonly consentExpiresAt: string;
  readonly withdrawnAt: string | null;
}

/** The answer: grants held, and what the request names. */
export interface ActorGrants {
  readonly studentNo?: string;
  readonly isStaff: boolean;
  readonly name?: string;
  readonly grants: readonly HeldGrant[];
  readonly case?: NamedCase;
  readonly audit?: NamedAudit;
  readonly round?: NamedRound;
  /** Purposes for which the named reference is an open task of his own: APPEAL, REPAIR. */
  readonly tasks?: readonly string[];
  /** The same of one that he decided just now, until when its decision may be requested again. */
  readonly decidedTasks?: readonly { readonly purpose: string; readonly until: string }[];
  readonly token?: NamedToken;
}
