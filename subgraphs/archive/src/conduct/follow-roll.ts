/** What follows when the roll says something new of students: events that waited for it, and the credit. */
import type { EntityManager } from '@chengxin/kit/database/orm';
import { judgeWaiting } from './conduct-topics.consume.js';
import { followRecords } from './follow.js';

export async function followRoll(
  em: EntityManager,
  now: Date,
  studentNos: readonly string[],
): Promise<void> {
  await judgeWaiting(em, now, studentNos);
  await followRecords(em, now, studentNos);
}
