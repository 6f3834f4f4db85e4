/**
 * A past day computed again says what was stored, of provisional snapshots and of locked runs; what was
 * changed by hand is found (DOMAIN 6: replay of the score at any past date; INV-08, INV-11).
 */
import { creditOf } from '@chengxin/archive/credit/credit.rules';
import { replayed } from '@chengxin/archive/credit/replay.rules';
import { digestOfRules, readRuleSet } from '@chengxin/archive/credit/rule-set';
import { replayDay } from '@chengxin/archive/credit/replay';
import { replay as replayCommand } from '@chengxin/archive/credit/replay.command';
import { forkOf } from '@chengxin/kit/database/orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { useArchive } from '../support/archive-in-use.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { accept, follow } from './accepted.js';
import { BADS, DAYS, GOODS } from './ledgers.js';

const RULES = readRuleSet('CR-2026.1');
const [CHEATER, MINOR, OTHER] = ['2024010305', '2024010317', '2024020111'];

test('5,000 ledgers, stored as JSON and computed again, come to the same, whatever their order', () => {
  fc.assert(
    fc.property(BADS, GOODS, DAYS, (bad, good, on) => {
      const stored = JSON.parse(JSON.stringify(creditOf(RULES, { bad, good }, on))) as never;
      const kept = JSON.parse(JSON.stringify({ bad: bad.toReversed(), good })) as never;
      expect(replayed(RULES, kept, on, stored)).toEqual([]);
    }),
    { numRuns: 5000 },
  );
});

