/** What an event shows: its groups, and the person. Pure. Source: DOMAIN 3.4 note 19, 3.7(16). */
import type { AccessEffect } from '@chengxin/kit/disclosure/access-call';
import { moreOpen } from '@chengxin/kit/disclosure/effect.rules';
import { GROUPS, type Group } from '@chengxin/kit/privacy/groups';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { AccessEvent, AskedGroup } from './access-event.entity.js';

/** What one office showed, by effect. */
export interface Shown {
  readonly allowed: readonly string[];
  readonly masked: readonly string[];
  readonly denied: readonly string[];
  readonly studentCount: number | null;
}

/**
 * The groups of an event, in the order of the matrix.
 *
 * @param isOpen  Whether the reader may see the group himself; else its selection is not disclosed.
 */
export function groupsOf(parts: readonly Shown[], isOpen: (group: Group) => boolean): AskedGroup[] {
  const effects = new Map<string, AccessEffect>();
  const add = (groups: readonly string[], effect: AccessEffect) => {
    for (const group of groups) effects.set(group, moreOpen(effects.get(group), effect));
  };
  for (const { allowed, masked, denied } of parts) {
    add(allowed, 'ALLOW');
    add(masked, 'MASK');
    add(denied, 'DENY');
  }
  return GROUPS.filter(isOpen).flatMap((group) => {
    const effect = effects.get(group);
    return effect ? [{ group, effect }] : [];
  });
}

/** How many students stood in the lists of an event; null when it is about one, or was refused. */
export function countOf(parts: readonly Shown[]): number | null {
  const counts = parts.flatMap(({ studentCount }) => studentCount ?? []);
  return counts.length ? counts.reduce((sum, count) => sum + count, 0) : null;
}

/** A person who is no member of staff is shown by his role, never by name. */
const OTHERS: Partial<Record<Role, string>> = {
  STU_SELF: '学生 Student',
  STU_OTHER: '学生 Student',
  PUBLIC: '未登录者 Nobody logged in',
  PROV_CONN: '省级平台 Provincial platform',
};

/** A recipient is no person: he is named in whole (note 19 is about staff). */
const EMPLOYER: Role = 'EMPLOYER_TOKEN';

type Actor = Pick<AccessEvent, 'actor' | 'actorRole' | 'actorName' | 'actorOffice'>;

/** `学生处 王*`: office and name, of the name the first character alone where it is masked. */
export function actorDisplay(
  { actor, actorRole, actorName, actorOffice }: Actor,
  isMasked: boolean,
): string {
  const other = OTHERS[actorRole as Role];
  if (other) return other;
  if (actorRole === EMPLOYER) return actorName ? `用人单位 ${actorName}` : '用人单位 Employer';
  const name = actorName ?? actor;
  const shown = isMasked ? `${[...name][0] ?? ''}*` : name;
  return actorOffice ? `${actorOffice} ${shown}` : shown;
}
