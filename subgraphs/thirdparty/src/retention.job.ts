/**
 * Third-party detail is kept for 24 months, also while its consent runs (3.6, L-10). A row that a
 * finding of malice rests on stays as long as that: else nobody could appeal against it.
 */
import { appendLine } from '@chengxin/kit/change/operation-log';
import { jobWriter } from '@chengxin/kit/change/writer';
import { addMonths, dayOf } from '@chengxin/kit/clock';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';

const NAME = 'retention';
const KEPT_MONTHS = 24;
const MONTH_LENGTH = 7;

const old = (table: string, isOld: string) => `
  with gone as (
    delete from ${table} t where ${isOld}
      and not exists (select from provider_malice_finding f where f.${table}_id = t.id) returning 1)
  select count(*)::int as count from gone`;

/** A month goes once its last day is so old; a day by itself. The parameter is that day. */
const ROWS = [
  old('card_overdraft', 't.statement_on < ?::date'),
  old('phone_bill', `t.month < left(?::text, ${MONTH_LENGTH})`),
  old('loan_performance', `t.month < left(?::text, ${MONTH_LENGTH})`),
];

export const retention: Job = {
  name: NAME,
  cron: '20 2 * * *',
  erases: true,
  async run({ orm, config }, at) {
    const day = addMonths(dayOf(at), -KEPT_MONTHS);
    await withRetries(() =>
      forkOf(orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        let count = 0;
        for (const sql of ROWS) {
          const [gone] = await execute<{ count: number }>(em, sql, [day]);
          count += gone?.count ?? 0;
        }
        if (!count) return;
        await appendLine(jobWriter(NAME, { em, keyring: config.keyring, at }), {
          action: 'thirdparty.erase',
          target: { type: 'ThirdPartyRows', id: day },
          studentNo: undefined,
          reason: `${count} rows before ${day}`,
        });
      }),
    );
  },
};
