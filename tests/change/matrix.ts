/**
 * Every mutation of an office that is built, from each state, by each role, through the gateway and
 * straight at the office. The oracle reads the reviewed table alone: what it allows works, all else is
 * refused with the right code and changes nothing. The run prints how many mutations are proved.
 */
import { isDeepStrictEqual } from 'node:util';
import { builtMutations } from '@chengxin/kit/action/built';
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { ownerOf } from '../support/sql.js';
import { callOffice } from '../support/straight.js';
import { MUTATIONS, statesOf, type LawRow } from './law.js';
import {
  changedRows,
  fieldOf,
  mutationText,
  outcomeOf,
  tracesOf,
  type ChangedRow,
  type Mutation,
  type Traces,
} from '../support/mutate.js';
import { moreOf, type Actor, type NounPlan } from './plans.js';

/** A student whose rows are nobody's here but his own and the offices'. */
const OTHER = '2024020111';
const NO_ROW = '00000000-0000-4000-8000-00000000dead';
/** A second factor counts for five minutes: this one is a second too old. */
const STALE_MS = 301_000;

let college: TestCollege;
/** The owner's connection to the office of the plan. */
let owner: pg.Client;

const machineOf = ({ noun, machine = noun }: NounPlan): string => machine;

const mutationsOf = (plan: NounPlan): LawRow[] => {
  const built = new Set(builtMutations().map(({ name }) => name));
  return MUTATIONS.filter(
    ({ action, machine, office }) =>
      machine === machineOf(plan) &&
      office === plan.office &&
      built.has(action) &&
      (plan.isOf?.(action) ?? true),
  );
};

type Headers = Readonly<Record<string, string>>;
const askerOf = (role: Role): Actor & { readonly headers: Headers } => {
  const [, person = null, headers = {}] = CALLERS.find(([name]) => name === role) ?? [];
  return { role, person, headers };
};

/** As whoever has just logged in with a second factor, so that the table alone refuses (F-05). */
const ask = (person: string | null, text: string, headers: Headers = {}) =>
  college.request(person, text, { headers, secondFactorAt: college.clock.now() });

const NONE = 'NONE';
/** What a replay answers of a row that has left the actor's sight, or lies with another now. */
const GONE: ReadonlySet<string> = new Set(['NOT_FOUND', 'FORBIDDEN_ACTION']);
const makesRow = ({ from }: LawRow): boolean => from.length === 0 || from.includes(NONE);
/** A state from which it is taken; of a mutation that only makes rows, none. */
const anyState = ({ from }: LawRow): string => from.find((state) => state !== NONE) ?? NONE;

/** What the table says of a role, a purpose and a state, of a row that stands to him as it should. */
function expectedOf(
  { hidden, elsewhere }: NounPlan,
  row: LawRow,
  role: Role,
  purpose: string | undefined,
  state: string,
): string {
  const right = row.rights.get(role);
  if (!right) return 'FORBIDDEN_ACTION';
  if (purpose && purpose !== right.purpose) return 'PURPOSE_REQUIRED';
  if (hidden?.[role]?.includes(state)) return 'NOT_FOUND';
  if (elsewhere?.[row.action]?.[role]?.includes(state)) return 'FORBIDDEN_ACTION';
  const isTaken = state === NONE ? makesRow(row) : row.from.includes(state);
  return isTaken ? 'OK' : 'STATE_CONFLICT';
}

/** Arguments with which nothing but the table stands in the way. */
async function argumentsOf(
  plan: NounPlan,
  row: LawRow,
  studentNo: string,
  state: string,
  actor: Actor,
): Promise<Record<string, unknown>> {
  const more = moreOf(plan, row.action, actor.role);
  if (state === NONE) return { ...(await plan.opening(college, studentNo, actor.role)), ...more };
  const { id, version } = await plan.seed(college, studentNo, state, actor, row.action);
  const named = plan.isMany
    ? { ids: [id], expectedVersions: [version] }
    : { id, expectedVersion: version };
  return { ...named, reason: 'a reason', ...more };
}

