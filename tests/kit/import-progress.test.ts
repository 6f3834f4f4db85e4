import { PassThrough } from 'node:stream';
import { progressOn } from '@chengxin/kit/command/progress';
import { expect, test } from 'vitest';

/** What is written to a terminal, or to something else. */
function written(isTTY: boolean) {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 100 });
  return { out, all: () => String(out.read() ?? '') };
}

test('away from a terminal there is a plain line for every 100,000 rows (F-13)', () => {
  const { out, all } = written(false);
  const progress = progressOn(out);
  for (let rows = 2000; rows <= 250_000; rows += 2000) progress.read(rows, 250_001);
  progress.end();
  expect(all()).toBe('100000 rows\n200000 rows\n');
});

test('on a terminal a bar grows to its end, whatever the number of rows was thought to be (F-13)', () => {
  const { out, all } = written(true);
  const progress = progressOn(out);
  progress.read(2000, 8001);
  progress.read(6000, 8001);
  progress.read(9000, 9000);
  progress.end();
  const last = all().split('\u001b[1G').at(-1);
  expect(last).toBe(`${'█'.repeat(40)} 100%  9000 rows  0s\u001b[0K\u001b8\n`);
});

test('nothing is drawn for a file that was refused before a row was read (F-13)', () => {
  const { out, all } = written(true);
  progressOn(out).end();
  expect(all()).toBe('');
});
