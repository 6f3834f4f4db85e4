/** Notices of which nothing may remain: the row, its messages, and what the log says of it (3.6, INV-10). */
import { execute, type EntityManager } from '@chengxin/kit/database/orm';

const DESTROY = `select destroy_keys_of_gone(?::uuid[])`;

/**
 * Destroy the keys of rows that were deleted: no line of the log opens any more that has a reason, a
 * statement or grounds of theirs.
 */
export async function destroyKeysOf(em: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length) await execute(em, DESTROY, [ids]);
}

/** @param which  SQL over `n`, with its parameters. */
export async function forgetNotices(
  em: EntityManager,
  which: string,
  parameters: readonly unknown[],
): Promise<void> {
  const sql = `delete from notice n where ${which} returning n.id`;
  const gone = await execute<{ id: string }>(em, sql, [...parameters]);
  await destroyKeysOf(
    em,
    gone.map(({ id }) => id),
  );
}
