/**
 * A thousand times ten actors at once on the rows of one student, at random: what comes of it, the
 * action table allows, with one line of the log for each change, and the credit is that of a
 * recomputation (ARCHITECTURE §7, INV-13). The oracle reads the reviewed table and no rule.
 */
import { purposesOf } from '@chengxin/kit/privacy/purposes';
import type { Role } from '@chengxin/kit/privacy/roles';
import * as fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CALLERS, bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { EnumValue, mutationText, outcomeOf } from '../support/mutate.js';
import { ownerOf } from '../support/sql.js';
import { appealPlan } from './appeal.plan.js';
import { conductPlan } from './conduct.plan.js';
import { goodRecordPlan } from './good-record.plan.js';
import { LAW, MUTATIONS, type LawRow } from './law.js';
import { moreOf, type NounPlan } from './plans.js';
import { mildRecord, repairPlan } from './repair.plan.js';
import { selfEntryPlan } from './self-entry.plan.js';

const TIMES = 1000;
const ACTORS = 10;
const NONE = 'NONE';
const NOW = '2026-04-13T10:00:00+08:00';
const PLANS: readonly NounPlan[] = [
  selfEntryPlan,
  appealPlan,
  conductPlan,
  repairPlan,
  goodRecordPlan,
];
/** A second person of a role, so that two may act on each other's work. */
const OTHERS: readonly (readonly [role: Role, person: string])[] = [
  ['COLLEGE_ADMIN', 'T0120'],
  ['SCHOOL_ADMIN', 'T0002'],
];

const machineOf = ({ noun, machine = noun }: NounPlan): string => machine;
const LAW_OF = new Map(LAW.map((row) => [row.action, row]));
/** What may be requested, each with the plan of its rows. */
const CHOICES = PLANS.flatMap((plan) =>
  MUTATIONS.filter(
    (row) =>
      row.machine === machineOf(plan) &&
      row.office === plan.office &&
      (plan.isOf?.(row.action) ?? true) &&
      (row.rights.has('STU_SELF') ||
        row.rights.has('COLLEGE_ADMIN') ||
        row.rights.has('SCHOOL_ADMIN')),
  ).map((row) => ({ plan, row })),
);
const makesRow = ({ from }: LawRow): boolean => from.length === 0 || from.includes(NONE);
const changesRow = ({ from }: LawRow): boolean => from.some((state) => state !== NONE);

let college: TestCollege;
let owner: pg.Client;
beforeAll(async () => {
  college = await startCollege({ at: NOW });
  await bringReferences(college);
  owner = await ownerOf(college, 'archive');
  await repairPlan.prepare?.(college);
});
afterAll(async () => {
  await owner.end();
  await college.stop();
});

interface Row {
  readonly id: string;
  readonly version: number;
  readonly state: string;
}
interface Line {
  readonly id: string;
  readonly action: string;
  readonly type: string;
  readonly target: string;
}

const rowsOf = async ({ table }: NounPlan): Promise<Row[]> =>
  (
    await owner.query<Row>(
      `select r.id::text, r.version, r.state from ${table} r
       where r.student_no = $1 order by r.recorded_at, r.id`,
      [STUDENT],
    )
  ).rows;
const linesAfter = async (id: string): Promise<Line[]> =>
  (
    await owner.query<Line>(
      `select l.id::text, l.action, l.target_type as type, l.target_id as target
       from operation_log l where l.id > $1 and l.target_id is not null order by l.id`,
      [id],
    )
  ).rows;

