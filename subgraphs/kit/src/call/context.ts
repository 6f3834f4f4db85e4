import type { EntityManager } from '@mikro-orm/postgresql';
import type { GraphQLError } from 'graphql';
import { dayOf, type Clock } from '../clock.js';
import { Transaction } from '../database/transaction.js';
import { USUAL_STUDENTS_PER_HOUR, type Addresses } from '../server/config.js';
import { noteDisclosures, type Disclosures } from '../disclosure/disclosures.js';
import { fault } from '../errors.js';
import type { Identity } from './identity.js';
import type { Keyring } from './keyring.js';
import type { OfficeParts } from '../server/office-parts.js';
import { isLapsed, lapsed } from './lapsed.js';
import {
  openDecisions,
  sealDecisions,
  type Decision,
  type OpenDecision,
  type RuledTexts,
  type Ruling,
  type Sealing,
  type Validity,
} from '../privacy/decision.js';
import { isAboutStudent, type Group, type Policy } from '../privacy/groups.js';
import { cell, isOpen, stricter, type Effect } from '../privacy/matrix.js';
import { predicatesOf, type Predicate } from '../privacy/predicates.js';
import type { Role } from '../privacy/roles.js';

/**
 * Decide some groups on a student, as the archive does; he stays undecided where he is not the actor's.
 *
 * @param isReplay  The actor has taken the action already, by the same key: its reference may be over.
 */
export type DecideStudent = (
  ctx: Context,
  studentNo: string,
  groups: readonly Group[],
  isReplay?: boolean,
) => Promise<void>;

/** Students of whom nothing changes any more, but for what goes on (F-08). */
export interface ReadOnlyStudents {
  /**
   * Refuses an action on one that has ended; the student is locked.
   *
   * @throws STATE_CONFLICT
   */
  requireChangeable(ctx: Context, action: string, studentNo: string): Promise<void>;
  /** Those of some actions that are still taken on a student. */
  stillTaken(
    ctx: Context,
    actions: readonly string[],
    studentNo: string,
  ): Promise<readonly string[]>;
}

export interface ContextParts {
  readonly identity: Identity;
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly addresses: Addresses;
  /** Roles of the office's own people: their root lists need no decision of the archive. */
  readonly ownRoles: readonly Role[];
  /** Further roles that act here, on the rows that their cells open. */
  readonly actingRoles?: readonly Role[];
  /** How this office decides on students itself; only the archive does. */
  readonly decideStudent?: DecideStudent;
  /** Of whom this office changes nothing any more; of anybody, when nothing is said. */
  readonly readOnlyStudents?: ReadOnlyStudents;
  /** The office that serves the call. */
  readonly office?: OfficeParts;
  /** Students whom one person may open within an hour (STUDENT_CAP). */
  readonly studentsPerHour?: number;
  /** What the decisions rule that this call brings along. */
  readonly ruled?: RuledTexts;
}

/** What one call to an office carries: who asks, what is decided, and the loaders of this call. */
export class Context {
  readonly identity: Identity;
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly keyring: Keyring;
  /** Where other offices answer, for what one has to ask another. */
  readonly addresses: Addresses;
  /** The instant at which the call arrived, and its calendar day at +08:00. */
  readonly now: Date;
  readonly today: string;
  /** What this call asks about other people; written down before its answer leaves. */
  readonly disclosures: Disclosures;
  readonly decideStudent: DecideStudent | undefined;
  readonly readOnlyStudents: ReadOnlyStudents | undefined;
  readonly office: OfficeParts | undefined;
  /** Of a call that changes something; copies of a context share it. */
  readonly transaction: Transaction;
  /** Students whom one person may open within an hour (STUDENT_CAP). */
  readonly studentsPerHour: number;
  /** Decisions that leave with this answer; copies of a context share them. */
  readonly sealing: Sealing;
  private readonly openDecision: OpenDecision;
  private readonly ownRoles: readonly Role[];
  private readonly actingRoles: readonly Role[];
  private readonly decisions = new Map<string, Decision>();
  private readonly loaders = new Map<unknown, unknown>();

