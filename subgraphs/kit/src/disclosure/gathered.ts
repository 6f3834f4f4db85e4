/** One statement for what calls side by side write: while one is under way, the next ones gather. */
import { setImmediate as tick } from 'node:timers/promises';
import { sqlState } from '../database/retry.js';

/** More of them are written by the statement after it. */
const AT_MOST = 100;
/** SQLSTATE classes of what is wrong with a value: that of one call fails no other. */
const OF_A_VALUE = /^2[23]/;

interface Waiting<One> {
  readonly one: One;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * @param write  Writes several by one statement, all of them or none.
 * @returns Writes one; it resolves once that is written, and rejects when it is not.
 */
export function gathered<One>(
  write: (several: readonly One[]) => Promise<unknown>,
): (one: One) => Promise<void> {
  let waiting: Waiting<One>[] = [];
  let isUnderWay = false;

  async function writeLot(lot: readonly Waiting<One>[]): Promise<void> {
    try {
      await write(lot.map(({ one }) => one));
      for (const { done } of lot) done();
    } catch (error) {
      if (lot.length > 1 && OF_A_VALUE.test(sqlState(error) ?? ''))
        await Promise.all(lot.map((alone) => writeLot([alone])));
      else for (const { failed } of lot) failed(error);
    }
  }

  async function writeWaiting(): Promise<void> {
    isUnderWay = true;
    // All that comes in this turn of the event loop.
    await tick();
    while (waiting.length) {
      const lot = waiting.slice(0, AT_MOST);
      waiting = waiting.slice(AT_MOST);
      await writeLot(lot);
    }
    isUnderWay = false;
  }

  return (one) =>
    new Promise<void>((done, failed) => {
      waiting.push({ one, done, failed });
      if (!isUnderWay) void writeWaiting();
    });
}
