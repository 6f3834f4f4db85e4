/**
 * Locks on many rows. Within a table they are taken by key, so that two transactions that need the
 * same rows wait for each other and never for ever. Across tables an office keeps to the order of its
 * `lock-order.ts`.
 */
import { execute, type EntityManager } from './orm.js';

export interface RowLock {
  readonly table: string;
  /** Column that names a row. */
  readonly key: string;
}

const statement = ({ table, key }: RowLock, keys: string): string =>
  `select 1 from ${table} where ${key} in (${keys}) order by ${key} for no key update`;

/** Lock rows to the end of the transaction; others may still refer to them. */
export const lockRows = (em: EntityManager, lock: RowLock, keys: readonly string[]) =>
  execute(em, statement(lock, 'select unnest(?::text[])'), [keys]);

/** Lock the rows that the staged rows of a batch name in a field. */
export const lockStaged =
  (lock: RowLock, field: string) =>
  (em: EntityManager, batchId: string): Promise<unknown> =>
    execute(
      em,
      statement(lock, `select value->>'${field}' from import_row where batch_id = ?::uuid`),
      [batchId],
    );