/** States that are tried in one request. */
const together = ({ oneAtATime }: NounPlan, states: readonly string[]): (readonly string[])[] =>
  oneAtATime ? states.map((state) => [state]) : [states];

/** A mutation that makes rows alone is tried without one; one that also changes them, from each state too. */
const statesFrom = (plan: NounPlan, row: LawRow): readonly string[] => [
  ...(makesRow(row) ? [NONE] : []),
  ...(anyState(row) === NONE ? [] : (plan.states ?? statesOf(machineOf(plan)))),
];

const formOf = (
  { noun, isMany = false, fields }: NounPlan,
  { mutation: name }: Pick<LawRow, 'mutation'>,
) => ({ name, noun, isMany, ...(fields && { fields }) });

/** The mutation from each state, on a row of its own. */
async function fromEach(
  plan: NounPlan,
  row: LawRow,
  states: readonly string[],
  actor: Actor,
): Promise<readonly Mutation[]> {
  const mutations: Mutation[] = [];
  for (const alias of states) {
    const args = await argumentsOf(plan, row, STUDENT, alias, actor);
    mutations.push({ ...formOf(plan, row), alias, args });
  }
  return mutations;
}

/** Some states at once by one role: what is wrong with the answers, or with what they left. */
async function wrongBy(
  plan: NounPlan,
  row: LawRow,
  { role, person }: Actor,
  headers: Headers,
  mutations: readonly Mutation[],
  before: Traces,
): Promise<{ readonly wrong: readonly string[]; readonly after: Traces }> {
  const states = mutations.map(({ alias = '' }) => alias);
  const expectedFrom = (state: string) => expectedOf(plan, row, role, headers['x-purpose'], state);
  const answer = await ask(person, mutationText(...mutations), headers);
  const after = await tracesOf(owner, plan);
  const wrong = states.flatMap((state) => {
    const [came, expected] = [outcomeOf(answer, state), expectedFrom(state)];
    return came === expected ? [] : [`${role} from ${state}: ${came}, not ${expected}`];
  });
  const done = states.filter((state) => expectedFrom(state) === 'OK').length;
  const changed = changedRows(before, after).length;
  if (changed !== done) wrong.push(`${role}: ${changed} rows changed by ${done} changes`);
  if (after.keys - before.keys !== done) wrong.push(`${role}: ${after.keys - before.keys} keys`);
  const lines = after.log - before.log;
  if (done ? lines < done : lines !== 0) wrong.push(`${role}: ${lines} lines of the log`);
  if (!done && after.published !== before.published) wrong.push(`${role}: published`);
  return { wrong, after };
}

/** Whether the row says that the action may be taken; read from what refuses a version that is not its own. */
async function isOfferedTo(
  plan: NounPlan,
  row: LawRow,
  { person, headers }: ReturnType<typeof askerOf>,
  args: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const form = { ...formOf(plan, row), fields: 'availableActions' };
  const text = mutationText({ ...form, args: { ...args, expectedVersion: 1_000_000 } });
  const { data } = await ask(person, text, headers);
  const payload = data?.[row.mutation] as Readonly<Record<string, ChangedRow | null>> | undefined;
  const actions = payload?.[fieldOf(plan.noun)]?.['availableActions'] as readonly string[] | null;
  return actions?.includes(row.action) ?? false;
}

/**
 * The same request again answers as before and does nothing, or is refused to whom the row has left: no
 * row need be changeable for that. Tried by the first role alone.
 */
async function wrongAgain(
  plan: NounPlan,
  row: LawRow,
  actor: Actor,
  headers: Headers,
): Promise<readonly string[]> {
  const [first] = row.rights.keys();
  const state = anyState(row);
  if (
    actor.role !== first ||
    expectedOf(plan, row, actor.role, headers['x-purpose'], state) !== 'OK'
  )
    return [];
  const [mutation] = await fromEach(plan, row, [state], actor);
  const text = mutationText(mutation!);
  const came = outcomeOf(await ask(actor.person, text, headers), state);
  const before = await tracesOf(owner, plan);
  const again = outcomeOf(await ask(actor.person, text, headers), state);
  const isAnswered = again === came || GONE.has(again);
  return [
    ...(isAnswered ? [] : [`${actor.role} again: ${again}, and ${came} before`]),
    ...(isDeepStrictEqual(await tracesOf(owner, plan), before)
      ? []
      : [`${row.action} did it again`]),
  ];
}

