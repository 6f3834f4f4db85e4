/** How far the action table is built; `matrix-<office>.test.ts` proves each mutation that is. */
import { builtMutations } from '@chengxin/kit/action/built';
import { expect, test } from 'vitest';
import { LAW, MUTATIONS } from './law.js';

const OFFICES_PROVED = ['academics', 'archive', 'finance', 'security', 'thirdparty', 'youthleague'];

test('the mutations of the table that are built, and those that wait', () => {
  const built = builtMutations();
  const waiting = MUTATIONS.length - built.length;
  process.stdout.write(
    `${built.length} of ${MUTATIONS.length} mutations of the action table (${LAW.length} rows) are built; ${waiting} wait.\n`,
  );
  expect(built.filter(({ office }) => !OFFICES_PROVED.includes(office))).toEqual([]);
});
