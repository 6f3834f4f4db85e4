/**
 * The one door of every write. In this order: right, idempotency key, row, relation, version, second
 * person, state of the row and of its student’s archive, notice, guard, step, reason; then the row and its
 * line in the log, in the transaction of the call (ARCHITECTURE §7, DOMAIN 2.7).
 */
import type { Action } from '../action/actions.js';
import type { Context } from '../call/context.js';
import { constraintOf } from '../database/retry.js';
import { actOf, type Act } from './act.js';
import {
  requireReason,
  requireRelation,
  requireRight,
  requireSecondPerson,
  requireState,
  tableRow,
} from './authorization.js';
import { changeFault, ChangeErrorCode, mendable, type ChangeError } from './errors.js';
import { hasHidden, takeKey, type IdempotencyKey } from './idempotency-key.js';
import { isFault } from '../errors.js';
import { fieldOf, numberOf, type ChangeableRow, type Noun, type VisibleRow } from './noun.js';
import { checkKey, checkText, REASON_AT_MOST } from './text.rules.js';
import { requireNotice } from './require-notice.js';
import { isShowable, lockVisible, visibleAfter } from './visible-row.js';
import { updateRow, type Changes } from './write-row.js';

/** What every mutation is requested with. */
export interface ChangeRequest {
  readonly clientMutationId: string;
  readonly reason?: string;
}
export interface RowRequest extends ChangeRequest {
  readonly id: string;
  readonly expectedVersion: number;
}

/**
 * The rule of a mutation: what changes of the row, or, thrown, why nothing does. Pure but for what it
 * causes through the act.
 */
export type Step<Row, From = Row> = (row: From, act: Act) => Changes<Row> | Promise<Changes<Row>>;

/** What follows once the row is written, in the same transaction: a snapshot that is computed anew. */
export type After<Row> = (row: Row, act: Act) => Promise<unknown>;

/** What a mutation answers: the row as it is now, where the actor sees it. */
export interface Payload {
  readonly ok: boolean;
  readonly errors: readonly ChangeError[];
  readonly [noun: string]: unknown;
}

/** What a refusal of the database means to the person who acts. */
export function understood<Row extends ChangeableRow>({ constraints }: Noun<Row>, error: unknown) {
  const meaning = constraints?.[constraintOf(error) ?? ''];
  return meaning ? changeFault(meaning.code, meaning.what, meaning.path) : error;
}

/**
 * The payload of what was refused, in the door or before it.
 *
 * @param present  The row as it stands, where the actor has come to see it.
 * @throws The error itself, when the actor cannot mend it.
 */
export function refusedPayload<Row extends ChangeableRow>(
  noun: Noun<Row>,
  error: unknown,
  present?: Row,
): Payload {
  const reported = mendable(error);
  if (!reported) throw error;
  return { ok: false, errors: [reported], [fieldOf(noun)]: present ?? null };
}

/** What stands before every change: the right to it, a key that can be kept, a reason that can be shown. */
export function checkRequest(
  ctx: Context,
  action: Action,
  { clientMutationId, reason }: ChangeRequest,
): void {
  requireRight(ctx, action);
  checkKey(clientMutationId);
  checkText('reason', reason ?? '', REASON_AT_MOST);
}

/** One change of a call: done as a whole, or not at all. */
export class Change<Row extends ChangeableRow> {
  /** The row as it stands: whoever came too late sees at once what he is to decide on. */
  private present: Row | undefined;

  constructor(
    readonly ctx: Context,
    readonly action: Action,
    readonly noun: Noun<Row>,
  ) {}

  async run(request: ChangeRequest, write: () => Promise<Row>): Promise<Payload> {
    const { ctx, action, noun } = this;
    try {
      const row = await ctx.transaction.step(async () => {
        checkRequest(ctx, action, request);
        const key = await takeKey(ctx, action.name, request);
        return key.replayed ? this.replay(key.replayed) : this.keep(key, await write());
      });
      return { ok: true, errors: [], [fieldOf(noun)]: this.shown(row) ?? null };
    } catch (error) {
      return refusedPayload(noun, understood(noun, error), this.shown(this.present));
    } finally {
      ctx.forgetLoaded();
    }
  }

