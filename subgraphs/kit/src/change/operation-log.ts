/** The line that each change leaves in the operation log (G19.2, INV-13). */
import { open, seal } from '../call/crypto.js';
import { execute, type EntityManager } from '../database/orm.js';
import type { Keyring } from '../call/keyring.js';
import { boundTo, keyOfRecord, keysOfRecords, makeKeysOfRecords } from '../feed/record-key.js';
import type { Writer } from './writer.js';

/** A row, as the operation log names it. */
export interface Target {
  /** `Deferral` */
  readonly type: string;
  readonly id: string;
}

/** What stands in a line as ciphertext alone. */
export interface Sealed {
  readonly reason?: string | undefined;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

export interface Line extends Sealed {
  readonly action: string;
  readonly target: Target;
  /** Whom the row is about, if it is about a student: he reads the history of his own rows. */
  readonly studentNo: string | undefined;
  /** Action and row of which this is a consequence. */
  readonly basis?: string | undefined;
}

const APPEND = `
  insert into operation_log (at, actor, role, action, target, target_type, target_id, basis,
    request_id, sealed)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Append a line in the transaction of its change. */
export async function appendLine(
  { em, keyring, identity, now }: Writer,
  { action, target, studentNo, basis, ...sealed }: Line,
): Promise<void> {
  const { subject, role, requestId } = identity;
  const key = await keyOfRecord(em, keyring, target.type, target.id);
  await execute(em, APPEND, [
    now,
    subject,
    role,
    action,
    [target.type, target.id, studentNo].filter(Boolean).join(' '),
    target.type,
    target.id,
    basis ?? null,
    requestId,
    seal(key, JSON.stringify(sealed), boundTo(target.type, target.id)),
  ]);
}

const APPEND_MANY = `
  insert into operation_log (at, actor, role, action, target, target_type, target_id, basis,
    request_id, sealed)
  select ?, ?, ?, ?, target, type, id, ?, ?, sealed
  from jsonb_to_recordset(?::jsonb) as r(target text, type text, id text, sealed text)`;

/** The lines of one action on many rows, in statements that do not grow with them. */
export async function appendLines(
  { em, keyring, identity, now }: Writer,
  action: string,
  basis: string | undefined,
  lines: readonly Omit<Line, 'action' | 'basis'>[],
): Promise<void> {
  const { subject, role, requestId } = identity;
  const named = lines.map(({ target: { type, id } }) => ({ topic: type, key: id }));
  const keys = await makeKeysOfRecords(em, keyring, named);
  const written = lines.map(({ target: { type, id }, studentNo, ...sealed }) => {
    const bound = boundTo(type, id);
    const key = keys.get(bound);
    if (!key) throw new Error(`${bound} has no key.`);
    const target = [type, id, studentNo].filter(Boolean).join(' ');
    return { target, type, id, sealed: seal(key, JSON.stringify(sealed), bound) };
  });
  const list = JSON.stringify(written);
  await execute(em, APPEND_MANY, [now, subject, role, action, basis ?? null, requestId, list]);
}

/** A line as it is stored, as far as it is sealed. */
export interface StoredLine {
  readonly targetType?: string;
  readonly targetId?: string;
  readonly sealed?: string;
}

/** What stands sealed in some lines, in one statement; undefined where the key of the row is destroyed. */
export async function openLines(
  em: EntityManager,
  keyring: Keyring,
  lines: readonly StoredLine[],
): Promise<(Sealed | undefined)[]> {
  const named = lines.map(({ targetType: topic = '', targetId: key = '' }) => ({ topic, key }));
  const keys = await keysOfRecords(em, keyring, named);
  return lines.map(({ targetType = '', targetId = '', sealed }) => {
    const bound = boundTo(targetType, targetId);
    const key = keys.get(bound);
    return sealed && key ? (JSON.parse(open(key, sealed, bound)) as Sealed) : undefined;
  });
}

/** A row that is named by the number of its student was named by an earlier one before (F-07). */
const TAKEN = `
  with target as (
    select at, type, id from jsonb_to_recordset(?::jsonb) as t(at integer, type text, id text))
  select distinct t.at, l.action from operation_log l join (
    select at, type, id from target
    union all select t.at, t.type, f.old_no from target t join former_number f on f.student_no = t.id
  ) t on l.target_type = t.type and l.target_id = t.id
  where l.actor = ? and l.action = any(?::text[])`;

/**
 * Which of some actions a person has taken, in one statement.
 *
 * @param rows  Each with the rows whose lines count for it.
 * @returns The actions of each, in the order of the rows.
 */
export async function actionsTaken(
  em: EntityManager,
  person: string,
  actions: readonly string[],
  rows: readonly (readonly Target[])[],
): Promise<ReadonlySet<string>[]> {
  const targets = rows.flatMap((row, at) => row.map(({ type, id }) => ({ at, type, id })));
  const found = await execute<{ at: number; action: string }>(em, TAKEN, [
    JSON.stringify(targets),
    person,
    actions,
  ]);
  const taken = Map.groupBy(found, ({ at }) => at);
  return rows.map((_, at) => new Set(taken.get(at)?.map(({ action }) => action)));
}
