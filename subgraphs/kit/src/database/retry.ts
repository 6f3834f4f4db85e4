/** Transactions that PostgreSQL takes back are run again, a bounded number of times. */
import { CALLER_GONE } from '../call/http.js';

/** A serialization failure, a deadlock: the same transaction may well succeed when it runs again. */
const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
/** Rows that others hold: they were held again, or for too long, or the statement took too long. */
const HELD: ReadonlySet<string> = new Set([...AGAIN, '55P03', '57014']);
/** A unique index refuses what a check would: the check finds it when the transaction runs again. */
export const UNIQUE_VIOLATION = '23505';
const TURNS = 4;

/** For a transaction that finds itself overtaken: it is run again like one that the database refuses. */
export const overtaken = (): Error =>
  Object.assign(new Error('Rows changed while they were written.'), { code: '40001' });

/** Codes of a failure and of what it was wrapped around. */
const codesOf = (error: unknown): string[] => {
  if (!(error instanceof Error)) return [];
  const { code } = error as { code?: unknown };
  return [...(typeof code === 'string' ? [code] : []), ...codesOf(error.cause)];
};

/** SQLSTATE of a failed statement, however often its error was wrapped. */
export const sqlState = (error: unknown): string | undefined =>
  codesOf(error).find((code) => /^[\dA-Z]{5}$/.test(code));

/** Name of the constraint that a statement broke, however often its error was wrapped. */
export function constraintOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { constraint } = error as { constraint?: unknown };
  return typeof constraint === 'string' ? constraint : constraintOf(error.cause);
}

/** Whether the database took the whole transaction back, so that it may run again. */
export const isTakenBack = (error: unknown): boolean => AGAIN.has(sqlState(error) ?? '');

/** Whether a transaction failed because others hold the rows that it needs. */
export const isHeldByOthers = (error: unknown): boolean => HELD.has(sqlState(error) ?? '');

/**
 * Run a whole transaction, and run it again when the database takes it back.
 *
 * @param more  Further states after which it is run again.
 */
export async function withRetries<T>(
  transaction: () => Promise<T>,
  more: readonly string[] = [],
): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await transaction();
    } catch (error) {
      const state = sqlState(error) ?? '';
      if (turn >= TURNS || !(AGAIN.has(state) || more.includes(state))) throw error;
    }
  }
}

const POOL_IS_BUSY = 'timeout exceeded when trying to connect';

/**
 * The database is not there, or does not take anybody: broken connections, shutdown, too few resources,
 * no such database.
 */
const NOT_THERE = /^(08...|57P..|53...|3D000|ECONNREFUSED|ECONNRESET|EPIPE)$/;

/** Why a statement was given up: the database took too long or is not there, or nobody waits any more. */
export function givenUpBecause(error: unknown): string | undefined {
  if (isHeldByOthers(error)) return sqlState(error);
  const missing = codesOf(error).find((code) => NOT_THERE.test(code));
  if (missing) return missing;
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (code === CALLER_GONE) return CALLER_GONE;
  return message === POOL_IS_BUSY ? 'NO_CONNECTION' : undefined;
}