  /**
   * The row of a key that was used before, for whoever may still take the action on it. Whoever lost sight
   * of it by what he did himself is answered as at first, without it (ARCHITECTURE §7).
   *
   * @throws NOT_FOUND for a row that he does not see for another reason.
   */
  private async replay(id: string): Promise<Row | undefined> {
    const { ctx, action, noun } = this;
    try {
      const row = await lockVisible(ctx, noun, id, { isReplay: true });
      requireRelation(ctx, action, noun, row);
      return row;
    } catch (error) {
      const isUnseen = isFault(error) && error.extensions['code'] === 'NOT_FOUND';
      if (isUnseen && (await hasHidden(ctx, id))) return undefined;
      throw error;
    }
  }

  private async keep(key: IdempotencyKey, written: Row): Promise<Row | undefined> {
    const id = numberOf(this.noun, written);
    await key.keep(id);
    const seen = await visibleAfter(this.ctx, this.noun, written);
    if (!seen) await key.keepOutcome([{ id }]);
    return seen;
  }

  stands(row: Row): void {
    if (isShowable(this.ctx, this.noun, row)) this.present = row;
  }

  private shown(row: Row | undefined): Row | undefined {
    const { ctx, noun } = this;
    return row && noun.shown ? noun.shown(ctx.identity, row) : row;
  }
}

/**
 * Change a row that is there.
 *
 * @throws NOT_FOUND, FORBIDDEN_ACTION, PURPOSE_REQUIRED; what the actor can mend stands in the payload.
 */
export function change<Row extends ChangeableRow>(
  ctx: Context,
  name: string,
  noun: Noun<Row>,
  request: RowRequest,
  step: Step<Row>,
  after?: After<Row>,
): Promise<Payload> {
  const action = tableRow(name);
  const one = new Change(ctx, action, noun);
  const seen = (row: Row) => one.stands(row);
  return one.run(request, () => changeRow({ ctx, action, noun }, request, { step, after, seen }));
}

/** @throws STATE_CONFLICT where nothing of the row’s student changes any more (F-08). */
export async function requireChangeable(
  ctx: Context,
  { name }: Action,
  { studentNo }: VisibleRow,
): Promise<void> {
  if (studentNo) await ctx.readOnlyStudents?.requireChangeable(ctx, name, studentNo);
}

interface Rule<Row> {
  readonly step: Step<Row>;
  readonly after?: After<Row> | undefined;
  /** Called with the row as it stands, once the actor may see it. */
  readonly seen: (row: Row) => void;
}

/** An action of a call, on rows of a noun. */
export interface Taken<Row extends ChangeableRow> {
  readonly ctx: Context;
  readonly action: Action;
  readonly noun: Noun<Row>;
}

/**
 * The row that is acted on: visible, related, as the actor saw it, with nobody acting twice, in a
 * state from which the table has a way, its student notified where the table wants it, and the guard
 * of its noun content.
 */
export async function rowOf<Row extends ChangeableRow>(
  { ctx, action, noun }: Taken<Row>,
  { id, expectedVersion }: Pick<RowRequest, 'id' | 'expectedVersion'>,
  seen: Rule<Row>['seen'],
): Promise<Row> {
  const row = await lockVisible(ctx, noun, id);
  requireRelation(ctx, action, noun, row);
  seen(row);
  if (row.version !== expectedVersion) throw changeFault(ChangeErrorCode.VERSION_CONFLICT);
  await requireSecondPerson(ctx, action, noun, row);
  requireState(action, noun, row, ctx.now);
  await requireChangeable(ctx, action, row);
  await requireNotice(ctx, action, noun, row);
  const [refusal] = (await noun.guards?.[action.name]?.(ctx, [row])) ?? [];
  if (refusal) throw refusal;
  return row;
}

/** What a step on a row may know and cause. */
export const actOn = <Row extends ChangeableRow>(
  { ctx, action, noun }: Taken<Row>,
  row: Row,
): Act => actOf(ctx, action, { type: noun.name, id: numberOf(noun, row) });

/** Change one row once its request is authorised and its key is taken: its version, or why not. */
export async function changeRow<Row extends ChangeableRow>(
  taken: Taken<Row>,
  { reason, ...request }: Omit<RowRequest, 'clientMutationId'>,
  { step, after, seen }: Rule<Row>,
): Promise<Row> {
  const { ctx, action, noun } = taken;
  const row = await rowOf(taken, request, seen);
  const act = actOn(taken, row);
  const changes = await step(row, act);
  requireReason(action, reason);
  const written = await updateRow(ctx, action, noun, row, { changes, reason });
  await after?.(written, act);
  return written;
}
