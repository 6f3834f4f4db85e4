import type { EntityManager } from '@mikro-orm/postgresql';
import { dayOf, type Clock } from './clock.js';
import { USUAL_STUDENTS_PER_HOUR, type Addresses } from './config.js';
import { noteDisclosures, type Disclosures } from './disclosure/disclosures.js';
import { fault } from './errors.js';
import type { Identity } from './identity.js';
import type { Keyring } from './keyring.js';
import { openDecision, type Decision, type Ruling } from './privacy/decision.js';
import { isAboutStudent, type Group, type Policy } from './privacy/groups.js';
import { cell, isOpen, stricter, type Effect } from './privacy/matrix.js';
import { predicatesOf, type Predicate } from './privacy/predicates.js';
import type { Role } from './privacy/roles.js';

export interface ContextParts {
  readonly identity: Identity;
  readonly em: EntityManager;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly addresses: Addresses;
  /** Roles of the office's own people: their root lists need no decision of the archive. */
  readonly ownRoles: readonly Role[];
  /** Students whom one person may open within an hour (STUDENT_CAP). */
  readonly studentsPerHour?: number;
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
  /** Students whom one person may open within an hour (STUDENT_CAP). */
  readonly studentsPerHour: number;
  private readonly ownRoles: readonly Role[];
  private readonly decisions = new Map<string, Decision>();
  private readonly loaders = new Map<unknown, unknown>();

  constructor(parts: ContextParts) {
    this.identity = parts.identity;
    this.em = parts.em;
    this.clock = parts.clock;
    this.keyring = parts.keyring;
    this.addresses = parts.addresses;
    this.ownRoles = parts.ownRoles;
    this.studentsPerHour = parts.studentsPerHour ?? USUAL_STUDENTS_PER_HOUR;
    this.now = parts.clock.now();
    this.today = dayOf(this.now);
    this.disclosures = noteDisclosures(parts.identity);
  }

  /** Whether what the asker was when the call was signed has ended by now (INV-21). */
  get hasLapsed(): boolean {
    const { until } = this.identity;
    return until !== undefined && until <= this.clock.now().getTime();
  }

  /** Whether the asker is one of this office's own people. */
  get isOwn(): boolean {
    return this.ownRoles.includes(this.identity.role);
  }

  /**
   * Take the archive's decision on a student, brought by `@requires(fields: "access")`.
   *
   * @throws NOT_FOUND when there is none, it is for another student, asker, request or clock, or the
   *         asker has lapsed.
   */
  admit(studentNo: string, access: string | null | undefined): void {
    const { decisionKeys } = this.keyring;
    const decision =
      access && !this.hasLapsed
        ? openDecision(decisionKeys, studentNo, this.identity, access, this.clock)
        : undefined;
    if (!decision) {
      this.disclosures.unknown(studentNo);
      throw fault('NOT_FOUND');
    }
    this.decisions.set(studentNo, decision);
  }

  /** Keep a decision that the archive made itself. */
  decided(studentNo: string, decision: Decision): void {
    this.decisions.set(studentNo, decision);
  }

  /** What the asker may do with a group, on a student or, for groups about no student, at all. */
  ruling(group: Policy, studentNo?: string): Ruling {
    const { role } = this.identity;
    if (!isAboutStudent(group))
      return { effect: cell(role, group).effect, predicates: predicatesOf(role, group as Group) };
    const decision = studentNo === undefined ? undefined : this.decisions.get(studentNo);
    if (decision && decision.validUntil > this.clock.now().getTime())
      return decision.rulings.get(group as Group) ?? SHUT;
    if (!decision && this.isOwn && !this.hasLapsed)
      return { effect: cell(role, group).effect, predicates: predicatesOf(role, group as Group) };
    return SHUT;
  }

  /** The strictest effect of several groups; a fact under two groups needs both (DOMAIN 3.1). */
  effect(groups: readonly Policy[], studentNo?: string): Effect {
    return groups
      .map((group) => this.ruling(group, studentNo).effect)
      .reduce<Effect>((a, b) => stricter(a, b), 'ALLOW');
  }

  /** Whether a group is open to the asker on a student, in whole or in part. */
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
}

const SHUT: Ruling = { effect: 'DENY', predicates: [] };
