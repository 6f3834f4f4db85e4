/** Warnings, key attention, levels and measures (FG24): none outlives what it rests on. */
import {
  consentsAside,
  ownHandling,
  ownSource,
} from '@chengxin/archive/supervision/supervision.predicates';
import type { Role } from '@chengxin/kit/privacy/roles';
import type { RowAccess } from '@chengxin/kit/read/rows';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startCollege,
  type Answer,
  type RequestOptions,
  type TestCollege,
} from '../support/college.js';
import { asOwner } from '../support/sql.js';
import {
  answered,
  selectFrom,
  AUDIT,
  inCase,
  openTasks,
  refusal,
  refused,
  REVIEW,
} from './select.js';
import { StudentRows } from './procedure-rows.js';

const STUDENT = '2024010305';

let college: TestCollege;
const select = selectFrom(() => college, STUDENT);
const rows = new StudentRows(() => college, STUDENT);
const withAppeal = (): RequestOptions => ({
  headers: { 'x-purpose': 'APPEAL', 'x-reference': rows.id('A-OWN') },
});

beforeAll(async () => {
  college = await startCollege();
  await openTasks(college, STUDENT);
  await rows.records();
  await rows.snapshot('SNAPSHOT', 'CHEAT');
  await rows.snapshot('OLD-SNAPSHOT', 'OLD');
  await rows.appeal('A-OWN', 1, 'SAO', ['IDENTITY'], { handler_no: 'T0001' });

  const score = ['CREDIT_SCORE'];
  await rows.warning('W-SCORE', 9, 'COL', score, { snapshot_id: rows.id('SNAPSHOT') }, ['CHEAT']);
  await rows.warning('W-WAITING', 8, 'COL', score, { awaits_confirmation: true });
  await rows.warning('W-OLD-SCORE', 7, 'COL', score, { snapshot_id: rows.id('OLD-SNAPSHOT') });
  await rows.warning('W-TWICE', 6, 'SAO', ['BAD_CONDUCT'], {}, ['CHEAT', 'OLD']);
  await rows.warning('W-BANK', 5, 'SAO', ['BAD_CONDUCT'], {}, ['BANK']);
  await rows.warning('W-TUITION', 4, 'FIN', ['TUITION'], { handler_no: 'T0402' });
  await rows.warning('W-CONSENT', 3, 'SAO', ['CONSENTS']);
  await rows.warning('W-SEALED', 2, 'SEC', ['BAD_CONDUCT'], {}, ['SEALED']);
  await rows.warning('W-PROMISE', 1, 'AAO', ['COMMITMENTS', 'PENDING_CONDUCT']);
});
afterAll(() => college.stop());

