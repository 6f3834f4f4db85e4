/** When the statistics of a run may be prepared and released. Pure. Source: DOMAIN 3.6, INV-02. */
import type { Act } from '@chengxin/kit/change/act';
import { invalid } from '@chengxin/kit/change/errors';
import type { Changes } from '@chengxin/kit/change/write-row';
import { isLocked, type RunState } from './evaluation-run.js';
import type { StatisticRelease } from './statistic-release.entity.js';

/** @throws VALIDATION for a run that is not LOCKED, and for one that is not there. */
function requireLocked(path: string, run: RunState | undefined): void {
  if (!isLocked(run))
    throw invalid(
      path,
      '须为已锁定的正式评定批次。 It must be an official run in state LOCKED (3.6).',
    );
}

export function prepared(runId: string, run: RunState | undefined): Changes<StatisticRelease> {
  requireLocked('run', run);
  return { runId };
}

export function releasedBy(
  { by, now }: Pick<Act, 'by' | 'now'>,
  run: RunState | undefined,
): Changes<StatisticRelease> {
  requireLocked('id', run);
  return { approvedBy: by.subject, approvedAt: now };
}
