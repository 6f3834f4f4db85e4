/**
 * What is proposed about a student is there for those alone who propose, check or decide it, until he
 * has been notified: in its own entrance, and in whatever names it (DOMAIN 3.7(15)). Every type, every
 * state, every role; the whole answer is compared with that of a student without it.
 */
import { BEFORE_NOTICE, type NotifiedType } from '@chengxin/archive/row-groups/before-notice';
import { actionOf } from '@chengxin/kit/action/actions';
import { readTable } from '@chengxin/kit/privacy/tables';
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { requestAll, differing, type Answers } from '../support/whole-answers.js';
import { StudentRows } from './procedure-rows.js';

let college: TestCollege;
let without: Answers;
const rows = new StudentRows(() => college, STUDENT);

beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await rows.record('BASE', 'D3-06', 'BAD_CONDUCT', 'SAO', 'ACTIVE');
  await rows.submission('BASE-SENT', 1, 'BASE', 'SENT');
  without = await requestAll(college);
});
afterAll(() => college.stop());

interface Proposal {
  readonly table: string;
  /** Who proposes, checks and decides it. */
  readonly actors: readonly Role[];
  put(state: string): Promise<void>;
  /** The first state after the notice; none of a good record, which has no notice. */
  readonly notified?: string;
}
const SCHOOL: readonly Role[] = ['COLLEGE_ADMIN', 'SCHOOL_ADMIN'];
/** One for each type: the compiler requires the next one. */
const PROPOSALS: Readonly<Record<NotifiedType, Proposal>> = {
  ConductRecord: {
    table: 'conduct_record',
    actors: SCHOOL,
    put: (state) => rows.record('NEW', 'D3-01', 'BAD_CONDUCT', 'SAO', state),
    notified: 'NOTIFIED',
  },
  GoodRecord: {
    table: 'good_record',
    actors: SCHOOL,
    put: (state) =>
      rows.put('NEW', 'good_record', {
        indicator_code: 'P-01',
        origin_group: 'GOOD_CONDUCT',
        source_office: 'SAO',
        occurred_on: '2026-03-01',
        state,
        source_subgraph: 'archive',
        source_typename: 'GoodRecord',
        source_id: 'NEW',
        source_version: 1,
        recorded_at: '2026-03-02T00:00:00Z',
      }),
  },
  Sanction: {
    table: 'sanction',
    actors: SCHOOL,
    put: (state) => rows.sanction('NEW', 'SAO', state, '2026-03-01'),
    notified: 'NOTICE_GIVEN',
  },
  Warning: {
    table: 'warning',
    actors: [],
    put: (state) => rows.warning('NEW', 9, 'COL', ['BAD_CONDUCT'], { state }, ['BASE']),
    notified: 'NOTIFIED',
  },
  KeyAttention: {
    table: 'key_attention',
    actors: SCHOOL,
    put: (state) => rows.attention('NEW', '2026-03-01', state, 'BASE'),
    notified: 'NOTIFIED',
  },
  Measure: {
    table: 'measure',
    actors: SCHOOL,
    put: (state) => rows.measure('NEW', 9, 'SAO', 'BASE', { state }),
    notified: 'NOTIFIED',
  },
  Submission: {
    table: 'submission',
    actors: ['SCHOOL_ADMIN'],
    put: (state) => rows.submission('NEW', 9, 'BASE', state),
    notified: 'NOTICE_TO_PERSON',
  },
};
const TYPES = Object.keys(BEFORE_NOTICE) as NotifiedType[];
const CASES = TYPES.flatMap((type) => BEFORE_NOTICE[type].states.map((state) => [type, state]));
/** It ends before its notice, and nobody finds it but for an appeal or a repair. */
const ENDED = [['Sanction', 'WITHDRAWN']] as const;

const forget = (table: string) =>
  asOwner(college, 'archive', `delete from ${table} where id = $1`, [rows.id('NEW')]);
