/** How phone bills come into force, and what the archive hears of them in the same transaction. */
import type { ImportJob } from '@chengxin/kit/import/job';
import { takeBackUnconfirmed } from './malice.publish.js';
import { tellPunctualYears } from './punctual-year.publish.js';

export const withArchiveTold =
  (put: ImportJob['apply']): ImportJob['apply'] =>
  async (em, approval) => {
    const { batchId, approvedAt } = approval;
    const changed = await put(em, approval);
    await tellPunctualYears(em, batchId, approvedAt);
    await takeBackUnconfirmed(em, batchId, approvedAt);
    return changed;
  };
