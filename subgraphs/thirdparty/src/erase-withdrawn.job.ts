/**
 * Erases what stood under consents that have ended: rows, deliveries and findings, and the keys of
 * what was logged and published of them (3.6, INV-10, L-09).
 */
import { appendLine } from '@chengxin/kit/change/operation-log';
import { jobWriter } from '@chengxin/kit/change/writer';
import { execute, forkOf, type EntityManager } from '@chengxin/kit/database/orm';
import { withRetries } from '@chengxin/kit/database/retry';
import type { Job } from '@chengxin/kit/server/jobs';
import { forgetFindings } from './forget-findings.js';

const NAME = 'eraseWithdrawn';
const ACTION = 'consent.erase';
/** Well within 15 days of a withdrawal (L-09) `[P]`. */
const EVERY_NIGHT = '30 2 * * *';
/** Consents of one transaction. */
const AT_ONCE = 100;

const ENDED = `
  select consent_id as "consentId", student_no as "studentNo" from consent
  where erased_at is null and (withdrawn_at is not null or expires_at <= ?::timestamptz)
  order by consent_id limit ${AT_ONCE} for update`;

/** In this order; findings go with their rows. */
const TABLES = [
  'card_overdraft',
  'phone_bill',
  'loan_performance',
  'punctual_year',
  'delivery',
] as const;
const erase = (table: string) => `delete from ${table} where consent_id = any(?::text[])`;
const STAGED = `delete from import_row where value->>'consentId' = any(?::text[])`;

/** Of deliveries and findings that are gone: no line of the log opens any more. */
const KEYS = `select destroy_keys_of_gone()`;

const DONE = `update consent set erased_at = ? where consent_id = any(?::text[])`;

interface Ended {
  readonly consentId: string;
  readonly studentNo: string;
}

export const eraseWithdrawn: Job = {
  name: NAME,
  cron: EVERY_NIGHT,
  erases: true,
  async run({ orm, config }, at) {
    const some = () =>
      forkOf(orm).transactional(async (inner) => {
        const em = inner as EntityManager;
        const writer = jobWriter(NAME, { em, keyring: config.keyring, at });
        const ended = await execute<Ended>(em, ENDED, [at]);
        const consentIds = ended.map(({ consentId }) => consentId);
        for (const table of TABLES) await execute(em, erase(table), [consentIds]);
        await execute(em, STAGED, [consentIds]);
        await forgetFindings(em, at);
        await execute(em, KEYS, []);
        for (const { consentId, studentNo } of ended)
          await appendLine(writer, {
            action: ACTION,
            target: { type: 'Consent', id: consentId },
            studentNo,
          });
        await execute(em, DONE, [at, consentIds]);
        return ended.length;
      });
    while ((await withRetries(some)) === AT_ONCE);
  },
};
