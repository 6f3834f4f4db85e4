/** How reports stand for whoever verifies them (Z2.1, SC-09): read anew each time, never stored. */
import { randomInt } from 'node:crypto';
import type { Context } from '@chengxin/kit/call/context';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import DataLoader from 'dataloader';
import { CreditReportValidity } from './credit-report.entity.js';

/** Places of the status list; a report takes a random one, so that they say nothing of each other. */
export const STATUS_PLACES = 1_048_576;
/** Random places that are tried: with half of all taken, one in 2^32 issues finds none free. */
const TRIES = 32;

const TAKE = `
  insert into report_status (idx, code_hash, issued_at, ends_at)
  select place, ?, ?::timestamptz, ?::timestamptz from unnest(?::int[]) place
  where not exists (select from report_status s where s.idx = place) limit 1
  returning idx`;

/** Take a place for a report that is issued. */
export async function takePlace(
  em: EntityManager,
  codeHash: string,
  { issuedAt, expiresAt }: { readonly issuedAt: Date; readonly expiresAt: Date },
): Promise<number> {
  const places = Array.from({ length: TRIES }, () => randomInt(STATUS_PLACES));
  const [taken] = await execute<{ idx: number }>(em, TAKE, [codeHash, issuedAt, expiresAt, places]);
  if (!taken) throw new Error('The status list has no free place.');
  return taken.idx;
}

/**
 * Rows of `report_status`, each with whether it is valid. A run that was locked since, or a later report to the
 * same recipient, makes an older one superseded: of every older report alike, so that nothing is said
 * of what changed (3.6, SC-09). What was erased has no report any more, and is revoked.
 *
 * Parameter: the instant.
 */
export const VALIDITIES = `
  select s.idx, s.code_hash, s.issued_at, s.ends_at, r.id as report_id, r.document_digest,
    case
      when s.is_revoked or r.id is null or r.state = 'REVOKED' or c.withdrawn_at <= at.now
        then '${CreditReportValidity.REVOKED}'
      when s.ends_at <= at.now then '${CreditReportValidity.EXPIRED}'
      when s.issued_at < at.locked or exists (select from credit_report n
          where n.consent_id = r.consent_id and n.form = r.form and n.issued_at > r.issued_at
            and n.document_digest is not null)
        then '${CreditReportValidity.SUPERSEDED}'
      else '${CreditReportValidity.VALID}' end as validity
  from (select i.now, (select max(locked_at) from evaluation_run where locked_at <= i.now) as locked
    from (select ?::timestamptz as now) i) at
  cross join report_status s
  left join credit_report r on r.status_idx = s.idx
  left join consent c on c.consent_id = r.consent_id`;

const OF_PLACES = `select idx, validity from (${VALIDITIES}) s where idx = any(?::int[])`;

/** Whether a report is valid, by its place. */
export const validityOf = (ctx: Context): DataLoader<number, CreditReportValidity> =>
  ctx.loader(
    OF_PLACES,
    () =>
      new DataLoader(async (places: readonly number[]) => {
        const rows = await execute<{ idx: number; validity: CreditReportValidity }>(
          ctx.em,
          OF_PLACES,
          [ctx.now, [...places]],
        );
        const found = new Map(rows.map(({ idx, validity }) => [idx, validity]));
        return places.map((place) => found.get(place) ?? CreditReportValidity.REVOKED);
      }),
  );
