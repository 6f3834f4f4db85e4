import type { Group } from '../privacy/groups.js';
import type { Role } from '../privacy/roles.js';

/**
 * The groups that an operation selects of students, by where they stand in its answer: response keys
 * with dots between, positions in lists left out. `{ students { nodes { gpa } } }` has GRADES at
 * `students.nodes`.
 */
export interface StudentSelection {
  /** Where the call itself stands; empty at the top. */
  readonly at: string;
  readonly groups: Readonly<Record<string, readonly Group[]>>;
}

/** The caller, as the gateway identified him and signed. Source: ARCHITECTURE §3, DOMAIN 3.1. */
export interface Identity {
  /** `sub` of the token: staff number, student number or service name. */
  readonly subject: string;
  /** The one role of this request. */
  readonly role: Role;
  /** Codes of the orgs held in that role; each stands for itself and all below it. */
  readonly orgs: readonly string[];
  readonly purpose: string;
  /** Aid round, appeal, repair, batch or audit number that the purpose needs (`x-reference`). */
  readonly reference?: string;
  /** Evaluation or appeal case (`x-case`). */
  readonly caseId?: string;
  /** The caller's own student number, for students. */
  readonly studentNo?: string;
  readonly requestId: string;
  /**
   * Instant from which on nobody answers any more, in milliseconds: the end of the grant, case or
   * audit, or what was known of them is too old (INV-21). A call may be on its way for longer.
   */
  readonly until?: number;
  /** `until` is the end of the grant, case or audit; else what was known of them is too old then. */
  readonly isEnd?: boolean;
  /**
   * When the actor last proved a second factor, in milliseconds; absent where his provider does not
   * say (F-05).
   */
  readonly secondFactorAt?: number;
  /** Privacy groups that the operation selects. */
  readonly groups: readonly Group[];
  /**
   * Groups of each leaf that the operation selects, without those of the objects that only lead to
   * it; of the holder of a report token, whose views are counted by what is shown (3.4 note 7).
   */
  readonly leaves?: readonly (readonly Group[])[];
  /** What this call selects of students whom other offices are to answer for. */
  readonly selection?: StudentSelection;
  /** Groups taken out at the gateway; they are written down as denied. */
  readonly deniedAtGateway: readonly Group[];
  /** Name of the operation, as the client gave it. */
  readonly operationName?: string;
}
