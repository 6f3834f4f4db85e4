/** Several rows decided by one call, one reason: each by itself, with a result of its own (F-09). */
import type { Context } from '../call/context.js';
import { execute } from '../database/orm.js';
import { isUuid } from '../database/uuid.js';
import { requireReason, requireRelation, tableRow } from './authorization.js';
import { byNumber } from './by-number.js';
import { changeRow, checkRequest, understood, type ChangeRequest, type Step } from './door.js';
import { invalid, mendable, ofRow, type ChangeError } from './errors.js';
import { takeKey, type RowOutcome } from './idempotency-key.js';
import { fieldOf, type ChangeableRow, type Noun } from './noun.js';
import { lockVisible, visibleAfter } from './visible-row.js';

/** Rows of one call: they are decided while the gateway waits. */
export const ROWS_AT_MOST = 50;

export interface ManyRequest extends ChangeRequest {
  readonly ids: readonly string[];
  /** Version of each, in the same order. */
  readonly expectedVersions: readonly number[];
}

/** What became of one row. */
export interface RowResult {
  readonly id: string;
  readonly ok: boolean;
  readonly errors: readonly ChangeError[];
  readonly [noun: string]: unknown;
}

export interface ManyPayload {
  /** Whether each of them is done. */
  readonly ok: boolean;
  /** What is wrong with the request as a whole: then there are no results. */
  readonly errors: readonly ChangeError[];
  readonly results: readonly RowResult[];
}

/** Nothing was changed: no key is kept, as of a single change that is refused. */
export class NothingDone extends Error {
  constructor(readonly results: readonly RowResult[]) {
    super('Nothing was changed.');
  }
}

function checkRows({ ids, expectedVersions }: ManyRequest): void {
  if (ids.length === 0 || ids.length > ROWS_AT_MOST)
    throw invalid('ids', `应为 1 至 ${ROWS_AT_MOST} 个。 1 to ${ROWS_AT_MOST} of them.`);
  if (new Set(ids).size < ids.length) throw invalid('ids', '有重复。 One stands there twice.');
  if (expectedVersions.length !== ids.length)
    throw invalid('expectedVersions', '每个 id 一个版本。 One for each id.');
}

interface Of<Row extends ChangeableRow> {
  readonly ctx: Context;
  readonly noun: Noun<Row>;
  readonly name: string;
}

/** In the order of their numbers, whatever order they are named in: two calls wait for each other. */
async function lockAll<Row extends ChangeableRow>({ ctx, noun }: Of<Row>, ids: readonly string[]) {
  const { table } = byNumber(noun);
  const known = ids.filter(isUuid);
  const sql = `select 1 from ${table} where id = any(?::uuid[]) order by id for no key update`;
  await execute(ctx.em, sql, [known]);
}

export const resultOf = <Row extends ChangeableRow>(
  noun: Noun<Row>,
  { id, error }: RowOutcome,
  row: Row | undefined,
): RowResult => ({ id, ok: !error, errors: error ? [error] : [], [fieldOf(noun)]: row ?? null });

/** One row, done as a whole or not at all; what is done before it stays. */
async function decideOne<Row extends ChangeableRow>(
  { ctx, noun, name }: Of<Row>,
  request: { readonly id: string; readonly expectedVersion: number; readonly reason?: string },
  step: Step<Row>,
): Promise<RowResult> {
  const action = tableRow(name);
  let present: Row | undefined;
  const seen = (row: Row) => void (present = row);
  const { id } = request;
  try {
    const row = await ctx.transaction.step(async () => {
      const written = await changeRow({ ctx, action, noun }, request, { step, seen });
      return visibleAfter(ctx, noun, written);
    });
    return resultOf(noun, { id }, row);
  } catch (thrown) {
    const error = ofRow(understood(noun, thrown));
    if (!error) throw thrown;
    return resultOf(noun, { id, error }, present);
  }
}

/** The same again: each row is authorised anew, and answered as before. */
async function replay<Row extends ChangeableRow>(
  { ctx, noun, name }: Of<Row>,
  outcome: readonly RowOutcome[],
): Promise<RowResult[]> {
  const results: RowResult[] = [];
  for (const one of outcome) {
    try {
      const row = await lockVisible(ctx, noun, one.id);
      requireRelation(ctx, tableRow(name), noun, row);
      results.push(resultOf(noun, one, row));
    } catch (thrown) {
      const error = ofRow(thrown);
      if (!error) throw thrown;
      results.push(resultOf(noun, { id: one.id, error }, undefined));
    }
  }
  return results;
}

const outcomeOf = ({ id, errors: [error] }: RowResult): RowOutcome => ({
  id,
  ...(error && { error }),
});

export const payloadOf = (results: readonly RowResult[]): ManyPayload => ({
  ok: results.every(({ ok }) => ok),
  errors: [],
  results,
});

/**
 * The payload where nothing was done.
 *
 * @throws The error itself, when the actor cannot mend it.
 */
export function refusedMany<Row extends ChangeableRow>(
  noun: Noun<Row>,
  error: unknown,
): ManyPayload {
  if (error instanceof NothingDone) return payloadOf(error.results);
  const reported = mendable(understood(noun, error));
  if (!reported) throw error;
  return { ok: false, errors: [reported], results: [] };
}

/**
 * Change some rows, each by itself: a row that is refused leaves the others. One key covers the call.
 * Of rows without a student alone: who may see one is said by the role.
 *
 * @param request  At most `ROWS_AT_MOST` rows.
 * @throws FORBIDDEN_ACTION, PURPOSE_REQUIRED; all else stands in the payload or in the row's result.
 */
export async function changeMany<Row extends ChangeableRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  request: ManyRequest,
  step: Step<Row>,
): Promise<ManyPayload> {
  const action = tableRow(name);
  const of = { ctx, noun, name };
  const { ids, expectedVersions, reason } = request;
  try {
    const results = await ctx.transaction.step(async () => {
      checkRequest(ctx, action, request);
      requireReason(action, reason);
      checkRows(request);
      const key = await takeKey(ctx, name, request);
      if (key.outcome) return replay(of, key.outcome);
      await lockAll(of, ids);
      const done: RowResult[] = [];
      for (const [at, id] of ids.entries()) {
        const one = { id, expectedVersion: expectedVersions[at] ?? 0, ...(reason && { reason }) };
        done.push(await decideOne(of, one, step));
      }
      if (!done.some(({ ok }) => ok)) throw new NothingDone(done);
      await key.keepOutcome(done.map(outcomeOf));
      return done;
    });
    return payloadOf(results);
  } catch (error) {
    return refusedMany(noun, error);
  } finally {
    ctx.forgetLoaded();
  }
}
