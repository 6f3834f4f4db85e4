/** Seals as the database keeps them. */
import { DIGEST_BYTES } from './merkle.rules.js';
import type { Leaf, Seal } from './seal.rules.js';
import { instantText, type Run } from './sealed-log.js';

export interface StoredSeal extends Seal {
  readonly signature: string;
  /** Digests of its rows. */
  readonly leaves: readonly Buffer[];
}

interface Row extends Omit<StoredSeal, 'leaves'> {
  readonly leaves: string;
}

const COLUMNS = `log, number::text as number, after_id::text as "afterId", last_id::text as "lastId",
  array(select unnest(ids)::text) as ids, encode(leaves, 'hex') as leaves, root, previous,
  ${instantText('sealed_at')} as "sealedAt", key_id as "keyId", signature`;

function read({ leaves, ...seal }: Row): StoredSeal {
  const bytes = Buffer.from(leaves, 'hex');
  const count = bytes.length / DIGEST_BYTES;
  const leafAt = (_: unknown, i: number) =>
    bytes.subarray(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES);
  return { ...seal, leaves: Array.from({ length: count }, leafAt) };
}

/** The newest seal of a log. */
export async function lastSeal(run: Run, log: string): Promise<StoredSeal | undefined> {
  const [row] = await run<Row>(
    `select ${COLUMNS} from log_seal where log = ? order by log_seal.number desc limit 1`,
    [log],
  );
  return row && read(row);
}

/** The seal that comes after a number. */
export async function sealAfter(
  run: Run,
  log: string,
  number: string,
): Promise<StoredSeal | undefined> {
  const [row] = await run<Row>(
    `select ${COLUMNS} from log_seal where log = ? and number > ?::bigint
     order by log_seal.number limit 1`,
    [log, number],
  );
  return row && read(row);
}

/** Two who seal at once do so one after the other: the second finds the number taken. */
export const storeSeal = (
  run: Run,
  { log, number, afterId, lastId, root, previous, sealedAt, keyId }: Seal,
  rows: readonly Leaf[],
  signature: string,
): Promise<unknown> =>
  run(
    `insert into log_seal (log, number, after_id, last_id, ids, leaves, root, previous, sealed_at,
       key_id, signature)
     values (?, ?::bigint, ?::bigint, ?::bigint, ?::bigint[], decode(?, 'hex'), ?, ?, ?, ?, ?)`,
    [
      log,
      number,
      afterId,
      lastId,
      rows.map(({ id }) => id),
      Buffer.concat(rows.map(({ leaf }) => leaf)).toString('hex'),
      root,
      previous,
      sealedAt,
      keyId,
      signature,
    ],
  );
