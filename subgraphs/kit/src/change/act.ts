/** What a step may know, and cause beside the change of its own row. */
import type { Action } from '../action/actions.js';
import type { Identity } from '../call/identity.js';
import type { EntityManager } from '../database/orm.js';
import { requireState, tableRow } from './authorization.js';
import type { ChangeableRow, Noun } from './noun.js';
import type { Target } from './operation-log.js';
import { lockRow } from './visible-row.js';
import type { Writer } from './writer.js';
import { updateRow, type Changes } from './write-row.js';
import { insertRows, updateRows } from './write-rows.js';

export interface Act {
  readonly by: Identity;
  readonly now: Date;
  /** Calendar day at +08:00. */
  readonly today: string;
  /**
   * Change a second row as a consequence: locked, logged with this action as its basis and, where it
   * takes an action of its own, from a state that the table allows. Its own right is not checked.
   *
   * @throws STATE_CONFLICT
   */
  also<Row extends ChangeableRow>(
    noun: Noun<Row>,
    id: string,
    step: (row: Row) => Changes<Row>,
    action?: string,
  ): Promise<Row>;
  /**
   * Change many rows alike as a consequence, which the step has locked: each logged as above, from
   * states that the table allows, in statements that do not grow with them.
   *
   * @throws STATE_CONFLICT
   */
  alsoAll<Row extends ChangeableRow>(
    noun: Noun<Row>,
    rows: readonly Row[],
    changes: Changes<Row>,
    action: string,
  ): Promise<void>;
  /** Make rows as a consequence, each logged; all name the same columns. */
  alsoMake<Row extends ChangeableRow>(
    noun: Noun<Row>,
    rows: readonly Changes<Row>[],
    action: string,
  ): Promise<Row[]>;
  /** What follows in the same transaction: a snapshot that is computed anew. */
  follow<T>(effect: (em: EntityManager, now: Date) => Promise<T>): Promise<T>;
}

/** The action for a mark on another row, of which no machine knows. */
const withoutStates = (action: Action): Action => ({ ...action, fromStates: [], toStates: [] });

/** @param on  Row that the action is taken on. */
export function actOf(ctx: Writer, action: Action, on: Target): Act {
  const { identity, now, today, em } = ctx;
  const basis = `${action.name} ${on.type} ${on.id}`;
  return {
    by: identity,
    now,
    today,
    async also(noun, id, step, name) {
      const own = name ? tableRow(name) : withoutStates(action);
      const row = await lockRow(ctx, noun, id);
      requireState(own, noun, row, now);
      return updateRow(ctx, own, noun, row, { changes: step(row), basis });
    },
    async alsoAll(noun, rows, changes, name) {
      const own = tableRow(name);
      for (const row of rows) requireState(own, noun, row, now);
      await updateRows(ctx, { action: own, noun, basis }, rows, changes);
    },
    alsoMake: (noun, rows, name) => insertRows(ctx, { action: tableRow(name), noun, basis }, rows),
    follow: (effect) => effect(em, now),
  };
}
