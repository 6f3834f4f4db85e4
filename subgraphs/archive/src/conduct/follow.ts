/**
 * What follows when records of students change, in the same transaction: duties that finance
 * published as cured, what finance consumes of malice, and the credit anew (4.5, 4.8).
 */
import type { EntityManager } from '@chengxin/kit/database/orm';
import { computeSnapshots } from '../credit/compute-snapshots.js';
import { lockStudents } from '../lock-order.js';
import { cureDuties } from './duty.js';
import { publishMalice } from './malice.publish.js';

/** Students whose records are held in memory at once. */
const AT_ONCE = 1000;

const STEPS = [
  (em: EntityManager, _now: Date, studentNos: readonly string[]) => cureDuties(em, studentNos),
  publishMalice,
  computeSnapshots,
];

/** A few statements for a thousand students. */
export async function followRecords(
  em: EntityManager,
  now: Date,
  studentNos: Iterable<string>,
): Promise<void> {
  const all = [...new Set(studentNos)].toSorted((a, b) => a.localeCompare(b));
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const some = all.slice(from, from + AT_ONCE);
    // The last of those who change records of one student sees them all.
    await lockStudents(em, some);
    for (const step of STEPS) await step(em, now, some);
  }
}
