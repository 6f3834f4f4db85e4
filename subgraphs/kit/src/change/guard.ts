/**
 * Guards: what must hold of a row beside the action table before an action is taken on it. The door
 * asks them before the step, and `availableActions` of every row that it names: a noun says each once.
 */
import { GraphQLError } from 'graphql';
import type { Context } from '../call/context.js';
import type { Identity } from '../call/identity.js';
import type { EntityManager } from '../database/orm.js';

/** When a row is looked at, and by whom. */
export interface Moment {
  readonly identity: Identity;
  readonly now: Date;
  /** Calendar day at +08:00. */
  readonly today: string;
}

/** Why the action is not taken on each of some rows, in their order; undefined where it is. */
export type Guard<Row> = (
  ctx: Context,
  rows: readonly Row[],
) => Promise<readonly (GraphQLError | undefined)[]>;

/** What a check of one row refuses; any other error is a fault, and no answer. */
function refusalOf(check: () => void): GraphQLError | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/**
 * A guard that looks at the row alone.
 *
 * @param check  Throws why the action is not taken.
 */
export const guard =
  <Row>(check: (row: Row, at: Moment) => void): Guard<Row> =>
  (ctx, rows) =>
    Promise.resolve(rows.map((row) => refusalOf(() => check(row, ctx))));

/**
 * A guard that looks at what the actor reads beside the row.
 *
 * @param load   What he reads, of any number of rows in as many statements as of one, in their order.
 * @param check  Throws why the action is not taken.
 */
export const guardFor =
  <Row, Facts>(
    load: (ctx: Context, rows: readonly Row[]) => Promise<readonly Facts[]>,
    check: (row: Row, facts: Facts, at: Moment) => void,
  ): Guard<Row> =>
  async (ctx, rows) => {
    const facts = await load(ctx, rows);
    return rows.map((row, index) => refusalOf(() => check(row, facts[index] as Facts, ctx)));
  };

/**
 * A guard that looks at other rows too, whoever acts.
 *
 * @param load   What it looks at, of any number of rows in one statement, in their order.
 * @param check  As of `guardFor`.
 */
export const guardBy = <Row, Facts>(
  load: (em: EntityManager, rows: readonly Row[], at: Moment) => Promise<readonly Facts[]>,
  check: (row: Row, facts: Facts, at: Moment) => void,
): Guard<Row> => guardFor((ctx, rows) => load(ctx.em, rows, ctx), check);
