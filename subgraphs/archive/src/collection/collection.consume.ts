/**
 * What an office publishes of its import runs becomes a `collection_batch`. Source: G5.3, DOMAIN
 * 0.2.
 */
import { dayOf } from '@chengxin/kit/clock';
import { execute } from '@chengxin/kit/database/orm';
import type { FeedEvent } from '@chengxin/kit/feed/outbox';
import type { FeedHandler } from '@chengxin/kit/feed/handler';
import { park } from '../conduct/parked-event.loader.js';
import { isAbsent, textOf, type Payload } from '../conduct/payload.rules.js';
import { CATALOGUE } from '../rules/catalogue-item.loader.js';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isInstant = (value: unknown): boolean => !Number.isNaN(Date.parse(textOf(value) ?? ''));

/** A batch as the table holds it; nothing when the event is not of its promised shape. */
function rowOf(source: string, { key, version, payload }: FeedEvent): object | undefined {
  const { kind, fileDigest, receivedAt, rows, rejected, errors, byForm, inForceAt, changed } =
    payload;
  const isWhole =
    UUID.test(key) &&
    textOf(kind) &&
    textOf(fileDigest) &&
    isInstant(receivedAt) &&
    isCount(rows) &&
    isCount(rejected) &&
    (isAbsent(errors) || Array.isArray(errors)) &&
    (isAbsent(byForm) || typeof byForm === 'boolean') &&
    (isAbsent(inForceAt) || (isInstant(inForceAt) && isCount(changed)));
  if (!isWhole) return undefined;
  const item = CATALOGUE.find(({ importedBy }) => importedBy === `${source}/${String(kind)}`);
  const receivedOn = dayOf(new Date(String(receivedAt)));
  const { code: catalogueItem, providerOffice: unit } = item ?? {};
  return { ...payload, source, batchId: key, version, receivedOn, catalogueItem, unit };
}

/** A later event of a batch adds to the earlier one. */
function together(events: readonly FeedEvent[]): FeedEvent[] {
  const byKey = new Map<string, FeedEvent>();
  for (const event of events.toSorted((a, b) => a.version - b.version)) {
    const payload: Payload = { ...event.payload, ...byKey.get(event.key)?.payload };
    byKey.set(event.key, { ...event, payload });
  }
  return [...byKey.values()];
}

const KEEP = `
  insert into collection_batch as t (source, batch_id, kind, catalogue_item, unit, file_digest,
    received_at, received_on, row_count, rejected_count, errors, by_form, state, in_force_at,
    changed_count, version)
  select v.source, v."batchId", v.kind, v."catalogueItem", v.unit, v."fileDigest", v."receivedAt",
    v."receivedOn", v.rows, v.rejected, coalesce(v.errors, '[]'),
    coalesce(v."byForm", false), case when v."inForceAt" is null then 'RECEIVED' else 'IN_FORCE' end, v."inForceAt", v.changed,
    v.version
  from jsonb_to_recordset(?::jsonb) as v(source text, "batchId" uuid, kind text, "catalogueItem" text,
    unit text, "fileDigest" text, "receivedAt" timestamptz, "receivedOn" date, rows integer,
    rejected integer, errors jsonb, "byForm" boolean, "inForceAt" timestamptz, changed integer, version integer)
  on conflict (source, batch_id) do update set state = excluded.state,
    in_force_at = excluded.in_force_at, changed_count = excluded.changed_count,
    version = excluded.version
  where t.version < excluded.version`;

/** The handler for what one office publishes; it cannot change another office's batches. */
export const batchesOf =
  (office: string): FeedHandler =>
  async (em, events) => {
    const page = together(events).map((event) => ({ event, row: rowOf(office, event) }));
    const rows = page.flatMap(({ row }) => row ?? []);
    await execute(em, KEEP, [JSON.stringify(rows)]);
    const bad = page.filter(({ row }) => !row).map(({ event }) => event);
    const officeTopic = { office, topic: 'collection' };
    await park(
      em,
      officeTopic,
      bad.map((event) => ({ ...event, reason: 'MALFORMED' as const })),
    );
  };