/** A purpose whose reference names the row: one request a row, for rows that are an open task. */
async function wrongByReference(plan: NounPlan, row: LawRow, actor: Actor): Promise<string[]> {
  const right = row.rights.get(actor.role);
  const { headers } = askerOf(actor.role);
  const { openTask, reference: round } = plan;
  if (!(openTask || round) || !right || right.purpose === headers['x-purpose']) return [];
  if (!needsReference(actor.role, right.purpose)) return [];
  const wrong: string[] = [];
  for (const state of statesFrom(plan, row)) {
    if (!round && !openTask?.has(state)) continue;
    const mutations = await fromEach(plan, row, [state], actor);
    const reference = round ?? String(mutations[0]?.args['id']);
    const named = { ...headers, 'x-purpose': right.purpose, 'x-reference': reference };
    const before = await tracesOf(owner, plan);
    wrong.push(...(await wrongBy(plan, row, actor, named, mutations, before)).wrong);
  }
  return wrong;
}

const needsReference = (role: Role, purpose: string): boolean =>
  purposesOf(role).some((one) => one.name === purpose && one.needsReference);

/** Tests of all mutations of an office, by the plans of its nouns. */
export function proveMutations(office: string, plans: readonly NounPlan[]): void {
  const proved = new Set<string>();
  const titled = plans.map((plan) => ({ ...plan, title: plan.title ?? plan.noun }));
  beforeAll(async () => {
    college = await startCollege({ at: '2026-04-12T10:00:00+08:00' });
    await bringReferences(college);
    owner = await ownerOf(college, office);
    for (const plan of plans) await plan.prepare?.(college);
  });
  afterAll(async () => {
    await owner.end();
    await college.stop();
  });

  describe.each(titled)('$title', (plan) => {
    test.each(mutationsOf(plan).map((row) => [row.action, row] as const))(
      '%s works from the states and for the roles of the table, and for no other',
      async (_, row) => {
        const wrong: string[] = [];
        const states = statesFrom(plan, row);
        const refused = await fromEach(plan, row, states, askerOf('PUBLIC'));
        let last = await tracesOf(owner, plan);
        for (const [role] of CALLERS.filter(([name]) => !row.rights.has(name))) {
          const { headers, ...actor } = askerOf(role);
          const came = await wrongBy(plan, row, actor, headers, refused, last);
          wrong.push(...came.wrong);
          last = came.after;
        }
        for (const [role] of CALLERS.filter(([name]) => row.rights.has(name))) {
          const { headers, ...actor } = askerOf(role);
          for (const some of together(plan, states)) {
            const mutations = await fromEach(plan, row, some, actor);
            const before = await tracesOf(owner, plan);
            wrong.push(...(await wrongBy(plan, row, actor, headers, mutations, before)).wrong);
          }
          wrong.push(...(await wrongAgain(plan, row, actor, headers)));
          wrong.push(...(await wrongByReference(plan, row, actor)));
        }
        expect(wrong).toEqual([]);
        proved.add(row.action);
      },
    );

    test('what is another student’s, and what is not there, are one answer', async () => {
      const wrong: string[] = [];
      for (const row of mutationsOf(plan)) {
        if (row.rights.get('STU_SELF')?.relation !== 'SELF') continue;
        const state = anyState(row);
        const foreign = await argumentsOf(plan, row, OTHER, state, askerOf('STU_SELF'));
        const request = formOf(plan, row);
        const ask = (args: object) =>
          college.request(STUDENT, mutationText({ ...request, args: { ...args } }));
        const answer = await ask(foreign);
        if (outcomeOf(answer, request.name) !== 'NOT_FOUND') wrong.push(`${row.action}: foreign`);
        if (state === NONE) continue;
        if (JSON.stringify(await ask({ ...foreign, id: NO_ROW })) !== JSON.stringify(answer))
          wrong.push(`${row.action}: not there`);
      }
      expect(wrong).toEqual([]);
    });

    test('what wants a notice is refused, and not offered, until it was delivered (F-01)', async () => {
      const wrong: string[] = [];
      for (const row of mutationsOf(plan)) {
        const [role] = row.rights.keys();
        if (!row.notice || !role) continue;
        const { headers, ...actor } = askerOf(role as Role);
        const args = await argumentsOf(plan, row, STUDENT, anyState(row), actor);
        const isOffered = () => isOfferedTo(plan, row, askerOf(role as Role), args);
        if (!(await isOffered())) wrong.push(`${row.action} is not offered`);
        await owner.query('delete from notice_standing');
        if (await isOffered()) wrong.push(`${row.action} is offered`);
        const text = mutationText({ ...formOf(plan, row), args });
        const before = await tracesOf(owner, plan);
        const came = outcomeOf(
          await college.request(actor.person, text, { headers }),
          row.mutation,
        );
        if (came !== 'STATE_CONFLICT') wrong.push(`${row.action}: ${came}`);
        if (!isDeepStrictEqual(await tracesOf(owner, plan), before))
          wrong.push(`${row.action} has changed something`);
      }
      expect(wrong).toEqual([]);
    });

    test('what wants a second factor is refused without one that is fresh (F-05)', async () => {
      const wrong: string[] = [];
      for (const row of mutationsOf(plan)) {
        const [role] = row.rights.keys();
        if (!row.secondFactor || !role) continue;
        const { headers, ...actor } = askerOf(role as Role);
        const args = await argumentsOf(plan, row, STUDENT, anyState(row), actor);
        const text = mutationText({ ...formOf(plan, row), args });
        const before = await tracesOf(owner, plan);
        for (const secondFactorAt of [
          undefined,
          new Date(college.clock.now().getTime() - STALE_MS),
        ]) {
          const answer = await college.request(actor.person, text, { headers, secondFactorAt });
          const [error] = answer.errors ?? [];
          const says = error?.message.includes('Log in again');
          if (error?.extensions['reason'] !== 'SECOND_FACTOR' || !says)
            wrong.push(`${row.action}: ${outcomeOf(answer, row.mutation)}`);
        }
        if (!isDeepStrictEqual(await tracesOf(owner, plan), before))
          wrong.push(`${row.action} has changed something`);
        const fresh = new Date(college.clock.now().getTime() - STALE_MS + 1000);
        const came = await college.request(actor.person, text, { headers, secondFactorAt: fresh });
        if (outcomeOf(came, row.mutation) !== 'OK')
          wrong.push(`${row.action}: not with a fresh one`);
      }
      expect(wrong).toEqual([]);
    });

    test('straight at the office a role that the table does not name is refused too', async () => {
      const wrong: string[] = [];
      for (const row of mutationsOf(plan)) {
        const state = anyState(row);
        const args = await argumentsOf(plan, row, STUDENT, state, askerOf('PUBLIC'));
        const query = mutationText({ ...formOf(plan, row), args });
        const before = await tracesOf(owner, plan);
        for (const [role, person] of CALLERS) {
          if (row.rights.has(role)) continue;
          const identity = { ...importer(person ?? 'public', role), studentNo: STUDENT };
          const body = JSON.stringify({ query });
          const answer = (await callOffice(college, plan.office, identity, body)) as never;
          const came = outcomeOf(answer, row.mutation);
          if (came !== 'FORBIDDEN_ACTION') wrong.push(`${row.action} by ${role}: ${came}`);
        }
        if (!isDeepStrictEqual(await tracesOf(owner, plan), before))
          wrong.push(`${row.action} has changed something`);
      }
      expect(wrong).toEqual([]);
    });
  });

  test('each mutation of the office that is built is proved', () => {
    const own = builtMutations().filter((action) => action.office === office);
    process.stdout.write(`${office}: ${proved.size} mutations of the action table are proved.\n`);
    expect([...proved].toSorted()).toEqual(own.map(({ name }) => name).toSorted());
  });
}
