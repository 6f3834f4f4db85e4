/** What offices have the archive notify students of (F-01). */
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { gone, present } from '@chengxin/kit/feed/gone';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { oneOf, textOf, type Payload } from '../conduct/payload.rules.js';
import { isNoticeKind } from '../notify/notice-text.js';
import { forgetNotices } from '../notify/forget-notices.js';
import { sendNotices, type NoticeOf } from '../notify/send-notices.js';

/** Offices by the codes that matters name (0.1); a provider's rows are the business of no school office. */
const CODES: Readonly<Record<string, string>> = {
  academics: 'AAO',
  finance: 'FIN',
  security: 'SEC',
  youthleague: 'CYL',
  thirdparty: 'TPC',
};

/** What an office requests, as far as it has the promised shape. */
function requestedBy(subgraph: string, payload: Payload): NoticeOf | undefined {
  const [studentNo, type, id, kind] = ['studentNo', 'type', 'id', 'kind'].map((name) =>
    textOf(payload[name]),
  );
  const named = Array.isArray(payload['groups']) ? (payload['groups'] as unknown[]) : [];
  const groups = named.flatMap((group) => oneOf(GROUPS, group) ?? []);
  if (!studentNo || !type || !id || !kind || !isNoticeKind(kind)) return undefined;
  if (!groups.length || groups.length < named.length) return undefined;
  const office = CODES[subgraph] ?? subgraph.toUpperCase();
  const consentId = textOf(payload['consentId']);
  return { studentNo, type, id, kind, subgraph, office, groups, ...(consentId && { consentId }) };
}

const KEY = `n.subject_typename || ':' || n.subject_id || ':' || n.kind`;
const REGROUP = `
  update notice n set subject_groups = e.groups
  from jsonb_to_recordset(?::jsonb) as e (type text, id text, kind text, groups text[])
  where n.subject_subgraph = ? and (${KEY}) = e.type || ':' || e.id || ':' || e.kind
    and n.subject_groups is distinct from e.groups`;
const NAMED = `n.subject_subgraph = ? and (${KEY}) = any(?::text[])`;

/** A withdrawal that is under way ends first, or sees the notice and deletes it. */
const IN_FORCE = `
  select consent_id as "consentId" from consent
  where consent_id = any(?::text[]) and granted_at is not null and withdrawn_at is null
    and expires_at > ?::timestamptz
  order by consent_id for share`;

/** Notices about what is held under a consent are sent while it is in force (INV-10). */
async function covered(em: EntityManager, at: Date, requested: readonly NoticeOf[]) {
  const named = requested.flatMap(({ consentId }) => consentId ?? []);
  if (!named.length) return requested;
  const rows = await execute<{ consentId: string }>(em, IN_FORCE, [named, at]);
  const inForce = new Set(rows.map(({ consentId }) => consentId));
  return requested.filter(({ consentId }) => !consentId || inForce.has(consentId));
}

/** The rows of some notices take other groups than when they were sent. */
const regroup = (em: EntityManager, office: string, requested: readonly NoticeOf[]) =>
  execute(em, REGROUP, [JSON.stringify(requested), office]);

/**
 * `notice`: of what an office has the archive notify a student. What it takes back is not delivered,
 * and leaves no trace.
 */
export const noticesFor =
  (office: string): FeedHandler =>
  async (em, events, at) => {
    const keys = gone(events).map(({ key }) => key);
    if (keys.length) await forgetNotices(em, NAMED, [office, keys]);
    const requested = present(events).flatMap(({ payload }) => requestedBy(office, payload) ?? []);
    if (!requested.length) return;
    await regroup(em, office, requested);
    await sendNotices(em, at, await covered(em, at, requested));
  };