describe('Warnings: each takes the groups of its trigger (TARGET_ALLOWED)', () => {
  const rules = (...list: string[]) =>
    answered({ warnings: list.map((rule) => ({ trigger: { rule } })) });

  test.each([
    [
      'the student, all but that of a sealed record',
      STUDENT,
      undefined,
      [
        'W-SCORE',
        'W-WAITING',
        'W-OLD-SCORE',
        'W-TWICE',
        'W-BANK',
        'W-TUITION',
        'W-CONSENT',
        'W-PROMISE',
      ],
    ],
    [
      'Student Affairs: no waiting grade, nothing of what is over, a third party or a consent',
      'T0001',
      REVIEW,
      ['W-SCORE', 'W-TUITION', 'W-PROMISE'],
    ],
    [
      'the college: no unproven breach in a matter of others either',
      'T0110',
      REVIEW,
      ['W-SCORE', 'W-TUITION'],
    ],
    ['a counsellor', 'T0101', REVIEW, ['W-SCORE', 'W-TUITION']],
    [
      'an auditor: what is over too, no accusation',
      'T0901',
      AUDIT,
      ['W-SCORE', 'W-OLD-SCORE', 'W-TWICE', 'W-TUITION'],
    ],
    ['finance, what it handles', 'T0401', undefined, ['W-TUITION']],
    ['academic affairs, what it handles', 'T0301', undefined, ['W-PROMISE']],
    ['security, what it handles', 'T0501', undefined, []],
  ])('%s', async (_, person, options, list) => {
    expect(await select(person, 'warnings { trigger { rule } }', options)).toEqual(rules(...list));
  });

  test('with an own appeal Student Affairs reads what rests on closed records (note 13)', async () => {
    expect(await select('T0001', 'warnings { trigger { rule } }', withAppeal())).toEqual(
      rules('W-SCORE', 'W-OLD-SCORE', 'W-TWICE', 'W-TUITION', 'W-PROMISE'),
    );
  });

  test('an evaluator reads none (4.7)', async () => {
    expect(await select('T0701', 'warnings { code }', inCase('EC-AWARD'))).toEqual(
      refused('warnings', 'SUPERVISION', 'EV_AWARD.FG24'),
    );
  });

  test('what triggered it is visible with its values to the student and Student Affairs alone', async () => {
    const query = 'warnings { code colour dueOn state trigger { group values } }';
    const values = ({ data }: Answer) => {
      const student = data?.['student'] as { warnings: { trigger: { values: string } }[] } | null;
      return student?.warnings.map(({ trigger }) => trigger.values);
    };
    expect(values(await select(STUDENT, query))).toEqual(
      Array.from({ length: 8 }, () => '{"score":8400}'),
    );
    expect(values(await select('T0001', query, REVIEW))).toEqual(
      Array.from({ length: 3 }, () => '{"score":8400}'),
    );
    const closed = async (
      person: string,
      group: string,
      rule: string,
      options: RequestOptions,
      masked: boolean,
    ) => {
      const answer = await select(person, query, options);
      const shown = values(answer) ?? [];
      expect(shown.length).toBeGreaterThan(0);
      expect(answer.errors).toEqual(
        shown.map((_, i) =>
          refusal(['warnings', i, 'trigger', 'values'], group, rule, masked && { masked }),
        ),
      );
    };
    await closed('T0110', 'SUBJECT_REQUESTS', 'COLLEGE_ADMIN.FG36', REVIEW, false);
    await closed('T0901', 'CREDIT_SCORE', 'AUDITOR.FG21', AUDIT, true);
    await closed('T0101', 'CREDIT_SCORE', 'COUNSELLOR.FG21', REVIEW, true);
  });

  test('when the record closes, its warnings leave no trace with the college (3.7(15))', async () => {
    const state = (to: string) =>
      asOwner(college, 'archive', 'update conduct_record set state = $1 where id = $2', [
        to,
        rows.id('CHEAT'),
      ]);
    await state('LIFTED');
    expect(await select('T0110', 'warnings { trigger { rule } }', REVIEW)).toEqual(
      rules('W-TUITION'),
    );
    await state('ACTIVE');
  });
});

describe('Key attention', () => {
  const query = 'keyAttention { state from until reviewEvery measures basisRecordIds }';
  const active = (basis: string[]) => ({
    state: 'ACTIVE',
    from: '2026-03-01',
    until: '2026-12-31',
    reviewEvery: 90,
    measures: ['M-TALK'],
    basisRecordIds: basis,
  });

  test('it is read with the records that the caller sees; one that is proposed is pending', async () => {
    await rows.attention('K-ACTIVE', '2026-03-01', 'ACTIVE', 'CHEAT');
    await rows.attention('K-PROPOSED', '2026-04-01', 'PROPOSED', 'FIGHT');
    const attention = active([rows.id('CHEAT')]);
    expect(await select(STUDENT, query)).toEqual(answered({ keyAttention: attention }));
    expect(await select('T0101', 'keyAttention { state }', REVIEW)).toEqual(
      answered({ keyAttention: { state: 'ACTIVE' } }),
    );
    expect(await select('T0901', query, AUDIT)).toEqual(answered({ keyAttention: attention }));
    for (const person of ['T0110', 'T0001'])
      expect(await select(person, 'keyAttention { state from }', REVIEW)).toEqual(
        answered({ keyAttention: { state: 'PROPOSED', from: '2026-04-01' } }),
      );
  });

  test('the college sees a proposal in its own matters alone (OWN_MATTER of FG37)', async () => {
    const office = (to: string) =>
      asOwner(college, 'archive', 'update key_attention set source_office = $1 where id = $2', [
        to,
        rows.id('K-PROPOSED'),
      ]);
    await office('SEC');
    expect(await select('T0110', 'keyAttention { state }', REVIEW)).toEqual(
      answered({ keyAttention: { state: 'ACTIVE' } }),
    );
    await office('SAO');
  });

  test('one that rests on a closed record is there for those alone who may know', async () => {
    await asOwner(college, 'archive', 'delete from key_attention');
    await rows.attention('K-OLD', '2026-02-01', 'REMOVED', 'OLD');
    expect(await select('T0110', 'keyAttention { state }', REVIEW)).toEqual(
      answered({ keyAttention: null }),
    );
    expect(await select('T0001', query, withAppeal())).toEqual(
      answered({
        keyAttention: {
          ...active([rows.id('OLD')]),
          state: 'REMOVED',
          from: '2026-02-01',
        },
      }),
    );
  });

  test('a student has one at a time, for twelve months at most (2.2)', async () => {
    await rows.attention('K-ONE', '2026-03-01', 'ACTIVE', 'CHEAT');
    await expect(rows.attention('K-TWO', '2026-03-02', 'ACTIVE', 'CHEAT')).rejects.toThrow(
      'key_attention_active',
    );
    await expect(
      rows.attention('K-LONG', '2026-03-02', 'NOTIFIED', 'CHEAT', { until_day: '2027-03-03' }),
    ).rejects.toThrow('key_attention_days');
    expect(
      await asOwner(college, 'archive', `select state from key_attention where state <> 'REMOVED'`),
    ).toEqual([{ state: 'ACTIVE' }]);
  });
});

