/**
 * Every mutation that is built, from each state, by each role, through the gateway and straight at its
 * office. The oracle reads the reviewed table alone: what it allows works, all else is refused with the
 * right code and changes nothing. The run prints how many rows of the table are proved.
 */
import { isDeepStrictEqual } from 'node:util';
import { builtMutations } from '@chengxin/kit/action/built';
import type { Role } from '@chengxin/kit/privacy/roles';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ASKERS, bringReferences, STUDENT } from '../support/askers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { ownerOf } from '../support/sql.js';
import { askOffice } from '../support/straight.js';
import { deferralPlan } from './deferral.plan.js';
import { LAW, MUTATIONS, statesOf, type LawRow } from './law.js';
import { changedRows, mutationText, outcomeOf, tracesOf, type Mutation } from './mutate.js';
import type { NounPlan } from './plans.js';

const PLANS: readonly NounPlan[] = [deferralPlan];
/** A student whose rows are nobody's here but his own and the offices'. */
const OTHER = '2024020111';
const NO_ROW = '00000000-0000-4000-8000-00000000dead';

let college: TestCollege;
/** The owner's connection to the office of the plan. */
let owner: pg.Client;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
  await bringReferences(college);
});
afterAll(() => college.stop());

const mutationsOf = ({ noun }: NounPlan): LawRow[] => {
  const built = new Set(builtMutations().map(({ name }) => name));
  return MUTATIONS.filter(({ action, machine }) => machine === noun && built.has(action));
};

const purposeOf = (role: string): string | undefined =>
  ASKERS.find(([name]) => name === role)?.[2]['x-purpose'];

/** What the table says of a role and a state, of a row that stands to him as it should. */
function expectedOf(row: LawRow, role: Role, state: string): string {
  const right = row.rights.get(role);
  if (!right) return 'FORBIDDEN_ACTION';
  const purpose = purposeOf(role);
  if (purpose && purpose !== right.purpose) return 'PURPOSE_REQUIRED';
  return row.from.length === 0 || row.from.includes(state) ? 'OK' : 'STATE_CONFLICT';
}

const makesRow = ({ from }: LawRow): boolean => from.length === 0 || from.includes('NONE');

/** Arguments with which nothing but the table stands in the way. */
async function argumentsOf(plan: NounPlan, row: LawRow, studentNo: string, state: string) {
  if (state === 'NONE') return plan.opening(college, studentNo);
  const { id, version } = await plan.seed(college, studentNo, state);
  return { id, expectedVersion: version, reason: 'a reason', ...plan.more?.[row.action] };
}

const askerOf = (role: Role) => {
  const [, person = null, headers = {}] = ASKERS.find(([name]) => name === role) ?? [];
  return { person, headers };
};

/** The mutation from each state, on a row of its own. */
async function fromEachState(plan: NounPlan, row: LawRow): Promise<readonly Mutation[]> {
  const mutations: Mutation[] = [];
  for (const alias of makesRow(row) ? ['NONE'] : statesOf(plan.noun)) {
    const args = await argumentsOf(plan, row, STUDENT, alias);
    mutations.push({ alias, name: row.mutation, noun: plan.noun, args });
  }
  return mutations;
}

/** All states at once by one role: what is wrong with the answers, or with what they left. */
async function wrongBy(
  plan: NounPlan,
  row: LawRow,
  role: Role,
  mutations: readonly Mutation[],
): Promise<string[]> {
  const states = mutations.map(({ alias = '' }) => alias);
  const before = await tracesOf(owner, plan);
  const { person, headers } = askerOf(role);
  const answer = await college.ask(person, mutationText(...mutations), { headers });
  const after = await tracesOf(owner, plan);
  const wrong = states.flatMap((state) => {
    const [came, expected] = [outcomeOf(answer, state), expectedOf(row, role, state)];
    return came === expected ? [] : [`${role} from ${state}: ${came}, not ${expected}`];
  });
  const done = states.filter((state) => expectedOf(row, role, state) === 'OK').length;
  const changed = changedRows(before, after).length;
  if (changed !== done) wrong.push(`${role}: ${changed} rows changed by ${done} changes`);
  if (after.keys - before.keys !== done) wrong.push(`${role}: ${after.keys - before.keys} keys`);
  const lines = after.log - before.log;
  if (done ? lines < done : lines !== 0) wrong.push(`${role}: ${lines} lines of the log`);
  if (!done && after.published !== before.published) wrong.push(`${role}: published`);
  return wrong;
}

const proved = new Set<string>();

describe.each(PLANS)('$noun', (plan) => {
  beforeAll(async () => {
    owner = await ownerOf(college, plan.office);
  });
  afterAll(() => owner.end());

  test.each(mutationsOf(plan).map((row) => [row.action, row] as const))(
    '%s works from the states and for the roles of the table, and for no other',
    async (_, row) => {
      const wrong: string[] = [];
      const refused = await fromEachState(plan, row);
      for (const [role] of ASKERS) {
        const mutations = row.rights.has(role) ? await fromEachState(plan, row) : refused;
        wrong.push(...(await wrongBy(plan, row, role, mutations)));
      }
      expect(wrong).toEqual([]);
      proved.add(row.action);
    },
  );

  test('what is another student’s, and what is not there, are one answer', async () => {
    const wrong: string[] = [];
    for (const row of mutationsOf(plan)) {
      if (row.rights.get('STU_SELF')?.relation !== 'SELF') continue;
      const state = makesRow(row) ? 'NONE' : (row.from[0] ?? '');
      const foreign = await argumentsOf(plan, row, OTHER, state);
      const name = row.mutation;
      const ask = (args: object) =>
        college.ask(STUDENT, mutationText({ name, noun: plan.noun, args: { ...args } }));
      const answer = await ask(foreign);
      if (outcomeOf(answer, name) !== 'NOT_FOUND') wrong.push(`${row.action}: foreign`);
      if (state === 'NONE') continue;
      if (JSON.stringify(await ask({ ...foreign, id: NO_ROW })) !== JSON.stringify(answer))
        wrong.push(`${row.action}: not there`);
    }
    expect(wrong).toEqual([]);
  });

  test('straight at the office a role that the table does not name is refused too', async () => {
    const wrong: string[] = [];
    for (const row of mutationsOf(plan)) {
      const state = makesRow(row) ? 'NONE' : (row.from[0] ?? '');
      const args = await argumentsOf(plan, row, STUDENT, state);
      const query = mutationText({ name: row.mutation, noun: plan.noun, args });
      const before = await tracesOf(owner, plan);
      for (const [role, person] of ASKERS) {
        if (row.rights.has(role)) continue;
        const identity = { ...importer(person ?? 'public', role), studentNo: STUDENT };
        const body = JSON.stringify({ query });
        const answer = (await askOffice(college, plan.office, identity, body)) as never;
        const came = outcomeOf(answer, row.mutation);
        if (came !== 'FORBIDDEN_ACTION') wrong.push(`${row.action} by ${role}: ${came}`);
      }
      if (!isDeepStrictEqual(await tracesOf(owner, plan), before))
        wrong.push(`${row.action} has changed something`);
    }
    expect(wrong).toEqual([]);
  });
});

test('the rows of the table that are proved', () => {
  const waiting = MUTATIONS.length - proved.size;
  process.stdout.write(
    `${proved.size} of ${MUTATIONS.length} mutations of the action table (${LAW.length} rows) are proved; ${waiting} wait for later issues.\n`,
  );
  expect([...proved].toSorted()).toEqual(
    builtMutations()
      .map(({ name }) => name)
      .toSorted(),
  );
});
