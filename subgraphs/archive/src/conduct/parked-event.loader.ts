/** Events that wait: they block no other and are not lost. */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { createLog, type Log } from '@chengxin/kit/server/log';
import type { ParkReason, Payload } from './payload.rules.js';

/** An office and a topic that it publishes. */
export interface OfficeTopic {
  readonly office: string;
  readonly topic: string;
}

export interface ParkedEvent {
  readonly key: string;
  readonly version: number;
  /** Null where the fact itself may not be held (INV-05). */
  readonly payload: Payload | null;
  readonly reason: ParkReason;
}

let log: Log | undefined;

const WAITING = `
  select key, version, payload, reason from parked_event where source = ? and topic = ?`;

/** What waits of an office and topic. */
export const parkedEvents = (em: EntityManager, { office, topic }: OfficeTopic) =>
  execute<ParkedEvent>(em, WAITING, [office, topic]);

/** What waits of these records. */
export const parkedOf = (
  em: EntityManager,
  { office, topic }: OfficeTopic,
  keys: readonly string[],
) => execute<ParkedEvent>(em, `${WAITING} and key = any(?::text[])`, [office, topic, keys]);

/** What waits about these students. */
export const parkedAbout = (
  em: EntityManager,
  { office, topic }: OfficeTopic,
  studentNos: readonly string[],
) =>
  execute<ParkedEvent>(em, `${WAITING} and payload->>'studentNo' = any(?::text[])`, [
    office,
    topic,
    studentNos,
  ]);

/** Let events wait, the newest version of each; the log names them, not their payload. */
export async function park(
  em: EntityManager,
  { office, topic }: OfficeTopic,
  events: readonly ParkedEvent[],
): Promise<void> {
  if (!events.length) return;
  log ??= createLog('archive');
  for (const { key, version, reason } of events)
    log.warn({ office, topic, key, version, reason }, 'event parked');
  await execute(
    em,
    `insert into parked_event (source, topic, key, version, payload, reason, at)
     select ?::text, ?::text, v.key, v.version, v.payload, v.reason, now()
     from jsonb_to_recordset(?::jsonb) as v(key text, version integer, payload jsonb, reason text)
     on conflict (source, topic, key) do update set version = excluded.version,
       payload = excluded.payload, reason = excluded.reason, at = excluded.at`,
    [office, topic, JSON.stringify(events)],
  );
}

/** What was applied, or overtaken, waits no more. */
export async function unpark(
  em: EntityManager,
  { office, topic }: OfficeTopic,
  keys: readonly string[],
): Promise<void> {
  if (!keys.length) return;
  await execute(
    em,
    `delete from parked_event where source = ? and topic = ?
       and key in (select jsonb_array_elements_text(?::jsonb))`,
    [office, topic, JSON.stringify(keys)],
  );
}
