/** How far the action table is built; `matrix-<office>.test.ts` proves each mutation that is. */
import { loadOffices } from '@chengxin/college/office-list';
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

/** Jobs that every office has of the kit, and what it does as a feed is read. */
const OF_THE_KIT = [
  'applyBatches',
  'backup',
  'endRevoked',
  'followNumbers',
  'pruneOutbox',
  'restoreTest',
  'sendNotices',
];
/** Jobs of the table that go on with something else: an import, and the feeds. */
const BY_OTHER_MEANS = ['archive.open', 'feed.deliver', 'providerMalice.accept'];

test('of foundation, privacy and life, what is built, and what waits', async () => {
  const built = new Set(builtMutations().map(({ name }) => name));
  const own = (await loadOffices()).flatMap((office) => office.jobs ?? []);
  const jobs = new Set([...own.map(({ name }) => name), ...OF_THE_KIT]);
  const waiting = LAW.filter(({ action, mutation, builtIn }) => {
    if (!['foundation', 'privacy', 'life'].includes(builtIn)) return false;
    if (!mutation.includes(':')) return !built.has(action);
    const [door, name = ''] = mutation.split(':');
    return door === 'job' && !jobs.has(name) && !BY_OTHER_MEANS.includes(action);
  });
  process.stdout.write(`${waiting.length} left.\n`);
  expect(waiting.map(({ action }) => action)).toEqual([]);
});

/** What is reviewed, appealed against, repaired or sanctioned: whoever is related to the student keeps out. */
const KEPT_APART = ['Appeal', 'SanctionAppeal', 'Repair', 'HumanReview', 'Sanction'];

test('every step of a person in a matter of a student leaves out who declared a relation (F-02)', () => {
  const steps = LAW.filter(
    ({ machine, from, rights }) =>
      KEPT_APART.includes(machine) &&
      from.length > 0 &&
      [...rights.keys()].some((role) => role !== 'STU_SELF'),
  );
  expect(steps.length).toBeGreaterThan(20);
  expect(
    steps
      .filter(({ secondPerson }) => !secondPerson.includes('relation.declared'))
      .map(({ action }) => action),
  ).toEqual([]);
});
