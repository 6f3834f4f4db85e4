/** What becomes of a grant. Source: G5.2, G17, G18, DOMAIN 2.4. */
import { ChangeErrorCode, changeFault, invalid } from '@chengxin/kit/change/errors';
import { checkText } from '@chengxin/kit/change/text.rules';
import { DAY_MS } from '@chengxin/kit/clock';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { AdminGrant } from './admin-grant.entity.js';
import { GrantState } from './grant-state.js';
import { GRANTED_ROLES } from './granted-roles.js';

/** Dedicated administrators (专职管理员): trained first. */
export const ADMINISTRATORS: readonly Role[] = ['COLLEGE_ADMIN', 'SCHOOL_ADMIN'];
/** Roles of which nobody has two: who inspects, and who keeps the discipline (2.4). */
export const APART: readonly Role[] = ['AUDITOR', 'DIS_OFFICER'];
export const KEPT_APART =
  '同一人不得兼任审计人员与纪检人员。 One person is never auditor and discipline officer.';
/** A pass counts for so long. */
export const TRAINING_MONTHS = 24;
/** A delegation lasts so long at most. */
const DELEGATED_DAYS = 90;
const TITLE_AT_MOST = 100;

/** What is granted, to whom and for how long. */
export interface Wanted {
  readonly staffNo: string;
  readonly role: string;
  readonly orgCode: string;
  /** Instants, ISO 8601. */
  readonly validFrom?: string;
  readonly validTo?: string;
}

/** What the archive knows of those whom a request names. */
export interface NamedFacts {
  readonly isStaff: boolean;
  readonly isOrg: boolean;
}

function checkNamed({ isStaff, isOrg }: NamedFacts): void {
  if (!isStaff) throw invalid('staffNo', '没有此人员。 There is no such person.');
  if (!isOrg) throw invalid('orgCode', '没有此机构。 There is no such org.');
}

/** From when and until when, checked. */
function windowOf(wanted: Pick<Wanted, 'validFrom' | 'validTo'>, now: Date) {
  const validFrom = wanted.validFrom ? new Date(wanted.validFrom) : now;
  const validTo = wanted.validTo ? new Date(wanted.validTo) : undefined;
  if (validTo && validTo <= validFrom)
    throw invalid('validTo', '失效时间必须晚于生效时间。 It ends after it begins.');
  if (validTo && validTo <= now)
    throw invalid('validTo', '失效时间已过。 It would be over already.');
  return { validFrom, ...(validTo && { validTo }) };
}

/** @throws VALIDATION */
export function requested(wanted: Wanted, named: NamedFacts, now: Date) {
  const { staffNo, role, orgCode } = wanted;
  if (!GRANTED_ROLES.some((one) => one === role))
    throw invalid('role', '此角色不由授权取得。 No such role is held by a grant.');
  checkNamed(named);
  return { staffNo, role, orgCode, ...windowOf(wanted, now) };
}

/** Who delegates, and what he holds now. */
export interface Delegating {
  readonly subject: string;
  readonly role: string;
  readonly orgs: readonly string[];
}

/** What he holds of his own, and not for another. */
export interface Own {
  readonly isOwn: boolean;
  /** When it ends; absent where it has no end. */
  readonly until?: Date;
}

/**
 * The own present role in one of the own orgs, for a leave (请假委托): no longer than it is held, and not
 * by who holds it for another.
 *
 * @throws VALIDATION
 */
export function delegated(
  { subject, role, orgs }: Delegating,
  wanted: Omit<Wanted, 'role'>,
  { isOwn, until, ...named }: NamedFacts & Own,
  now: Date,
) {
  const { staffNo, orgCode } = wanted;
  checkNamed(named);
  if (staffNo === subject)
    throw changeFault(
      ChangeErrorCode.SOD_VIOLATION,
      '不能委托给自己。 Nobody delegates to himself.',
    );
  if (!orgs.includes(orgCode))
    throw invalid('orgCode', '您在此机构没有该角色。 You do not hold the role in this org.');
  if (!isOwn)
    throw invalid(
      'orgCode',
      '您在此机构的该角色是受托的，不能再委托。 You hold the role in this org for another, and do not delegate it on.',
    );
  const window = windowOf(wanted, now);
  const { validFrom, validTo } = window;
  if (!validTo || validTo.getTime() - validFrom.getTime() > DELEGATED_DAYS * DAY_MS)
    throw invalid(
      'validTo',
      `委托须有期限，最长 ${DELEGATED_DAYS} 天。 A delegation ends within ${DELEGATED_DAYS} days.`,
    );
  if (until && validTo > until)
    throw invalid(
      'validTo',
      '委托不得晚于您本人授权的结束时间。 A delegation ends no later than the own grant.',
    );
  return { staffNo, role, orgCode, delegatedBy: subject, ...window };
}

/** Whether a grant of a role wants the training (G5.2). */
export const wantsTraining = ({ role }: Pick<AdminGrant, 'role'>): boolean =>
  ADMINISTRATORS.some((one) => one === role);

/** Where a grant of an administrator would stand. */
export interface Place {
  /** Whether its org lies on a level that may have administrators. */
  readonly isLevel: boolean;
  /** Seats of its org; null where none are configured. */
  readonly seats: number | null;
  /** Seats that others hold. */
  readonly held: number;
}

