/**
 * Rows made by one call, each decided by itself: what is named becomes a row, or is refused with a
 * result of its own. All of them are written together, so that the statements do not grow with them.
 */
import type { Context } from '../call/context.js';
import { actOf, type Act } from './act.js';
import { requireReason, requireRelation, tableRow } from './authorization.js';
import { NothingDone, payloadOf, refusedMany, resultOf, type ManyPayload } from './change-many.js';
import { checkRequest, type ChangeRequest } from './door.js';
import type { ChangeError } from './errors.js';
import { takeKey, type RowOutcome } from './idempotency-key.js';
import { numberOf, type ChangeableRow, type Noun } from './noun.js';
import type { Changes } from './write-row.js';
import { insertRows } from './write-rows.js';

/** What is to become of one that the request names: refused, made, or accepted without a row now. */
export interface Planned<Row> {
  readonly id: string;
  readonly error?: ChangeError;
  readonly changes?: Changes<Row>;
}

export interface Making<Row extends ChangeableRow> {
  /** What the request names, in its order. */
  readonly named: readonly string[];
  /**
   * Decide on each that is named, in that order; all rows name the same columns.
   *
   * @throws What is wrong with the request as a whole.
   */
  readonly plan: (act: Act) => Promise<readonly Planned<Row>[]>;
  /** What follows once the rows are written, in the same transaction. */
  readonly after?: (rows: readonly Row[], act: Act) => Promise<unknown>;
  /** Those of some rows that the actor sees, by their numbers. */
  readonly visible: (numbers: readonly string[]) => Promise<ReadonlyMap<string, Row>>;
}

const refusal = ({ id, error }: { readonly id: string; readonly error?: ChangeError }) => ({
  id,
  ...(error && { error }),
});

/**
 * Make some rows, each decided by itself: one that is refused leaves the others. One key covers the
 * call; where nothing is done none is kept.
 *
 * @throws FORBIDDEN_ACTION, PURPOSE_REQUIRED; all else stands in the payload or in the row's result.
 */
export async function makeMany<Row extends ChangeableRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  request: ChangeRequest,
  { named, plan, after, visible }: Making<Row>,
): Promise<ManyPayload> {
  const action = tableRow(name);
  const act = actOf(ctx, action, { type: noun.name, id: '' });

  /** Written and noted, in the order of the request. */
  const write = async (planned: readonly Planned<Row>[]): Promise<RowOutcome[]> => {
    const made = planned.flatMap(({ id, changes }) => (changes ? [{ id, changes }] : []));
    for (const { changes } of made) requireRelation(ctx, action, noun, changes as unknown as Row);
    const rows = await insertRows(
      ctx,
      { action, noun },
      made.map(({ changes }) => changes),
    );
    await after?.(rows, act);
    const byName = new Map(made.map(({ id }, at) => [id, numberOf(noun, rows[at] as Row)]));
    return planned.map((one) => {
      const rowId = byName.get(one.id);
      return { ...refusal(one), ...(rowId && { rowId }) };
    });
  };

  const shown = async (outcome: readonly RowOutcome[]) => {
    const rows = await visible(outcome.flatMap(({ rowId }) => rowId ?? []));
    return outcome.map((one) => resultOf(noun, one, rows.get(one.rowId ?? '')));
  };

  try {
    const results = await ctx.transaction.step(async () => {
      checkRequest(ctx, action, request);
      requireReason(action, request.reason);
      const key = await takeKey(ctx, name, request);
      if (key.outcome)
        return shown(key.outcome.map((one, at) => ({ ...one, id: named[at] ?? '' })));
      const planned = await plan(act);
      if (planned.every(({ error }) => error))
        throw new NothingDone(planned.map((one) => resultOf(noun, refusal(one), undefined)));
      const outcome = await write(planned);
      // The same request names them again: they need not be kept, whosever numbers they are.
      await key.keepOutcome(outcome.map((one) => ({ ...one, id: '' })));
      return shown(outcome);
    });
    return payloadOf(results);
  } catch (error) {
    return refusedMany(noun, error);
  } finally {
    ctx.forgetLoaded();
  }
}
