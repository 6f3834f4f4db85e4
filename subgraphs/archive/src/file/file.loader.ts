/** What the archive knows of uploaded files, and the key of each (F-14, 3.6). */
import { deriveKey, digest, mac, open, randomKey, seal } from '@chengxin/kit/call/crypto';
import type { Keyring } from '@chengxin/kit/call/keyring';
import { execute, type EntityManager } from '@chengxin/kit/database/orm';
import { isUuid } from '@chengxin/kit/database/uuid';

export type FileState = 'QUARANTINED' | 'CLEAN' | 'INFECTED' | 'DESTROYED';

export interface StoredFile {
  readonly id: string;
  readonly uploadedBy: string;
  readonly mediaType: string;
  readonly state: FileState;
  readonly storedAs: string;
  /** Sealed under the data key of the office; null once it is destroyed. */
  readonly sealedKey: string | null;
}

const SELECT = `
  select f.id, f.uploaded_by as "uploadedBy", f.media_type as "mediaType", f.state,
    f.stored_as as "storedAs", k.sealed_key as "sealedKey"
  from file f left join file_key k on k.file_id = f.id`;
const NO_FILE = '00000000-0000-0000-0000-000000000000';

/** What the key, the bytes and the line of a file are bound to. */
export const boundToFile = (id: string): string => `file/${id}`;

const wrappingKey = ({ dataKey }: Keyring): Buffer => deriveKey(dataKey, 'file keys');

/** A key of a file's own, and as it is kept. */
export function newFileKey(keyring: Keyring, id: string): { key: Buffer; sealedKey: string } {
  const key = randomKey();
  return {
    key,
    sealedKey: seal(wrappingKey(keyring), key.toString('base64url'), boundToFile(id)),
  };
}

/** The key of a file; undefined once it is destroyed. */
export const keyOfFile = (
  keyring: Keyring,
  { id, sealedKey }: Pick<StoredFile, 'id' | 'sealedKey'>,
): Buffer | undefined =>
  sealedKey === null
    ? undefined
    : Buffer.from(open(wrappingKey(keyring), sealedKey, boundToFile(id)), 'base64url');

/** Digest of a file's bytes, keyed (2.1): nobody finds out by it what somebody has uploaded. */
export const keyedDigest = ({ dataKey }: Keyring, bytes: Buffer): string =>
  mac(deriveKey(dataKey, 'file digest'), digest(bytes));

/** A file by its number; what is no number is looked up as one that is not there. */
export async function fileById(em: EntityManager, id: string): Promise<StoredFile | undefined> {
  const [row] = await execute<StoredFile>(em, `${SELECT} where f.id = ?::uuid`, [
    isUuid(id) ? id : NO_FILE,
  ]);
  return row;
}

/** Files that wait for their scan: those never tried first, so that none is in the way of others. */
export const quarantined = (em: EntityManager, atMost: number): Promise<StoredFile[]> =>
  execute<StoredFile>(
    em,
    `${SELECT} where f.state = 'QUARANTINED'
       order by f.scanned_at nulls first, f.uploaded_at, f.id limit ?`,
    [atMost],
  );

/** Files that prove nothing and were uploaded before an instant. */
export const abandoned = (em: EntityManager, before: Date, atMost: number): Promise<StoredFile[]> =>
  execute<StoredFile>(
    em,
    `${SELECT} where f.state in ('QUARANTINED', 'CLEAN') and f.uploaded_at < ?::timestamptz
       and not exists (select from self_entry e
         where e.proofs @> jsonb_build_array(jsonb_build_object('id', f.id::text)))
     order by f.uploaded_at, f.id limit ?`,
    [before, atMost],
  );

export interface NewFile {
  readonly id: string;
  readonly studentNo: string | undefined;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
  readonly mediaType: string;
  readonly size: number;
  readonly digest: string;
  readonly storedAs: string;
  readonly sealedKey: string;
}

const INSERT = `
  with file as (
    insert into file (id, student_no, uploaded_by, uploaded_at, media_type, size, digest, stored_as,
      state)
    values (?::uuid, ?, ?, ?::timestamptz, ?, ?, ?, ?, 'QUARANTINED') returning id
  )
  insert into file_key (file_id, sealed_key) select id, ? from file`;

export const insertFile = (em: EntityManager, file: NewFile): Promise<unknown> =>
  execute(em, INSERT, [
    file.id,
    file.studentNo ?? null,
    file.uploadedBy,
    file.uploadedAt,
    file.mediaType,
    file.size,
    file.digest,
    file.storedAs,
    file.sealedKey,
  ]);

/**
 * When somebody uploaded the earliest of his last files, of a number.
 *
 * @returns Nothing where he has uploaded fewer since an instant.
 */
export async function earliestOfLast(
  em: EntityManager,
  person: string,
  { count, since }: { readonly count: number; readonly since: Date },
): Promise<Date | undefined> {
  const sql = `select uploaded_at as at from file
    where uploaded_by = ? and uploaded_at > ?::timestamptz
    order by uploaded_at desc offset ? limit 1`;
  const [row] = await execute<{ at: string }>(em, sql, [person, since, count - 1]);
  return row && new Date(row.at);
}

/** A file was scanned; answers whether it still waited. */
export async function markScanned(
  em: EntityManager,
  id: string,
  state: FileState,
  at: Date,
): Promise<boolean> {
  const sql = `update file set state = ?, scanned_at = ?::timestamptz
    where id = ?::uuid and state = 'QUARANTINED' returning 1`;
  return (await execute(em, sql, [state, at, id])).length > 0;
}

/** A scan said nothing: the file waits on, behind the others. */
export const markTried = (em: EntityManager, id: string, at: Date): Promise<unknown> =>
  execute(em, 'update file set scanned_at = ?::timestamptz where id = ?::uuid', [at, id]);

/** Nobody opens a file any more: its key is gone. */
export const destroyKey = (em: EntityManager, id: string): Promise<unknown> =>
  execute(em, 'delete from file_key where file_id = ?::uuid', [id]);

export const markDestroyed = (em: EntityManager, id: string): Promise<unknown> =>
  execute(em, `update file set state = 'DESTROYED' where id = ?::uuid`, [id]);

const OWN = `
  select id from file where uploaded_by = ? and state in ('QUARANTINED', 'CLEAN')
    and id::text in (select jsonb_array_elements_text(?::jsonb))`;

/** Which of some numbers are files that somebody has uploaded himself, and that are still good. */
export async function ownFiles(
  em: EntityManager,
  person: string,
  numbers: readonly string[],
): Promise<ReadonlySet<string>> {
  const ids = numbers.filter(isUuid);
  const rows = await execute<{ id: string }>(em, OWN, [person, JSON.stringify(ids)]);
  return new Set(rows.map(({ id }) => id));
}
