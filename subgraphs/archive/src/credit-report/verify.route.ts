/** What whoever holds a report learns of it: how it stands, and nothing of whose it is (G21, 6). */
import { dayIn } from '@chengxin/kit/database/day';
import { json } from '@chengxin/kit/call/http';
import type { ReportStatuses, VerifiedReport } from '@chengxin/kit/call/report-paths';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import type { SignedRoute } from '@chengxin/kit/server/office-definition';
import type { OfficeParts } from '@chengxin/kit/server/office-parts';
import { VALIDITIES, STATUS_PLACES } from './report-status.js';

const OK = 200;

/**
 * One statement for any code, known or not. That somebody looked it up is counted with the report: its
 * student reads it, and of who it was nothing is kept.
 */
const VERIFY = `
  with validities as (${VALIDITIES} where s.code_hash = ?),
  counted as (
    update credit_report r set times_verified = times_verified + 1, last_verified_at = ?
    from validities s where r.id = s.report_id and s.document_digest is not null
  )
  select validity, ${dayIn('issued_at')}::text as "issuedOn",
    case when ?::text <> '' then coalesce(document_digest = ?, false) end as "isDocument"
  from validities where report_id is null or document_digest is not null`;

/** `POST /report-verified` */
export const verifiedRoute =
  ({ orm, config }: OfficeParts): SignedRoute =>
  async (body) => {
    const { codeHash, documentDigest = '' } = JSON.parse(body.toString('utf8')) as {
      readonly codeHash: string;
      readonly documentDigest?: string;
    };
    const now = config.clock.now();
    const named = [now, codeHash, now, documentDigest, documentDigest];
    const [found] = await execute<VerifiedReport>(forkOf(orm), VERIFY, named);
    const isDocument = documentDigest ? false : null;
    return json(
      OK,
      found ?? ({ validity: 'UNKNOWN', issuedOn: null, isDocument } satisfies VerifiedReport),
    );
  };

const STATUSES = `
  select coalesce(array_agg(idx) filter (where validity = 'REVOKED'), '{}') as revoked,
    coalesce(array_agg(idx) filter (where validity = 'SUPERSEDED'), '{}') as superseded
  from (${VALIDITIES} where s.ends_at > at.now) s`;

/** `POST /report-statuses`: the places of all reports that run and are not valid. */
export const statusesRoute =
  ({ orm, config }: OfficeParts): SignedRoute =>
  async () => {
    const [row] = await execute<Omit<ReportStatuses, 'places'>>(forkOf(orm), STATUSES, [
      config.clock.now(),
    ]);
    const { revoked = [], superseded = [] } = row ?? {};
    return json(OK, { places: STATUS_PLACES, revoked, superseded } satisfies ReportStatuses);
  };
