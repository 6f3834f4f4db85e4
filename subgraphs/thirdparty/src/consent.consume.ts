import { execute } from '@chengxin/kit/database/orm';
import { forget, gone, present } from '@chengxin/kit/feed/gone';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { formerNumbers, renumber } from '@chengxin/kit/feed/renumber';
import { PURPOSES } from './consent.rules.js';
import { forgetFindings } from './forget-findings.js';

const CARRYING = [...new Set(Object.values(PURPOSES))].map((purpose) => `'${purpose}'`).join(', ');

/** Consents of other purposes are none of this office's business, unless they were of these before. */
const APPLY = `
  insert into consent as c (consent_id, student_no, purpose, recipient_uscc, granted_at, expires_at,
    withdrawn_at, field_groups, version)
  select distinct on (e->>'key') e->>'key', p->>'studentNo', p->>'purpose', p->>'recipientUscc',
    (p->>'grantedAt')::timestamptz, (p->>'expiresAt')::timestamptz,
    (p->>'withdrawnAt')::timestamptz, p->'fieldGroups', (e->>'version')::int
  from jsonb_array_elements(?::jsonb) e cross join lateral (select e->'payload') payload (p)
  where p->>'purpose' in (${CARRYING})
    or exists (select from consent known where known.consent_id = e->>'key')
  order by e->>'key', (e->>'version')::int desc
  on conflict (consent_id) do update set student_no = excluded.student_no,
    purpose = excluded.purpose, recipient_uscc = excluded.recipient_uscc,
    granted_at = excluded.granted_at, expires_at = excluded.expires_at,
    withdrawn_at = excluded.withdrawn_at, field_groups = excluded.field_groups,
    erased_at = null, version = excluded.version
  where c.version < excluded.version`;

/** A consent that is gone carries nothing. */
const END = `
  update consent c set withdrawn_at = coalesce(c.withdrawn_at, now())
  from jsonb_array_elements(?::jsonb) e
  where c.consent_id = e->>'key' and c.version <= (e->>'version')::int`;

const CONSUMED = `c.consent_id in (select e->>'key' from jsonb_array_elements(?::jsonb) e)`;

/** Rows that their consent does not carry any more. */
const uncovered = (table: string, purpose: string): string => `
  delete from ${table} t using consent c
  where c.consent_id = t.consent_id and ${CONSUMED}
    and (c.withdrawn_at is not null or c.student_no <> t.student_no
      or c.recipient_uscc <> t.provider or c.purpose <> '${purpose}')`;

/** What rests on rows goes as they do. */
const CARRIED = [...Object.entries(PURPOSES), ['punctual_year', PURPOSES.phone_bill]] as const;

/** That rows came in under it goes with them. */
const DELIVERIES = `
  delete from delivery d using consent c
  where c.consent_id = d.consent_id and ${CONSUMED}
    and (c.withdrawn_at is not null or c.student_no <> d.student_no
      or c.recipient_uscc <> d.provider)`;

/** Rows that were read from a file and wait. */
const STAGED = `
  delete from import_row r using consent c
  where c.consent_id = r.value->>'consentId' and ${CONSUMED} and c.withdrawn_at is not null`;

/**
 * Consumes consents. With a withdrawal its rows go at once, and with them what was
 * found from them (T-04, L-09). A statement of its own each: it sees rows that entered meanwhile. Rows of
 * a student whose number has changed move first: else his consent would not cover them (F-07).
 */
export const applyConsent: FeedHandler = async (em, events, at) => {
  await renumber(
    em,
    formerNumbers(events, ({ payload }) => String(payload['studentNo'])),
    at,
  );
  const page = JSON.stringify(events);
  await execute(em, APPLY, [JSON.stringify(present(events))]);
  await execute(em, END, [JSON.stringify(gone(events))]);
  for (const [table, purpose] of CARRIED) await execute(em, uncovered(table, purpose), [page]);
  await execute(em, DELIVERIES, [page]);
  await execute(em, STAGED, [page]);
  await forgetFindings(em, at);
  await forget(em, 'consent', 'consent_id', events);
};
