/**
 * What one call to one office disclosed of other people, as it is stored and published (INV-12).
 */
import { randomUUID } from 'node:crypto';
import type { Identity } from '../call/identity.js';
import { isAboutStudent, type Group } from '../privacy/groups.js';
import { TABLES_HASH } from '../privacy/tables.js';

/**
 * How open a group was, by role and relation, never by row: it discloses no row (DOMAIN 3.7(16)).
 */
export const ACCESS_EFFECTS = ['ALLOW', 'MASK', 'DENY'] as const;
export type AccessEffect = (typeof ACCESS_EFFECTS)[number];

/** Groups by effect, and the students of whom they were selected. */
export interface AccessPart {
  readonly groups: Readonly<Partial<Record<AccessEffect, readonly Group[]>>>;
  /** Students to whom this was done alike. A part without them names nobody. */
  readonly studentNos?: readonly string[];
  /** Of a part that names nobody: how many students stood in the list; none when it was refused. */
  readonly count?: number;
}

/** One call: who, in which role, when, for what, and what came of it. Values never stand in it. */
export interface AccessCall {
  readonly callId: string;
  readonly requestId: string;
  readonly at: string;
  readonly subject: string;
  readonly role: string;
  readonly purpose: string;
  /** Case, audit, consent, round: what the purpose rests on. */
  readonly reference: string | null;
  readonly operationName: string | null;
  /** Digest of the tables by which the office decided. */
  readonly tablesHash: string;
  readonly parts: readonly AccessPart[];
}

/** A call with all its parts. */
export function accessCall(
  identity: Identity,
  now: Date,
  parts: readonly AccessPart[],
  reference = identity.caseId ?? identity.reference,
): AccessCall {
  const { requestId, subject, role, purpose, operationName } = identity;
  return {
    callId: randomUUID(),
    requestId,
    at: now.toISOString(),
    subject,
    role,
    purpose,
    reference: reference ?? null,
    operationName: operationName ?? null,
    tablesHash: TABLES_HASH,
    parts,
  };
}

/** Groups of a request that the gateway refused whole: nobody is named, for nothing was run. */
export function refusedRequest(identity: Identity, now: Date): AccessCall | undefined {
  const groups = identity.deniedAtGateway.filter(isAboutStudent);
  return groups.length ? accessCall(identity, now, [{ groups: { DENY: groups } }]) : undefined;
}
