/** Who asks, in which one role, for which purpose. Pure. Source: ARCHITECTURE §3, DOMAIN 3.1, 3.1b. */
import { fault } from '@chengxin/kit/errors';
import type { Identity } from '@chengxin/kit/call/identity';
import { CASE_PURPOSES, purposesOf, type Purpose } from '@chengxin/kit/privacy/purposes';
import { isRole, type Role } from '@chengxin/kit/privacy/roles';
import type { HeldGrant, NamedCase } from '@chengxin/kit/call/actor';
import type { Actor } from './actor.js';

/** What the caller says of himself in headers. */
export interface Requested {
  readonly role?: string;
  readonly purpose?: string;
  readonly reference?: string;
  readonly caseId?: string;
}

export interface Caller {
  readonly subject: string;
  readonly actor: Actor;
  readonly requested: Requested;
  readonly now: Date;
  readonly requestId: string;
  /** What the caller is about to do, when he names neither role nor purpose. */
  readonly wanted?: Wanted;
}

export interface Wanted {
  role(name: string): boolean;
  readonly purposes: readonly string[];
}

const within = (from: string, to: string | null, now: Date): boolean =>
  Date.parse(from) <= now.getTime() && (to === null || Date.parse(to) > now.getTime());

/** Roles that follow from who one is. */
function naturalRoles({ studentNo, isStaff }: Actor): readonly Role[] {
  if (studentNo) return ['STU_SELF', 'STU_OTHER'];
  return isStaff ? ['STAFF_SELF'] : [];
}

const activeGrants = ({ grants }: Actor, now: Date): HeldGrant[] =>
  grants.filter(({ role, validFrom, validTo }) => isRole(role) && within(validFrom, validTo, now));

/** Logged in, but known to nobody: to log in once more would change nothing (docs/decisions/0034). */
export const NO_GRANT = 'NO_GRANT';
const noGrant = () =>
  fault(
    'FORBIDDEN_ACTION',
    '您已登录，但尚无任何授权，请联系本部门管理员。 You are logged in, but nobody has granted you anything: ask the administrator of your office.',
    { reason: NO_GRANT },
  );

/** The one role of the request: named, or the only one there is. */
function chooseRole({ actor, requested, now, wanted }: Caller): Role {
  const natural = naturalRoles(actor);
  const all = [...new Set(activeGrants(actor, now).map(({ role }) => role as Role))];
  const of = wanted ? all.filter((role) => wanted.role(role)) : all;
  const held = of.length ? of : all;
  const [only, ...others] = held.length ? held : natural.slice(0, 1);
  if (!only) throw noGrant();
  if (requested.role) {
    const role = [...held, ...natural].find((name) => name === requested.role);
    if (!role)
      throw fault('FORBIDDEN_ACTION', 'x-role: 您不担任此角色。 You do not hold this role.');
    return role;
  }
  if (others.length)
    throw fault('VALIDATION', `x-role: 请指明一个角色。 Name one of ${held.join(', ')}.`);
  return only;
}

/** The purpose of the role: the only one, or the one that is named. */
function choosePurpose(role: Role, { requested, wanted }: Caller): Purpose {
  const open = purposesOf(role);
  const named = requested.purpose ?? open.find(({ name }) => wanted?.purposes.includes(name))?.name;
  const [only, ...others] = open;
  if (named === undefined && only && !others.length) return only;
  const chosen = open.find(({ name }) => name === named);
  if (!chosen)
    throw fault('PURPOSE_REQUIRED', `x-purpose: ${open.map(({ name }) => name).join(', ')}.`);
  return chosen;
}

/** When its grants, its case and its audit end, where that is known. */
function endsOf(actor: Actor, grants: readonly HeldGrant[], purpose: Purpose) {
  const named = purpose.name in CASE_PURPOSES ? actor.case : undefined;
  const audit = purpose.name === 'AUDIT' ? actor.audit : undefined;
  const ends = [...grants.map(({ validTo }) => validTo), named?.closesAt, audit?.closesAt];
  return ends.flatMap((end) => (end ? Date.parse(end) : []));
}

/** How long anybody goes by it: to the first of these ends, or until its reading is too old. */
export function untilOf({ until }: Actor, ends: readonly number[]) {
  const first = Math.min(until, ...ends);
  return { until: first, isEnd: ends.includes(first) };
}

