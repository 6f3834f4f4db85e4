import { dayOf } from '@chengxin/kit/clock';
import { forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import { Arrears } from './arrears.entity.js';
import { publishReminders } from './bill-reminder.publish.js';
import { STAGES, stageClause } from './bill-reminder.rules.js';

/**
 * Tuition that is due in 15 days, and tuition that is 30 days overdue without a deferral: the archive
 * reminds the student first, then finance and his counsellor. Source: W-07.
 */
export const remindOfBills: Job = {
  name: 'remindOfBills',
  cron: '20 0 * * *',
  async run({ orm }, at) {
    const on = dayOf(at);
    for (const stage of STAGES)
      await withRetries(() =>
        forkOf(orm).transactional(async (inner) => {
          const em = inner as EntityManager;
          const bills = await em.find(Arrears, stageClause(stage, on), {
            fields: ['billNo'],
            disableIdentityMap: true,
          });
          await publishReminders(em, at, stage, bills);
        }),
      );
  },
};
