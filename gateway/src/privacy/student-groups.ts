import type { StudentSelection } from '@chengxin/kit/call/identity';
import type { Group } from '@chengxin/kit/privacy/groups';
import type { Selected } from './complete.js';
import { holds, type Variables } from './conditions.js';
import { STUDENT } from './lists.js';
import type { SelectedObject } from './selection-tree.js';

/** They travel in a header, which holds no more than some thousand characters. */
const CHARACTERS_AT_MOST = 4000;

/**
 * The groups that are forwarded of each student, by where he stands in the answer: on him and all
 * that hangs on him, up to the next student. The archive writes them down with its decision.
 *
 * @returns undefined for more of them than can be sent: then it writes down those of the operation.
 */
export function studentGroupsOf(
  { root, forwarded, forwardedKey }: Selected,
  variables: Variables,
): StudentSelection['groups'] | undefined {
  const found = new Map<string, Set<Group>>();

  const groupsAt = (path: readonly string[]): Set<Group> => {
    const where = path.join('.');
    const groups = found.get(where) ?? new Set();
    found.set(where, groups);
    return groups;
  };

  const visit = (object: SelectedObject, path: readonly string[], above?: Set<Group>): void => {
    const groups = object.types.has(STUDENT) ? groupsAt(path) : above;
    for (const field of object.fields) {
      if (!forwarded.has(field) || !holds(field.conditions, variables)) continue;
      for (const group of field.open) groups?.add(group);
      if (field.object) visit(field.object, [...path, forwardedKey(field)], groups);
    }
  };
  visit(root, []);
  const places = [...found].map(([where, groups]) => [where, [...groups]] as const);
  const characters = places.reduce((sum, place) => sum + place.flat().join('","').length, 0);
  return characters > CHARACTERS_AT_MOST ? undefined : Object.fromEntries(places);
}
