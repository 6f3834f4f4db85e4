/** What calls side by side write is one statement, and each of them waits for its own (0097, INV-12). */
import { gathered } from '@chengxin/kit/disclosure/gathered';
import { expect, test } from 'vitest';

/** A writer whose statements end when the test says so. */
function heldWriter() {
  const lots: { readonly several: readonly number[]; end(error?: Error): void }[] = [];
  const write = gathered<number>((several) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    lots.push({ several, end: (error) => (error ? reject(error) : resolve()) });
    return promise;
  });
  return { lots, write, written: () => lots.map(({ several }) => several) };
}
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const failure = (code: string) => Object.assign(new Error(code), { code });

test('what comes in one turn is one statement, what comes while it runs is the next', async () => {
  const { lots, write, written } = heldWriter();
  const first = [write(1), write(2)];
  await turn();
  const next = [write(3), write(4), write(5)];
  await turn();
  expect(written()).toEqual([[1, 2]]);
  let ended = 0;
  for (const one of next) void one.then(() => (ended += 1));
  lots[0]?.end();
  await Promise.all(first);
  await turn();
  expect([written(), ended]).toEqual([
    [
      [1, 2],
      [3, 4, 5],
    ],
    0,
  ]);
  lots[1]?.end();
  await Promise.all(next);
  const last = write(6);
  await turn();
  lots[2]?.end();
  await last;
  expect(written()).toEqual([[1, 2], [3, 4, 5], [6]]);
});

test('a value of one of them fails that one alone', async () => {
  const write = gathered<number>(async (several) => {
    if (several.includes(2)) throw failure('22P05');
  });
  const ends = await Promise.allSettled([write(1), write(2), write(3)]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

test('a database that is not there fails all of them at once, and none of those after it', async () => {
  let statements = 0;
  const write = gathered<number>(async () => {
    statements += 1;
    if (statements === 1) throw failure('57P01');
  });
  const ends = await Promise.allSettled([write(1), write(2)]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await write(3);
  expect(statements).toBe(2);
});

test('no statement grows without a bound', async () => {
  const sizes: number[] = [];
  const write = gathered<number>(async (several) => void sizes.push(several.length));
  await Promise.all(Array.from({ length: 250 }, (_, one) => write(one)));
  expect(sizes).toEqual([100, 100, 50]);
});
