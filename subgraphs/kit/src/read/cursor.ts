import type { Context } from '../call/context.js';
import { deriveKey, digest, open, seal } from '../call/crypto.js';
import { fault } from '../errors.js';

/** What a page is of: another list, filter, order, role or caller cannot use its cursors. */
export const listName = (list: string, filter: unknown, order: unknown): string =>
  digest(JSON.stringify([list, filter ?? null, order ?? null]));

const bound = (ctx: Context, list: string): string => {
  const { subject, role, purpose, caseId } = ctx.identity;
  return JSON.stringify([subject, role, purpose, caseId ?? '', list]);
};

const USE = 'cursor';

/** The office's key for cursors, derived once a call and not for each row of a page. */
const keyOf = (ctx: Context): Buffer => ctx.loader(USE, () => deriveKey(ctx.keyring.dataKey, USE));

/** Encrypt a position in a list for one caller. Source: DOMAIN 3.7(1). */
export const writeCursor = (ctx: Context, list: string, position: readonly unknown[]): string =>
  seal(keyOf(ctx), JSON.stringify(position), bound(ctx, list));

/**
 * Read a position back.
 *
 * @throws VALIDATION for a cursor of another list, filter, role or caller.
 */
export function readCursor(ctx: Context, list: string, cursor: string): unknown[] {
  try {
    return JSON.parse(open(keyOf(ctx), cursor, bound(ctx, list))) as unknown[];
  } catch {
    throw fault(
      'VALIDATION',
      'after: 游标不属于此列表。 This cursor does not belong to this list.',
    );
  }
}