/** The case is the caller's, of this purpose, and open now (INV-09). */
function checkCase(named: NamedCase | undefined, purpose: string, now: Date): void {
  if (!named?.assigned || named.purpose !== CASE_PURPOSES[purpose])
    throw fault('CASE_SCOPE', 'x-case');
  if (!named.running || !within(named.opensAt, named.closesAt, now))
    throw fault('CASE_EXPIRED', 'x-case');
}

/**
 * What the request names for its purpose, with its window. Whether a student lies in an aid round is
 * decided by the archive, student by student.
 */
function referenceOf(purpose: string, { audit, round }: Actor) {
  if (purpose === 'AUDIT') return audit;
  return purpose === 'AID_REVIEW' && round?.running ? round : undefined;
}

/** Purposes whose reference is a task that somebody has in hand, or may take in hand. */
const TASK_PURPOSES: ReadonlySet<string> = new Set(['APPEAL', 'REPAIR', 'COLLECTION']);

/** Why the reference of such a purpose is none; the same, whether there is such a task or not. */
const NO_TASK =
  'x-reference: 不是您手中未办结的事项，请先受理或认领。 It names no open task of yours: accept or claim it first.';

/**
 * Whether the reference names a task that is his: open, or decided by him just now, so that he may request
 * the same decision again. The archive opens no student to the latter but in that one answer.
 */
const isOwnTask = ({ tasks, decidedTasks }: Actor, purpose: string, now: Date): boolean =>
  (tasks?.includes(purpose) ?? false) ||
  (decidedTasks ?? []).some(
    (one) => one.purpose === purpose && Date.parse(one.until) > now.getTime(),
  );

/** The reference that a purpose needs: named, his own, and open. */
function checkReference(purpose: Purpose, { requested, actor, now }: Caller): void {
  if (!purpose.needsReference) return;
  // A provider names the consent in the query itself: consentRows(consentId).
  if (purpose.name === 'PROVIDER_DUTY') return;
  if (purpose.name in CASE_PURPOSES) {
    if (!requested.caseId) throw fault('PURPOSE_REQUIRED', 'x-case');
    return checkCase(actor.case, purpose.name, now);
  }
  if (TASK_PURPOSES.has(purpose.name)) {
    if (isOwnTask(actor, purpose.name, now)) return;
    throw fault('PURPOSE_REQUIRED', NO_TASK);
  }
  const window = referenceOf(purpose.name, actor);
  if (!window || !within(window.opensAt, window.closesAt, now))
    throw fault('PURPOSE_REQUIRED', 'x-reference');
}

/**
 * The identity of a request.
 *
 * @throws FORBIDDEN_ACTION (role not held, or NO_GRANT for its reason), VALIDATION (which role?),
 *         PURPOSE_REQUIRED, CASE_SCOPE, CASE_EXPIRED.
 */
export function chooseIdentity(caller: Caller): Identity {
  const { subject, actor, requested, now, requestId } = caller;
  const role = chooseRole(caller);
  const purpose = choosePurpose(role, caller);
  checkReference(purpose, caller);
  const inCase = purpose.name in CASE_PURPOSES;
  const grants = activeGrants(actor, now).filter((grant) => grant.role === role);
  return {
    // A student is named by the number that holds, by whichever he has logged in (F-07).
    subject: actor.studentNo ?? subject,
    role,
    orgs: grants.map(({ orgCode }) => orgCode),
    purpose: purpose.name,
    requestId,
    ...untilOf(actor, endsOf(actor, grants, purpose)),
    groups: [],
    deniedAtGateway: [],
    ...(actor.studentNo && { studentNo: actor.studentNo }),
    ...(inCase && requested.caseId && { caseId: requested.caseId }),
    ...(!inCase &&
      purpose.needsReference &&
      requested.reference && { reference: requested.reference }),
  };
}

/** Somebody without a token: what is public, and nothing else (DOMAIN 3.1). */
export const publicIdentity = (requestId: string): Identity => ({
  subject: 'public',
  role: 'PUBLIC',
  orgs: [],
  purpose: 'PUBLIC_INFO',
  requestId,
  groups: [],
  deniedAtGateway: [],
});