const OVER: ReadonlySet<string> = new Set([
  'REVOKED',
  'LIFTED',
  'REPAIRED',
  'EXPIRED',
  'DISMISSED',
  'WITHDRAWN',
  'SUPERSEDED',
  'DECIDED',
  'CLOSED',
  'REFUSED',
  'APPROVED_FULL',
  'NOT_ACCEPTED',
  'DECLINED',
]);
/** Rows that somebody can still act on; some are put there where all are over. */
async function alive(plan: NounPlan): Promise<Row[]> {
  const rows = (await rowsOf(plan)).filter(({ state }) => !OVER.has(state));
  // Few of them, so that actors meet.
  return rows.slice(-3);
}
async function fill(): Promise<void> {
  const states = new Set((await alive(conductPlan)).map(({ state }) => state));
  const isFull = states.has('ACTIVE') && (states.has('PROPOSED') || states.has('NOTIFIED'));
  if (isFull) return;
  if (!states.has('ACTIVE')) await mildRecord(college, STUDENT);
  if (!states.has('PROPOSED') && !states.has('NOTIFIED'))
    await conductPlan.seed(
      college,
      STUDENT,
      'NOTIFIED',
      { role: 'SCHOOL_ADMIN', person: null },
      '',
    );
  // What is put there past the door is scored by nobody.
  await runJob(college, 'archive', 'computeSnapshots');
}

/** So often all rows are taken away, so that no list grows without end. */
const CLEARED_EVERY = 20;
const TABLES = [
  'appeal',
  'repair_record',
  'repair_application',
  'conduct_record',
  'good_record',
  'self_entry',
  'notice',
];
async function clear(): Promise<void> {
  for (const table of TABLES)
    await owner.query(`delete from ${table} where student_no = $1`, [STUDENT]);
  await repairPlan.prepare?.(college);
}

interface Choice {
  readonly choice: number;
  readonly actor: number;
  readonly row: number;
  readonly isStale: boolean;
}
const choices = fc.array(
  fc.record({
    choice: fc.nat(),
    actor: fc.nat(),
    row: fc.nat(),
    isStale: fc.boolean(),
  }),
  { minLength: ACTORS, maxLength: ACTORS },
);
const pick = <T>(from: readonly T[], number: number): T | undefined => from[number % from.length];

/** Who may take it by the table, in each of his persons. */
const actorsOf = ({ rights }: LawRow) => [
  ...CALLERS.filter(([role]) => rights.has(role)),
  ...OTHERS.filter(([role]) => rights.has(role)).map(
    ([role, person]) => [role, person, {}] as const,
  ),
];

function headersOf(
  role: Role,
  usual: Readonly<Record<string, string>>,
  { rights }: LawRow,
  id: string | undefined,
): Record<string, string> {
  if (role === 'STU_SELF') return { ...usual };
  const purpose = rights.get(role)?.purpose ?? '';
  const isNamed = purposesOf(role).some((one) => one.name === purpose && one.needsReference);
  return {
    ...usual,
    'x-role': role,
    'x-purpose': purpose,
    ...(isNamed && id && { 'x-reference': id }),
  };
}

type Alive = ReadonlyMap<NounPlan, readonly Row[]>;

/** An appeal is filed against a record that is there: its plan would put a new one beside it. */
async function openingOf(plan: NounPlan, rows: Alive, role: Role, number: number) {
  if (plan !== appealPlan) return plan.opening(college, STUDENT, role);
  return {
    kind: new EnumValue('RECORD'),
    target: pick(rows.get(conductPlan) ?? [], number)?.id ?? '',
    grounds: 'it was not me',
    requestedOutcome: new EnumValue('REVOKE'),
  };
}

/** One request of an actor, and what it came to. */
async function once(rows: Alive, { choice, actor, row: number, isStale }: Choice): Promise<string> {
  const { plan, row } = pick(CHOICES, choice)!;
  const target = changesRow(row) ? pick(rows.get(plan) ?? [], number) : undefined;
  const [role, person, usual] = pick(actorsOf(row), actor)!;
  if (!target && !makesRow(row)) return 'nothing to act on';
  const seen = target && {
    id: target.id,
    expectedVersion: target.version - (isStale && number % 4 === 0 ? 1 : 0),
  };
  const opening = target ? {} : await openingOf(plan, rows, role, number);
  const args = { reason: 'a reason', ...opening, ...moreOf(plan, row.action, role), ...seen };
  const headers = headersOf(role, usual, row, target?.id);
  const text = mutationText({ name: row.mutation, noun: plan.noun, args });
  const answer = await college.request(person, text, { headers });
  const came = outcomeOf(answer, row.mutation);
  return came === 'OK' ? `OK ${row.action}` : came;
}