  constructor(parts: ContextParts) {
    this.identity = parts.identity;
    this.em = parts.em;
    this.clock = parts.clock;
    this.keyring = parts.keyring;
    this.addresses = parts.addresses;
    const { decisionKeys } = parts.keyring;
    this.sealing = sealDecisions(decisionKeys, parts.identity);
    this.openDecision = openDecisions(decisionKeys, parts.identity, parts.ruled ?? new Map());
    this.ownRoles = parts.ownRoles;
    this.actingRoles = parts.actingRoles ?? [];
    this.decideStudent = parts.decideStudent;
    this.readOnlyStudents = parts.readOnlyStudents;
    this.office = parts.office;
    this.studentsPerHour = parts.studentsPerHour ?? USUAL_STUDENTS_PER_HOUR;
    this.now = parts.clock.now();
    this.today = dayOf(this.now);
    this.disclosures = noteDisclosures(parts.identity);
    this.transaction = new Transaction(parts.em, this.now);
  }

  /**
   * Why nobody answers any more by what the caller was when the call was signed (INV-21): his access
   * has ended, or that is too long ago. Undefined while it holds.
   */
  get overdue(): GraphQLError | undefined {
    const { until, isEnd = false } = this.identity;
    return until === undefined ? undefined : this.overdueAt({ validUntil: until, isEnd });
  }

  /** Whether the caller is one of this office's own people. */
  get isOwn(): boolean {
    return this.ownRoles.includes(this.identity.role);
  }

  /** Whether the caller acts here without being one of its own people: his cells decide. */
  get isActing(): boolean {
    return this.actingRoles.includes(this.identity.role);
  }

  /**
   * Take the archive's decision on a student, brought by `@requires(fields: "access")`.
   *
   * @throws NOT_FOUND when there is none, it is for another student, caller or request, or the access
   *         has ended; SUBGRAPH_UNAVAILABLE when it has lapsed.
   */
  admit(studentNo: string, access: string | null | undefined): void {
    const decision = access ? this.openDecision(studentNo, access) : undefined;
    const refusal = decision ? (this.overdue ?? this.overdueAt(decision)) : fault('NOT_FOUND');
    if (!refusal && decision) {
      this.decisions.set(studentNo, decision);
      this.disclosures.recordedElsewhere(studentNo, decision.recorded);
    }
    if (!refusal) return;
    if (!isLapsed(refusal)) this.disclosures.unknown(studentNo);
    throw refusal;
  }

  /** Keep a decision that the archive made itself. */
  decided(studentNo: string, decision: Decision): void {
    this.decisions.set(studentNo, decision);
  }

  /** The decision on a student, where there is one. */
  decisionOn(studentNo: string): Decision | undefined {
    return this.decisions.get(studentNo);
  }

  /** The same for a decision. */
  overdueAt({ validUntil, isEnd }: Validity): GraphQLError | undefined {
    if (validUntil > this.clock.now().getTime()) return undefined;
    return isEnd ? fault('NOT_FOUND') : lapsed();
  }

  /**
   * What the caller may do with a group, on a student or, for groups about no student, at all.
   *
   * @throws SUBGRAPH_UNAVAILABLE when that was decided too long ago.
   */
  ruling(group: Policy, studentNo?: string): Ruling {
    const { role } = this.identity;
    if (!isAboutStudent(group)) return rulingOf(role, group);
    const decision = studentNo === undefined ? undefined : this.decisions.get(studentNo);
    if (!decision && !this.isOwn) return SHUT;
    const overdue = decision ? this.overdueAt(decision) : this.overdue;
    if (overdue && isLapsed(overdue)) throw overdue;
    if (overdue) return SHUT;
    return decision ? (decision.rulings.get(group as Group) ?? SHUT) : rulingOf(role, group);
  }

  /** The strictest effect of several groups; a fact under two groups needs both (DOMAIN 3.1). */
  effect(groups: readonly Policy[], studentNo?: string): Effect {
    return groups
      .map((group) => this.ruling(group, studentNo).effect)
      .reduce<Effect>((a, b) => stricter(a, b), 'ALLOW');
  }

  /** Whether a group is open to the caller on a student, in whole or in part. */
  opens(group: Group, studentNo?: string): boolean {
    return isOpen(this.ruling(group, studentNo).effect);
  }

  predicates(group: Group, studentNo?: string): readonly Predicate[] {
    return this.ruling(group, studentNo).predicates;
  }

  /** One loader of each kind for this call: never shared between askers (DOMAIN 3.7(6)). */
  loader<T>(key: unknown, make: () => T): T {
    const known = this.loaders.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    this.loaders.set(key, made);
    return made;
  }

  /** What was loaded before a change is read anew after it. */
  forgetLoaded(): void {
    this.loaders.clear();
  }
}

const SHUT: Ruling = { effect: 'DENY', predicates: [] };

/** What the role's cell says, where no student decides. */
const rulingOf = (role: Role, group: Policy): Ruling => ({
  effect: cell(role, group).effect,
  predicates: predicatesOf(role, group as Group),
});
