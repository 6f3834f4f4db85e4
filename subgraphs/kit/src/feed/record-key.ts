/**
 * Values of the moment, which no table holds: sealed under a key of the record's own, which is kept
 * beside it under the office's data key. Whoever destroys the key has destroyed the values (DOMAIN 3.6).
 */
import { deriveKey, open, randomKey, seal } from '../call/crypto.js';
import { execute, type EntityManager } from '../database/orm.js';
import type { Keyring } from '../call/keyring.js';

const wrappingKey = ({ dataKey }: Keyring): Buffer => deriveKey(dataKey, 'record keys');
export const boundTo = (topic: string, key: string): string => `${topic}/${key}`;

const KEY_OF = `
  with made as (
    insert into record_key (topic, key, sealed_key) values (?, ?, ?)
    on conflict (topic, key) do nothing returning sealed_key
  )
  select sealed_key as "sealedKey" from made
  union all select sealed_key from record_key where topic = ? and key = ?
  limit 1`;

/** The key of a record, made when it is first needed. */
export async function keyOfRecord(
  em: EntityManager,
  keyring: Keyring,
  topic: string,
  key: string,
): Promise<Buffer> {
  const [wrapping, bound] = [wrappingKey(keyring), boundTo(topic, key)];
  const fresh = seal(wrapping, randomKey().toString('base64url'), bound);
  type Row = { readonly sealedKey: string };
  const [row] = await execute<Row>(em, KEY_OF, [topic, key, fresh, topic, key]);
  return Buffer.from(open(wrapping, row?.sealedKey ?? fresh, bound), 'base64url');
}

const PUT = `
  with event as (
    select * from jsonb_to_recordset(?::jsonb)
      as r(key text, at timestamptz, "sealedKey" text, sealed text)
  ), record_key as (
    insert into record_key (topic, key, sealed_key) select ?, key, "sealedKey" from event
  )
  insert into outbox (topic, key, version, sealed, at) select ?, key, 1, sealed, at from event`;

/** Something that happens once. */
interface SealedEvent {
  readonly key: string;
  readonly at: string;
  readonly payload: object;
}

/** Publish what happens once, all of it by one statement. */
export async function publishSealed(
  em: EntityManager,
  keyring: Keyring,
  topic: string,
  events: readonly SealedEvent[],
): Promise<void> {
  const wrapping = wrappingKey(keyring);
  const rows = events.map(({ key, at, payload }) => {
    const [own, bound] = [randomKey(), boundTo(topic, key)];
    const sealedKey = seal(wrapping, own.toString('base64url'), bound);
    return { key, at, sealedKey, sealed: seal(own, JSON.stringify(payload), bound) };
  });
  await execute(em, PUT, [JSON.stringify(rows), topic, topic]);
}

export interface SealedRow {
  readonly key: string;
  readonly sealed: string;
}

export interface RecordName {
  readonly topic: string;
  readonly key: string;
}

/** The keys of records by `topic/key`, in one statement; one that is destroyed is not in the answer. */
export async function keysOfRecords(
  em: EntityManager,
  keyring: Keyring,
  records: readonly RecordName[],
): Promise<Map<string, Buffer>> {
  const rows = await execute<RecordName & { sealedKey: string }>(
    em,
    `select topic, key, sealed_key as "sealedKey" from record_key
     where (topic, key) in (select topic, key from jsonb_to_recordset(?::jsonb) as r(topic text, key text))`,
    [JSON.stringify(records)],
  );
  const wrapping = wrappingKey(keyring);
  return new Map(
    rows.map(({ topic, key, sealedKey }) => {
      const bound = boundTo(topic, key);
      return [bound, Buffer.from(open(wrapping, sealedKey, bound), 'base64url')];
    }),
  );
}

const MAKE_KEYS = `
  insert into record_key (topic, key, sealed_key)
  select topic, key, sealed from jsonb_to_recordset(?::jsonb) as r(topic text, key text, sealed text)
  order by topic, key on conflict (topic, key) do nothing returning 1`;

/** The keys of many records by `topic/key`, made where they are first needed: three statements at most. */
export async function makeKeysOfRecords(
  em: EntityManager,
  keyring: Keyring,
  records: readonly RecordName[],
): Promise<Map<string, Buffer>> {
  const known = await keysOfRecords(em, keyring, records);
  const wrapping = wrappingKey(keyring);
  const made = records.flatMap(({ topic, key }) => {
    const bound = boundTo(topic, key);
    if (known.has(bound)) return [];
    const fresh = randomKey();
    known.set(bound, fresh);
    return [{ topic, key, sealed: seal(wrapping, fresh.toString('base64url'), bound) }];
  });
  if (!made.length) return known;
  const kept = await execute(em, MAKE_KEYS, [JSON.stringify(made)]);
  return kept.length === made.length ? known : keysOfRecords(em, keyring, records);
}

/** What sealed events say; one whose key is destroyed is not in the answer. */
export async function openSealed(
  em: EntityManager,
  keyring: Keyring,
  topic: string,
  rows: readonly SealedRow[],
): Promise<Map<string, Record<string, unknown>>> {
  const keys = await keysOfRecords(
    em,
    keyring,
    rows.map(({ key }) => ({ topic, key })),
  );
  return new Map(
    rows.flatMap(({ key, sealed }) => {
      const bound = boundTo(topic, key);
      const own = keys.get(bound);
      if (!own) return [];
      return [[key, JSON.parse(open(own, sealed, bound)) as Record<string, unknown>] as const];
    }),
  );
}
