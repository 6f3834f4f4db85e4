/** From what a call noted to what is written down: students to whom the same was done, together. */
import type { Identity } from '../call/identity.js';
import { isAboutStudent, type Group } from '../privacy/groups.js';
import { ACCESS_EFFECTS, type AccessEffect, type AccessPart } from './access-call.js';
import { moreOpen } from './effect.rules.js';

export type GroupEffects = Map<Group, AccessEffect>;

/** What one call noted. */
export interface Noted {
  readonly students: ReadonlyMap<string, GroupEffects>;
  readonly unnamed: GroupEffects;
  readonly opened: Set<string>;
  readonly listed: Set<string>;
  readonly unknown: Set<string>;
}

type Selected = Pick<Identity, 'groups' | 'deniedAtGateway'>;

const LISTED_GROUP: Group = 'IDENTITY';

function byEffect(groups: GroupEffects): AccessPart['groups'] {
  const found: Partial<Record<AccessEffect, Group[]>> = {};
  for (const effect of ACCESS_EFFECTS)
    for (const [group, its] of groups) if (its === effect) (found[effect] ??= []).push(group);
  return found;
}

const textOf = (groups: GroupEffects): string =>
  [...groups]
    .map(([group, effect]) => `${group}:${effect}`)
    .sort()
    .join();

/** Whether a student stands in a list alone, so that his IDENTITY is counted and not named. */
const isCounted = ({ listed, opened }: Noted, studentNo: string): boolean =>
  listed.has(studentNo) && !opened.has(studentNo);

/**
 * What was selected of one student: what the office noted, and DENY for what the gateway denied,
 * since it cannot know of whom that would have been.
 */
function effectsOf(
  noted: Noted,
  studentNo: string,
  deniedAtGateway: readonly Group[],
): GroupEffects {
  const groups: GroupEffects = new Map(noted.students.get(studentNo));
  if (isCounted(noted, studentNo)) groups.delete(LISTED_GROUP);
  for (const group of deniedAtGateway) groups.set(group, moreOpen(groups.get(group), 'DENY'));
  return groups;
}

/** Of a number that is nobody's for the caller, all that was selected was denied. */
const refusedOf = ({ groups, deniedAtGateway }: Selected): GroupEffects =>
  new Map([LISTED_GROUP, ...groups, ...deniedAtGateway].map((group) => [group, 'DENY']));

/** The parts of a call, one for all students to whom the same was done. */
export function partsOf(noted: Noted, selected: Selected): AccessPart[] {
  const about = {
    groups: selected.groups.filter(isAboutStudent),
    deniedAtGateway: selected.deniedAtGateway.filter(isAboutStudent),
  };
  const alike = new Map<string, { groups: GroupEffects; studentNos: string[] }>();
  const add = (studentNo: string, groups: GroupEffects): void => {
    if (!groups.size) return;
    const text = textOf(groups);
    const same = alike.get(text) ?? { groups, studentNos: [] };
    same.studentNos.push(studentNo);
    alike.set(text, same);
  };
  for (const studentNo of noted.students.keys())
    add(studentNo, effectsOf(noted, studentNo, about.deniedAtGateway));
  for (const studentNo of noted.unknown) add(studentNo, refusedOf(about));

  const parts: AccessPart[] = [...alike.values()].map(({ groups, studentNos }) => ({
    groups: byEffect(groups),
    studentNos,
  }));
  const count = [...noted.listed].filter((studentNo) => isCounted(noted, studentNo)).length;
  if (count) parts.push({ groups: { ALLOW: [LISTED_GROUP] }, count });
  if (noted.unnamed.size) parts.push({ groups: byEffect(noted.unnamed) });
  return parts;
}