/** States in which a row can be after a line, by the table alone. */
function after(plan: NounPlan, states: readonly string[], { action }: Line): string[] {
  const law = LAW_OF.get(action);
  // The mark of another noun's action leaves the state as it was.
  if (law?.machine !== machineOf(plan)) return [...states];
  if (!states.length) return makesRow(law) ? [...law.to] : [];
  const isTaken = !law.from.length || states.some((state) => law.from.includes(state));
  return isTaken ? (law.to.length ? [...law.to] : [...states]) : [];
}

interface Known {
  states: readonly string[];
  version: number;
}

const MINUTES_AT_MOST = 15;

test(
  `${TIMES} times ${ACTORS} at once: the table allows what they leave, with a line for each change`,
  { timeout: MINUTES_AT_MOST * 60_000 },
  async () => {
    const known = new Map<string, Known>();
    const outcomes = new Map<string, number>();
    const [{ last } = { last: '0' }] = (
      await owner.query<{ last: string }>(
        'select coalesce(max(id), 0)::text as last from operation_log',
      )
    ).rows;
    let line = last;

    /** What the rows are now, against what their lines make of what they were. */
    async function judge(): Promise<string[]> {
      const wrong: string[] = [];
      const lines = await linesAfter(line);
      line = lines.at(-1)?.id ?? line;
      const byTarget = Map.groupBy(lines, ({ type, target }) => `${type} ${target}`);
      for (const plan of PLANS)
        for (const { id, version, state } of await rowsOf(plan)) {
          const own = byTarget.get(`${plan.noun} ${id}`) ?? [];
          const was = known.get(id) ?? { states: [], version: 0 };
          const states = own.reduce<string[]>(
            (from, one) => after(plan, from, one),
            [...was.states],
          );
          const actions = own.map(({ action }) => action).join(', ');
          if (!states.includes(state))
            wrong.push(`${plan.noun} from ${was.states.join('|')} by ${actions}: ${state}`);
          if (version - was.version !== own.length)
            wrong.push(`${plan.noun} ${was.version} → ${version}: ${actions}`);
          known.set(id, { states: [state], version });
        }
      return wrong;
    }

    /** Rows that the test puts there have no line. */
    async function noteNew(): Promise<void> {
      for (const plan of PLANS)
        for (const { id, version, state } of await rowsOf(plan))
          if (!known.has(id)) known.set(id, { states: [state], version });
    }

    let times = 0;
    await fc.assert(
      fc.asyncProperty(choices, async (some) => {
        if (times++ % CLEARED_EVERY === 0) {
          await clear();
          known.clear();
        }
        await fill();
        await noteNew();
        const rows = new Map<NounPlan, readonly Row[]>();
        for (const plan of PLANS) rows.set(plan, await alive(plan));
        const came = await Promise.all(some.map((one) => once(rows, one)));
        for (const one of came) outcomes.set(one, (outcomes.get(one) ?? 0) + 1);
        expect(await judge()).toEqual([]);
      }),
      { numRuns: TIMES, endOnFailure: true, seed: 20260413 },
    );

    // They met, and most of the actions were taken by somebody.
    expect(outcomes.get('VERSION_CONFLICT')).toBeGreaterThan(0);
    expect(outcomes.get('STATE_CONFLICT')).toBeGreaterThan(0);
    const taken = [...outcomes.keys()].filter((one) => one.startsWith('OK '));
    process.stdout.write(
      `interleavings: ${[...outcomes].map(([one, times]) => `${one} ${times}`).join(', ')}\n`,
    );
    expect(taken.length).toBeGreaterThan(CHOICES.length / 2);
    const strange = [...outcomes.keys()].filter((one) =>
      /INTERNAL|UNAVAILABLE|^nothing$/.test(one),
    );
    expect(strange).toEqual([]);
  },
);

test('the credit that they leave is that of a recomputation', async () => {
  const views = async () =>
    (
      await owner.query(
        `select grade, school_view, full_view, score_excluding_disputed from credit_snapshot
         where student_no = $1 and kind = 'PROVISIONAL' order by seq desc limit 1`,
        [STUDENT],
      )
    ).rows;
  const left = await views();
  expect(left).toHaveLength(1);
  await runJob(college, 'archive', 'computeSnapshots');
  expect(await views()).toEqual(left);
});
