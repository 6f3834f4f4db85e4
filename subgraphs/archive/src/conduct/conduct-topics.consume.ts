/** What the offices publish of conduct: office → topic → feed. */
import type { EntityManager } from '@chengxin/kit/database/orm';
import type { ConductFeed } from './conduct.consume.js';
import { findingsOf, maliceFindings } from './finding.consume.js';
import { goodOf, punctualYears } from './good.consume.js';

export const CONDUCT_FEEDS = {
  academics: { finding: findingsOf('academics') },
  security: { finding: findingsOf('security') },
  youthleague: { good: goodOf('youthleague') },
  thirdparty: { finding: maliceFindings, good: punctualYears },
} satisfies Record<string, Record<string, ConductFeed>>;

/** Judge again what waits: about some students, or all of it. */
export async function judgeWaiting(
  em: EntityManager,
  at: Date,
  studentNos?: readonly string[],
): Promise<void> {
  for (const feeds of Object.values(CONDUCT_FEEDS))
    for (const { judgeAgain } of Object.values<ConductFeed>(feeds))
      await judgeAgain(em, at, studentNos);
}