describe('Level of supervision and measures', () => {
  const level = (of: string) => answered({ supervision: { level: of } });

  test('the level of today is read; one of a waiting grade by the student alone (2.4, 4.6)', async () => {
    await rows.supervision('L-OLD', 'L0', '2026-01-01', 'SNAPSHOT');
    await rows.supervision('L-CLOSED', 'L3', '2026-02-01', 'OLD-SNAPSHOT');
    await rows.supervision('L-WAITING', 'L2', '2026-03-01', 'SNAPSHOT', {
      awaits_confirmation: true,
    });
    await rows.supervision('L-TOMORROW', 'L1', '2026-04-13', 'SNAPSHOT');
    expect(await select(STUDENT, 'supervision { level }')).toEqual(level('L2'));
    expect(await select('T0101', 'supervision { level }', REVIEW)).toEqual(level('L0'));
    expect(await select('T0110', 'supervision { level }', REVIEW)).toEqual(level('L0'));
    expect(await select('T0001', 'supervision { level }', withAppeal())).toEqual(level('L3'));
    expect(await select('T0901', 'supervision { level }', AUDIT)).toEqual(level('L3'));
    expect(await select('T0301', 'supervision { level }')).toEqual(answered({ supervision: null }));
  });

  test('measures are read with the records that the caller sees, of an office its own', async () => {
    await rows.measure('M-SAO', 3, 'SAO', 'CHEAT');
    await rows.measure('M-SEC', 2, 'SEC', 'FIGHT');
    await rows.measure('M-OLD', 1, 'SAO', 'OLD', { state: 'ENDED' });
    const query = 'measures { measureListItem state basisRecordIds }';
    const measure = (item: string, record: string, state = 'IN_FORCE') => ({
      measureListItem: item,
      state,
      basisRecordIds: [rows.id(record)],
    });
    const [sao, sec] = [measure('M-SAO', 'CHEAT'), measure('M-SEC', 'FIGHT')];
    const old = measure('M-OLD', 'OLD', 'ENDED');
    expect(await select(STUDENT, query)).toEqual(answered({ measures: [sao, sec, old] }));
    expect(await select('T0110', query, REVIEW)).toEqual(answered({ measures: [sao, sec] }));
    expect(await select('T0901', query, AUDIT)).toEqual(answered({ measures: [sao, sec, old] }));
    expect(await select('T0501', query)).toEqual(answered({ measures: [sec] }));
    expect(await select('T0101', 'measures { measureListItem }', REVIEW)).toEqual(
      answered({ measures: [{ measureListItem: 'M-SAO' }, { measureListItem: 'M-SEC' }] }),
    );
  });

  test('a measure rests on a record, never on a score (2.4)', async () => {
    await expect(asOwner(college, 'archive', `update measure set basis = 'SCORE'`)).rejects.toThrow(
      'measure_basis_check',
    );
    await expect(
      asOwner(college, 'archive', `update measure set approved_by = recorded_by`),
    ).rejects.toThrow('measure_second_person');
    expect(
      await asOwner(college, 'archive', 'select distinct basis, approved_by from measure'),
    ).toEqual([{ basis: 'RECORD', approved_by: 'T0002' }]);
  });
});

describe('The predicates as where-clauses (3.4b)', () => {
  const accessOf = (role: Role, predicates: readonly string[] = []) =>
    ({ identity: { role }, predicates: () => predicates }) as unknown as RowAccess;

  test.each([
    ['RDO_STAFF', 'RDO'],
    ['AEO_STAFF', 'AEO'],
    ['EV_AWARD', ''],
  ] as const)('OWN_MATTER of %s is what %s proposed or handles', (role, office) => {
    expect(ownSource(accessOf(role))).toEqual({ sourceOffice: office });
    expect(ownHandling(accessOf(role))).toEqual({ handlerOffice: office });
  });

  test('a warning about a consent is the student’s alone', () => {
    expect(consentsAside(accessOf('STU_SELF'))).toEqual({});
    expect(consentsAside(accessOf('AUDITOR'))).toEqual({
      $not: { triggerGroups: { $overlap: ['CONSENTS'] } },
    });
  });
});
