/** How phone bills come into force, and what the archive hears of them in the same transaction. */
import { execute } from '@chengxin/kit/database/orm';
import type { ImportJob } from '@chengxin/kit/import/job';
import { takeBackUnconfirmed } from './malice.feed.js';
import { tellPunctualYears } from './punctual-year.feed.js';

/** Two files under one consent take turns, and the second one sees the months of the first. */
const LOCK = `
  select 1 from consent where consent_id in
    (select value->>'consentId' from import_row where batch_id = ?::uuid)
  order by consent_id for no key update`;

export const withArchiveTold =
  (put: ImportJob['apply']): ImportJob['apply'] =>
  async (em, approval) => {
    const { batchId, approvedAt } = approval;
    await execute(em, LOCK, [batchId]);
    const changed = await put(em, approval);
    await tellPunctualYears(em, batchId, approvedAt);
    await takeBackUnconfirmed(em, batchId, approvedAt);
    return changed;
  };
