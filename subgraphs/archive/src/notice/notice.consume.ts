/** What offices have the archive notify students of (F-01). */
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { present } from '@chengxin/kit/feed/gone';
import { GROUPS } from '@chengxin/kit/privacy/groups';
import { oneOf, textOf, type Payload } from '../conduct/payload.rules.js';
import { isNoticeKind } from '../notify/notice-text.js';
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
  return { studentNo, type, id, kind, subgraph, office, groups };
}

/** `notice`: of what an office has the archive notify a student. */
export const noticesFor =
  (office: string): FeedHandler =>
  async (em, events, at) => {
    const requested = present(events).flatMap(({ payload }) => requestedBy(office, payload) ?? []);
    if (requested.length) await sendNotices(em, at, requested);
  };
