import { AUTHENTICATED, GROUPS, isGroup, type Group, type Policy } from './groups.js';
import { checkNotes } from './notes.js';
import { isRole, ROLES, type Role } from './roles.js';
import { readTable } from './tables.js';

export type Effect = 'ALLOW' | 'MASK' | 'AGGREGATE' | 'DENY';

/** One cell of the matrix: what a role may do with a group. Source: DOMAIN 3.3. */
export interface Cell {
  readonly effect: Effect;
  /** Number of the condition note (DOMAIN 3.4), if the cell has one. */
  readonly note?: number;
  /** `FG20`. */
  readonly clause: string;
  /** `EV_AWARD.FG20`: how errors name the cell. */
  readonly rule: string;
}

const EFFECTS: Record<string, Effect> = { A: 'ALLOW', M: 'MASK', G: 'AGGREGATE', X: 'DENY' };
/** From open to shut; the later of two wins. */
const STRICTNESS: readonly Effect[] = ['ALLOW', 'MASK', 'AGGREGATE', 'DENY'];

const cells = new Map<string, Cell>();
const listGroups = new Set<string>([AUTHENTICATED]);
const notes: { number: number; group: Group }[] = [];
const key = (role: Role, group: Policy): string => `${role} ${group}`;

for (const row of readTable('privacy-matrix')) {
  const group = row['group'] ?? '';
  if (!isGroup(group)) throw new Error(`privacy-matrix.csv names the unknown group ${group}.`);
  if (row['LIST'] === 'yes') listGroups.add(group);
  for (const [role, text = ''] of Object.entries(row)) {
    if (!isRole(role)) continue;
    const note = text.slice(1);
    const effect = EFFECTS[text.slice(0, 1)];
    if (!effect) throw new Error(`privacy-matrix.csv: ${group} × ${role} is not a cell: ${text}.`);
    const clause = row['code'] ?? '';
    if (note) notes.push({ number: Number(note), group });
    cells.set(key(role, group), {
      effect,
      clause,
      rule: `${role}.${clause}`,
      ...(note && { note: Number(note) }),
    });
  }
}
for (const role of ROLES)
  for (const group of GROUPS)
    if (!cells.has(key(role, group)))
      throw new Error(`privacy-matrix.csv has no cell for ${group} × ${role}.`);
checkNotes(notes);

/** The cell of a role and a group. A name that the table does not know is shut. */
export function cell(role: Role, group: Policy): Cell {
  if (group === AUTHENTICATED) {
    const effect = role === 'PUBLIC' ? 'DENY' : 'ALLOW';
    return { effect, clause: '2.7', rule: `${role}.${AUTHENTICATED}` };
  }
  return cells.get(key(role, group)) ?? { effect: 'DENY', clause: '?', rule: `${role}.?` };
}

/** The stricter of two effects (DOMAIN 3.1). */
export const stricter = (a: Effect, b: Effect): Effect =>
  STRICTNESS.indexOf(a) >= STRICTNESS.indexOf(b) ? a : b;

/** Whether values of a student may leave under this effect. */
export const isOpen = (effect: Effect): boolean => effect === 'ALLOW' || effect === 'MASK';

/** Whether the group may stand in a list of students. */
export const mayStandInList = (group: Policy): boolean => listGroups.has(group);