/** Whether a grant takes a seat (G18.1): an administrator's own; who stands in for one takes none. */
export const takesSeat = (grant: Pick<AdminGrant, 'role' | 'delegatedBy'>): boolean =>
  wantsTraining(grant) && !grant.delegatedBy;

/** @throws VALIDATION for an org on a level without administrators, or whose seats are taken. */
export function requireSeat({ isLevel, seats, held }: Place): void {
  if (!isLevel)
    throw invalid('id', '该机构所在层级不设管理员。 Orgs of this level have no administrators.');
  if (seats !== null && held >= seats)
    throw invalid(
      'id',
      `该机构的 ${seats} 个管理员席位已满。 The ${seats} seats of the org are taken.`,
    );
}

/** What stands in the way of a grant that waits for its approval. */
export interface Approving extends Place {
  /** Whether its role is not held in its org. */
  readonly isElsewhere: boolean;
  /** Whether its holder has a pass of the training that counts. */
  readonly isTrained: boolean;
  /** Whether its holder has the other role of those that nobody has both of. */
  readonly isKeptApart: boolean;
  /** Whether who delegates it holds the role himself, and as long. */
  readonly isHeldByDelegator: boolean;
}

/**
 * What must hold of a requested grant when it is approved, whoever approves it.
 *
 * @throws VALIDATION, SOD_VIOLATION
 */
export function requireApprovable(
  grant: AdminGrant,
  { isElsewhere, isTrained, isKeptApart, isHeldByDelegator, ...place }: Approving,
  { now }: { readonly now: Date },
): void {
  if (grant.validTo && grant.validTo <= now)
    throw invalid('id', '所申请的期限已过。 The time for which it was requested is over.');
  if (isElsewhere)
    throw invalid(
      'id',
      '该角色不能在此机构担任。 The role is held in the org of its own office, or in the school.',
    );
  if (isKeptApart) throw changeFault(ChangeErrorCode.SOD_VIOLATION, KEPT_APART);
  if (!isHeldByDelegator)
    throw invalid(
      'id',
      '委托人已不再担任该角色，或其授权先于委托结束。 Who delegates the role does not hold it as long.',
    );
  if (takesSeat(grant)) requireSeat(place);
  if (wantsTraining(grant) && !isTrained)
    throw invalid(
      'id',
      '该人员近 24 个月内没有通过专职管理员培训。 Its holder has not passed the training for administrators within 24 months.',
    );
}

/** @throws VALIDATION for a transfer to an org that is not there. */
export function requireOrg({ isOrg }: Pick<NamedFacts, 'isOrg'>): void {
  if (!isOrg) throw invalid('toOrg', '没有此机构。 There is no such org.');
}

/** Two people approve each other's grants: with fewer, nobody could grant anything any more (G20.1). */
export const ADMINISTRATORS_AT_LEAST = 2;

/** What the end of a grant leaves of those who administer the school. */
export interface Leaving {
  /** Whether its holder administers the school by it: begun, without an end, not locked out. */
  readonly administers: boolean;
  /** Others who do: a day never takes it from them, so that none can leave fewer than two. */
  readonly others: number;
}

/** @throws VALIDATION where the school would be left without two people who administer it. */
export function requireOthers({ administers, others }: Leaving): void {
  if (administers && others < ADMINISTRATORS_AT_LEAST)
    throw invalid(
      'id',
      '学校须始终有两名无期限的校级管理员：请先无期限授权他人，或由运维人员锁定账号。 Two others administer the school without an end: grant the role to somebody first, or have the account locked.',
    );
}

/** A grant that ends: at once, or before it has begun. */
export const endedAt = ({ validFrom, validTo }: AdminGrant, at: Date) => {
  const isSooner = at > validFrom && (!validTo || validTo > at);
  return { ...(isSooner && { validTo: at }) };
};

/**
 * A grant in the org that its holder leaves: it ends at the instant of the transfer, and stays until then;
 * one that had begun later is never held.
 *
 * @throws VALIDATION
 */
export function transferred(
  grant: AdminGrant,
  { effectiveAt, toOrg, now }: { effectiveAt: Date; toOrg?: string | undefined; now: Date },
) {
  if (toOrg === grant.orgCode)
    throw invalid('toOrg', '调入机构与调出机构相同。 The person is in this org already.');
  const isNow = effectiveAt <= now;
  const end = isNow ? now : effectiveAt;
  const isOver = isNow || grant.validFrom >= end;
  return { state: isOver ? GrantState.ENDED : GrantState.ACTIVE, ...endedAt(grant, end) };
}

/** @throws VALIDATION for a pass of a day to come, or without a title. */
export function trained(
  { staffNo, title, passedOn }: { staffNo: string; title: string; passedOn: string },
  { isStaff }: Pick<NamedFacts, 'isStaff'>,
  today: string,
) {
  checkNamed({ isStaff, isOrg: true });
  checkText('title', title, TITLE_AT_MOST);
  if (!title.trim()) throw invalid('title', '请填写培训内容。 Say what was taught.');
  if (passedOn > today) throw invalid('passedOn', '日期尚未到来。 That day is to come.');
  return { staffNo, title, passedOn };
}