describe('In a college', () => {
  let college: TestCollege;
  const sql = (text: string, ...values: unknown[]) => asOwner(college, 'archive', text, values);
  const archive = () => college.started.offices.get('archive')!;
  const replay = (on: string) => replayDay(forkOf(archive().orm), college.clock.now(), on);
  const found = async (on: string) => (await replay(on)).differences;
  const on = async (day: string, ...jobs: string[]) => {
    college.clock.set(`${day}T00:10:00+08:00`);
    for (const job of ['computeSnapshots', ...jobs]) await runJob(college, 'archive', job);
  };

  beforeAll(async () => {
    college = await startCollege({ at: '2026-01-10T10:00:00+08:00' });
    const all = await sql('select student_no as no from archive');
    for (const { no } of all) await useArchive(college, String(no));
    const minor = { indicatorCode: 'D3-06', originGroup: 'BAD_CONDUCT', severity: 'S1' };
    const cheating = { indicatorCode: 'D1-05', originGroup: 'ACADEMIC_MISCONDUCT', severity: 'S3' };
    await accept(college, { studentNo: MINOR, on: '2026-01-10', ...minor });
    await accept(college, { studentNo: CHEATER, on: '2026-01-10', ...cheating });
    await sql(
      `insert into evaluation_run (run_id, period, rule_set, rule_set_sha256, cut_off_at, kind, state,
         recorded_by, recorded_at)
       values ('2025H2', '2025H2', 'CR-2026.1', $1, '2026-01-31T15:59:59Z', 'OFFICIAL', 'PLANNED',
         'T0001', now())`,
      digestOfRules(RULES),
    );
    await on('2026-02-01', 'startRun', 'computeRun');
    await sql(`update evaluation_run set state = 'LOCKED', locked_at = '2026-02-01T01:00:00Z',
      approved_by = 'T0002', approved_at = '2026-02-01T01:00:00Z'`);
    // It fades, then another is repaired: a derived snapshot of the run.
    await on('2026-04-12');
    await sql(`update conduct_record set state = 'REPAIRED' where student_no = $1`, CHEATER);
    await follow(college, CHEATER);
  });
  afterAll(() => college.stop());

  test('each day says what was stored, the day of the run and its derived snapshot as well', async () => {
    for (const day of ['2026-01-10', '2026-02-01', '2026-03-15', '2026-04-12'])
      expect([day, await found(day)]).toEqual([day, []]);
    const run = await replay('2026-01-31');
    const [counts] = await sql(
      `select count(distinct student_no)::int + (select count(*)::int from credit_snapshot
         where run_id = '2025H2') as snapshots,
         (select count(*)::int from credit_snapshot where supersedes is not null) as derived
       from credit_snapshot where kind = 'PROVISIONAL'`,
    );
    expect(counts).toMatchObject({ derived: 1, snapshots: run.snapshots });
    expect([run.differences, run.unknown]).toEqual([[], []]);
  });

  test('statements do not grow with the students', async () => {
    const { statements } = await countStatements(() => replay('2026-03-15'));
    expect(statements.length).toBe(6);
  });

  /** Past the triggers, as nobody can but the owner of the database. */
  const byHand = async (table: string, change: string) => {
    const triggers = (how: string) => sql(`alter table ${table} ${how} trigger user`);
    await triggers('disable');
    await sql(`update ${table} ${change}`);
    await triggers('enable');
  };
  const tampered = (table: string, key: string, column: string, value: string, where: string) => ({
    change: () => byHand(table, `set ${column} = ${value} where ${where}`),
    keep: () => sql(`create table kept as select * from ${table}`),
    restore: async () => {
      await byHand(table, `t set ${column} = k.${column} from kept k where k.${key} = t.${key}`);
      await sql('drop table kept');
    },
  });
  const ofRun = `run_id is not null and student_no = '${OTHER}'`;
  const ofMinor = `student_no = '${MINOR}'`;
  const wrongLine = `jsonb_set(full_view, '{lines,0,points}', '-1')`;
  const nothing = `'{"bad":[],"good":[]}'`;
  test.each([
    {
      what: 'a grade of a run',
      row: tampered('credit_snapshot', 'snapshot_id', 'grade', `'B'`, ofRun),
      day: '2026-01-31',
      expected: [{ studentNo: OTHER, runId: '2025H2', parts: ['grade'] }],
    },
    {
      what: 'a line of a provisional one',
      row: tampered(
        'credit_snapshot',
        'snapshot_id',
        'full_view',
        wrongLine,
        `${ofMinor} and on_day = '2026-01-10'`,
      ),
      day: '2026-02-10',
      expected: [{ studentNo: MINOR, parts: ['full'] }],
    },
    {
      what: 'what was known',
      row: tampered('credit_input', 'seq', 'facts', nothing, ofMinor),
      day: '2026-02-10',
      expected: [{ studentNo: MINOR, parts: ['input'] }],
    },
    {
      what: 'a record',
      row: tampered('conduct_record', 'id', 'severity', `'S2'`, ofMinor),
      day: '2026-04-12',
      expected: [{ studentNo: MINOR, parts: ['records'] }],
    },
  ])('$what that was changed by hand is found', async ({ row, day, expected }) => {
    await row.keep();
    await row.change();
    const differences = await found(day);
    await row.restore();
    expect(differences).toEqual(expected);
    expect(await found(day)).toEqual([]);
  });

  test('the command ends with 1 where somebody differs, and says who and where, never which value', async () => {
    const command = async (...args: string[]) => {
      const said: string[] = [];
      const listen = (text: unknown) => Boolean(said.push(String(text)));
      const spies = [process.stdout, process.stderr].map((stream) =>
        vi.spyOn(stream, 'write').mockImplementation(listen as never),
      );
      const code = await replayCommand(archive(), args).finally(() =>
        spies.forEach((spy) => spy.mockRestore()),
      );
      return { code, said: said.join('') };
    };
    const whole = await command('--on', '2026-04-12');
    expect([whole.code, whole.said]).toEqual([
      0,
      expect.stringMatching(/^2026-04-12: \d+ students, \d+ snapshots, 0 students differ\.\n$/),
    ]);
    await byHand('credit_snapshot', `set grade = 'B' where ${ofRun}`);
    const { code, said } = await command('--on', '2026-01-31');
    expect([code, said.split('\n')[0]]).toEqual([1, `${OTHER} 2025H2: grade`]);
    expect(await command('--on', '2026-02-30')).toMatchObject({ code: 2 });
  });

  test('of a record that is gone nothing was kept, and the command says that it cannot compute it (INV-11)', async () => {
    await sql(`delete from conduct_record where student_no = $1`, MINOR);
    const kept = await sql(
      `select facts from credit_input where student_no = $1 order by seq`,
      MINOR,
    );
    expect(kept.map(({ facts }) => facts)).toEqual([{ bad: [], good: [] }, null]);
    expect((await replay('2026-02-10')).unknown).toContain(MINOR);
  });
});