/** A notice and an appeal about the row, which name it by its number alone. */
async function nameIt(type: NotifiedType): Promise<void> {
  const about = { subject_typename: type, subject_id: rows.id('NEW') };
  await rows.notice('ABOUT', 9, 'SAO', ['SUPERVISION'], about);
  const against = { target_typename: type, target_id: rows.id('NEW') };
  await rows.appeal('AGAINST', 9, 'SAO', ['SUPERVISION'], against);
}
let put: string | undefined;
afterEach(async () => {
  await asOwner(college, 'archive', 'delete from notice; delete from appeal');
  if (put) await forget(put);
  put = undefined;
});

/** Every role selects everything. */
const LONG = { timeout: 180_000 };

test.each(CASES as [NotifiedType, string][])(
  '%s in state %s: nobody but those who propose, check or decide it finds it, or what names it (3.7(15))',
  LONG,
  async (type, state) => {
    const { table, actors, put: propose } = PROPOSALS[type];
    await propose(state);
    put = table;
    await nameIt(type);
    expect(differing(without, await requestAll(college))).toEqual(actors);
  },
);

test.each(ENDED)(
  '%s in state %s is found by nobody, nor is what names it (3.7(15))',
  LONG,
  async (type, state) => {
    const { table, put: propose } = PROPOSALS[type];
    await propose(state);
    put = table;
    await nameIt(type);
    expect(differing(without, await requestAll(college))).toEqual([]);
  },
);

test.each(TYPES.flatMap((type) => (PROPOSALS[type].notified ? [[type]] : [])) as [NotifiedType][])(
  '%s is there for the student from its notice on',
  async (type) => {
    const { table, put: propose, notified = '' } = PROPOSALS[type];
    await propose(notified);
    put = table;
    expect(differing(without, await requestAll(college, ['STU_SELF']))).toEqual(['STU_SELF']);
  },
);

test('a submission brings nobody before the discipline officer until its notice (note 12)', async () => {
  await asOwner(college, 'archive', `delete from submission`);
  const query = '{ students { nodes { studentNo } } }';
  const found = async (state: string) => {
    await rows.submission('NEW', 9, 'BASE', state);
    const { data } = await college.request('T0801', query);
    await forget('submission');
    return data;
  };
  const nodes = (...list: string[]) => ({
    students: { nodes: list.map((studentNo) => ({ studentNo })) },
  });
  expect(await found('CANDIDATE')).toEqual(nodes());
  expect(await found('ELIGIBILITY_CHECK')).toEqual(nodes());
  expect(await found('NOTICE_TO_PERSON')).toEqual(nodes(STUDENT));
  await rows.submission('BASE-SENT', 1, 'BASE', 'SENT');
});

describe('The table of states against the action table', () => {
  const machines = readTable('action-matrix').filter(({ subgraph }) => subgraph === 'archive');
  const split = (cell = '') => cell.split('|').filter(Boolean);
  /** Steps that bring a notice to the student: what they start from, and what leads there. */
  const NOTIFIES = ['NOTIFIED', 'NOTICE_GIVEN', 'NOTICE_TO_PERSON'];
  const statesBefore = (machine: string): Set<string> => {
    const steps = machines.filter(({ stateMachine }) => stateMachine === machine);
    const before = new Set(
      steps
        .filter(({ toState }) => split(toState).some((state) => NOTIFIES.includes(state)))
        .flatMap(({ fromStates }) => split(fromStates)),
    );
    for (let size = -1; size !== before.size;) {
      size = before.size;
      for (const { fromStates, toState } of steps)
        if (split(toState).some((state) => before.has(state)))
          for (const state of split(fromStates)) before.add(state);
    }
    return before;
  };
  const notified = [...new Set(machines.map(({ stateMachine }) => stateMachine ?? ''))].filter(
    (machine) => statesBefore(machine).size,
  );

  test('each machine of the archive with a notice stands in it, with the states before', () => {
    const table = Object.fromEntries(
      notified.map((machine) => [machine, [...statesBefore(machine)].toSorted()]),
    );
    const { GoodRecord: _, ...declared } = BEFORE_NOTICE;
    expect(table).toEqual(
      Object.fromEntries(
        Object.entries(declared).map(([type, { states }]) => [type, [...states].toSorted()]),
      ),
    );
  });

  test('each action that it names is one of the action table', () => {
    const named = Object.values(BEFORE_NOTICE).flatMap(({ actions }) => [...actions]);
    expect(named.filter((name) => !actionOf(name))).toEqual([]);
  });
});
