/** How long an office waits for its database, in milliseconds. */
export interface Deadlines {
  /** Connections at most; who wants one more waits. */
  readonly connections: number;
  /** For a connection, a free one or a new one. */
  readonly connection: number;
  /** For rows that another transaction holds. */
  readonly lock: number;
  /** For a statement, its locks included. */
  readonly statement: number;
  /** For the next statement of a transaction, before the server ends it. */
  readonly idle: number;
}

/** Calls: each wait ends before the gateway stops waiting, so that the office can say so. */
export const CALLS: Deadlines = {
  connections: 10,
  connection: 3000,
  lock: 3000,
  statement: 4000,
  idle: 10_000,
};

/** Imports and feeds, beside the calls: they may take long, but not for ever. */
export const WORK: Deadlines = {
  connections: 6,
  connection: 60_000,
  lock: 30_000,
  statement: 15 * 60_000,
  idle: 5 * 60_000,
};
