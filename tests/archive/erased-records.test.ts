/** Bad records go five years after their act has ended, with all that rests on them (L-04, INV-11). */
import { openLines, type StoredLine } from '@chengxin/kit/change/operation-log';
import { execute, forkOf } from '@chengxin/kit/database/orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { archiveInState } from '../change/archive.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';

const STUDENT = '2024010317';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const BY = { recorded_by: 'T0001', recorded_at: '2026-03-01T00:00:00Z' };
/** The day of the act, and the day five years later. */
const ACT = '2026-01-10';
const OVER = '2031-01-10T03:00:00+08:00';

let college: TestCollege;
let rows: StudentRows;
const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);

const CLEARED = [
  'change_request',
  'grade_confirmation',
  'notice',
  'appeal',
  'warning',
  'supervision',
  'key_attention',
  'measure',
  'repair_application',
  'submission',
  'credit_snapshot',
  'conduct_record',
  'sanction',
  'erased_record',
  'operation_log',
  'record_key',
];
beforeAll(async () => {
  college = await startCollege({ at: '2031-01-09T10:00:00+08:00' });
  await archiveInState(college, STUDENT, 'ACTIVE');
});
afterAll(() => college.stop());
beforeEach(async () => {
  college.clock.set('2031-01-09T10:00:00+08:00');
  for (const table of CLEARED) await run(`delete from ${table}`);
  rows = new StudentRows(() => college, STUDENT);
});

const record = (name: string, row: Parameters<StudentRows['put']>[2] = {}, state = 'EXPIRED') =>
  rows.record(name, 'D3-06', 'BAD_CONDUCT', 'SAO', state, { occurred_on: ACT, ...row });
const erase = () => runJob(college, 'archive', 'eraseOldRecords');
const recordsLeft = async (): Promise<unknown[]> =>
  (await run('select finding_doc_no as name from conduct_record order by 1')).map(
    ({ name }) => name as unknown,
  );

describe('Five years after the act', () => {
  test('the day before it is there, on the day it goes; what is newer stays', async () => {
    await record('OLD');
    await record('NEWER', { occurred_on: '2026-01-11' });
    await record('LASTED', { ended_on: '2026-01-11' });
    await erase();
    expect(await recordsLeft()).toEqual(['LASTED', 'NEWER', 'OLD']);
    college.clock.set(OVER);
    await erase();
    expect(await recordsLeft()).toEqual(['LASTED', 'NEWER']);
    expect(await run('select record_id, erased_on::text as "erasedOn" from erased_record')).toEqual(
      [{ record_id: rows.id('OLD'), erasedOn: '2031-01-10' }],
    );
  });

  test('with it goes what rests on it alone, and nothing that rests on another record too', async () => {
    await record('OLD');
    await record('NEWER', { occurred_on: '2028-01-10', found_on: '2028-01-20' }, 'REPAIRED');
    await rows.sanction('S-OLD', 'SAO', 'LIFTED', '2026-02-01', { lifted_on: '2027-02-01' });
    await rows.sanction('S-BOTH', 'SAO', 'ANNULLED', '2026-02-01');
    // Which no record names: a draft that was withdrawn, and one that another has taken the place of.
    const draft = { record_ids: `{${rows.id('OLD')}}` };
    await rows.sanction('S-DRAFT', 'SAO', 'WITHDRAWN', '2026-02-01', draft);
    await rows.sanction('S-BEFORE', 'SAO', 'ANNULLED', '2026-02-01', draft);
    await run(
      'update conduct_record set sanction_id = $1 where id = $2',
      rows.id('S-OLD'),
      rows.id('OLD'),
    );
    await run(
      'update conduct_record set sanction_id = $1 where id = $2',
      rows.id('S-BOTH'),
      rows.id('NEWER'),
    );
    const closed = { state: 'CLOSED' };
    await rows.appeal('A-RECORD', 1, 'SAO', ['BAD_CONDUCT'], {
      ...closed,
      record_id: rows.id('OLD'),
    });
    await rows.appeal('A-SANCTION', 2, 'SAO', ['SANCTION_FILES'], {
      ...closed,
      kind: 'SANCTION',
      sanction_id: rows.id('S-OLD'),
    });
    await rows.appeal('A-NEWER', 3, 'SAO', ['BAD_CONDUCT'], {
      ...closed,
      record_id: rows.id('NEWER'),
    });
    await rows.notice('N-RECORD', 1, 'SAO', ['BAD_CONDUCT'], { record_id: rows.id('OLD') });
    await rows.notice('N-SANCTION', 2, 'SAO', ['SANCTION_FILES'], {
      sanction_id: rows.id('S-OLD'),
    });
    await rows.notice('N-NEWER', 3, 'SAO', ['BAD_CONDUCT'], { record_id: rows.id('NEWER') });
    await rows.repair('R-OLD', 1, 'OLD', 'REFUSED', {
      decision: 'REFUSE',
      decided_by: 'T0001',
      reason: 'r',
    });
    await rows.repair('R-BOTH', 2, 'OLD', 'WITHDRAWN');
    await rows.link('repair', 'R-BOTH', ['NEWER']);
    await rows.submission('SUBMITTED', 1, 'OLD', 'ACKED');
    await rows.snapshot('WITH-OLD', 'OLD');
    await rows.snapshot('WITH-NEWER', 'NEWER');
    await rows.warning('W-OLD', 1, 'SAO', ['BAD_CONDUCT'], {}, ['OLD']);
    await rows.warning('W-BOTH', 2, 'SAO', ['BAD_CONDUCT'], {}, ['OLD', 'NEWER']);
    await rows.supervision('LEVEL-OLD', 'L2', '2026-03-01', 'WITH-OLD');
    await rows.supervision('LEVEL-NEWER', 'L1', '2028-03-01', 'WITH-NEWER');
    await rows.attention('KEY-OLD', '2026-03-01', 'REMOVED', 'OLD', { until_day: '2026-12-31' });
    await rows.measure('M-OLD', 1, 'SAO', 'OLD', { state: 'ENDED' });
    await rows.measure('M-BOTH', 2, 'SAO', 'OLD', { state: 'ENDED' });
    await rows.link('measure', 'M-BOTH', ['NEWER']);
    for (const [snapshot, record] of [
      ['WITH-OLD', 'OLD'],
      ['WITH-NEWER', 'NEWER'],
    ] as const) {
      const confirmed = {
        snapshot_id: rows.id(snapshot),
        level: record === 'OLD' ? 'COLLEGE' : 'SCHOOL',
      };
      await put(college, 'archive', 'grade_confirmation', {
        student_no: STUDENT,
        ...confirmed,
        ...BY,
      });
      await put(college, 'archive', 'change_request', {
        student_no: STUDENT,
        target_kind: 'CONDUCT',
        target_id: rows.id(record),
        target_office: 'AAO',
        target_groups: ['BAD_CONDUCT'],
        raised_by_office: 'COL',
        requested: record,
        doc_no: 'D-1',
        state: 'REQUESTED',
        ...BY,
      });
    }

    college.clock.set(OVER);
    await erase();
    const left = async (table: string, column: string) =>
      (await run(`select ${column} as name from ${table} order by 1`)).map(({ name }) => name);
    expect({
      records: await recordsLeft(),
      sanctions: await left('sanction', 'doc_no'),
      appeals: await left('appeal', 'target_id'),
      notices: await left('notice', 'kind'),
      repairs: await left('repair_application', 'statement'),
      submissions: await left('submission', 'decision_no'),
      warnings: await left('warning', 'trigger_rule'),
      levels: await left('supervision', 'level'),
      attention: await left('key_attention', 'state'),
      measures: await left('measure', 'measure_list_item'),
      confirmed: await left('grade_confirmation', 'level'),
      requests: await left('change_request', 'requested'),
    }).toEqual({
      records: ['NEWER'],
      sanctions: ['S-BOTH'],
      appeals: ['A-NEWER'],
      notices: ['N-NEWER'],
      repairs: ['R-BOTH'],
      submissions: [],
      warnings: ['W-BOTH'],
      levels: ['L1'],
      attention: [],
      measures: ['M-BOTH'],
      confirmed: ['SCHOOL'],
      requests: ['NEWER'],
    });
    // No snapshot has a line of it any more; the one that names the newer stays (INV-08).
    const snapshots = await run(
      'select snapshot_id as id, full_view::text as view from credit_snapshot',
    );
    expect(snapshots.filter(({ view }) => String(view).includes(rows.id('OLD')))).toEqual([]);
    expect(snapshots.map(({ id }) => id)).toContain(rows.id('WITH-NEWER'));
  });

  test('the log keeps its lines, and nobody reads in them what was', async () => {
    await record('OLD', {}, 'ACTIVE');
    const args = `clientMutationId: "k", id: "${rows.id('OLD')}", expectedVersion: 1, reason: "撤销理由"`;
    await put(college, 'archive', 'upper_decision', {
      student_no: STUDENT,
      record_id: rows.id('OLD'),
      body: '省教育厅',
      doc_no: 'UP-1',
      decided_on: '2030-12-01',
      state: 'RECORDED',
      recorded_by: 'T0002',
      recorded_at: '2030-12-02T00:00:00Z',
    });
    const text = `mutation { revokeConductRecord(${args}) { ok errors { code } } }`;
    const { data } = await college.request('T0001', text, { headers: REVIEW });
    expect(data).toEqual({ revokeConductRecord: { ok: true, errors: [] } });
    const office = college.started.offices.get('archive');
    if (!office) throw new Error('There is no archive.');
    const opened = async () => {
      const em = forkOf(office.orm);
      const lines = await execute<StoredLine & { action: string }>(
        em,
        `select action, target_type as "targetType", target_id as "targetId", sealed
         from operation_log where target_id = ? order by id`,
        [rows.id('OLD')],
      );
      const sealed = await openLines(em, office.config.keyring, lines);
      return lines.map(({ action }, i) => [action, sealed[i]?.reason]);
    };
    expect(await opened()).toEqual([['conduct.revoke', '撤销理由']]);

    college.clock.set(OVER);
    await erase();
    expect(await opened()).toEqual([
      ['conduct.revoke', undefined],
      ['conduct.erase', undefined],
    ]);
    expect(await run('select * from change_key where target_id = $1', rows.id('OLD'))).toEqual([]);
    const query = `{ student(studentNo: "${STUDENT}") {
      conductRecords { id } closedConductRecords { id } credit { score } } }`;
    expect((await college.request(STUDENT, query)).data).toEqual({
      student: { conductRecords: [], closedConductRecords: [], credit: { score: 10000 } },
    });
  });
});

describe('What is not settled is settled first', () => {
  test.each([
    ['a finding that is pending', () => record('OLD', {}, 'FOUND')],
    [
      'an open appeal against it',
      async () => {
        await record('OLD');
        await rows.appeal('A', 1, 'SAO', ['BAD_CONDUCT'], { record_id: rows.id('OLD') });
      },
    ],
    [
      'a sanction whose term runs',
      async () => {
        const ends = { term_ends_on: '2031-01-10' };
        await rows.sanction('S', 'SAO', 'TERM_RUNNING', '2030-01-01', ends);
        await record('OLD', { sanction_id: rows.id('S') });
      },
    ],
    [
      'a bill that is not paid',
      () => record('OLD', { bill_no: 'B-1', indicator_code: 'D2-01', origin_group: 'TUITION' }),
    ],
    [
      'a bill that was paid later',
      () => record('OLD', { bill_no: 'B-1', indicator_code: 'D2-01', cured_on: '2028-01-01' }),
    ],
  ])('%s keeps the record', async (_, given) => {
    await given();
    college.clock.set(OVER);
    await erase();
    expect(await recordsLeft()).toEqual(['OLD']);
    expect(await run('select * from erased_record')).toEqual([]);
  });

  test('an expulsion in effect has nothing that is still to come', async () => {
    const expelled = { type: 'EXPULSION', term_months: null, term_ends_on: null };
    await rows.sanction('S', 'SAO', 'EFFECTIVE', '2026-02-01', expelled as never);
    await record('OLD', { sanction_id: rows.id('S') });
    college.clock.set(OVER);
    await erase();
    expect(await recordsLeft()).toEqual([]);
    expect(await run('select id from sanction')).toEqual([]);
  });

  test.each([
    ['a term that is over and was not lifted', 'TERM_RUNNING', 'EXPIRED'],
    ['a decision whose record was revoked', 'SERVED', 'REVOKED'],
    ['a decision whose record is sealed', 'EFFECTIVE', 'SEALED'],
  ])('%s holds nothing back, though nobody has acted (INV-11)', async (_, state, over) => {
    await rows.sanction('S', 'SAO', state, '2026-02-01');
    await record('OLD', { sanction_id: rows.id('S') }, over);
    college.clock.set(OVER);
    await erase();
    expect(await recordsLeft()).toEqual([]);
    expect(await run('select id from sanction')).toEqual([]);
  });

  test('the run-time role erases no record whose act is younger', async () => {
    await record('OLD', { occurred_on: '2026-01-11' });
    const office = college.started.offices.get('archive');
    if (!office) throw new Error('There is no archive.');
    await execute(forkOf(office.orm), 'select erase_old_records(?::uuid[], ?, ?)', [
      [rows.id('OLD')],
      '2026-01-10',
      '2031-01-10',
    ]);
    expect(await recordsLeft()).toEqual(['OLD']);
  });
});

describe('In the offices that hold the facts', () => {
  const inAcademics = (sql: string) => asOwner(college, 'academics', sql);
  const inSecurity = (sql: string) => asOwner(college, 'security', sql);
  const VIOLATION = {
    student_no: STUDENT,
    exam_type: 'SCHOOL',
    act_code: 'A1',
    indicator_code: 'D1-05',
    severity: 'S3',
    session: '期末',
    evidence: '[{"id":"E","docNo":"E"}]',
    ...RECORDED,
  };

  test('exam violations go with their keys and notices; an open one stays', async () => {
    const found = {
      ...VIOLATION,
      finding_body: '教务处',
      decision_doc_no: 'D',
      decided_on: '2026-02-01',
      notice_delivered_on: '2026-01-20',
    };
    const { id = '' } = await put(college, 'academics', 'exam_violation', {
      ...found,
      violation_no: 'V-OLD',
      occurred_on: ACT,
      state: 'FOUND',
    });
    await put(college, 'academics', 'exam_violation', {
      ...found,
      violation_no: 'V-NEWER',
      occurred_on: '2026-01-11',
      state: 'FOUND',
    });
    await put(college, 'academics', 'exam_violation', {
      ...VIOLATION,
      violation_no: 'V-OPEN',
      occurred_on: ACT,
      state: 'PROPOSED',
    });
    await put(college, 'academics', 'notice_standing', {
      subject_type: 'ExamViolation',
      subject_id: id,
      kind: 'FINDING',
      student_no: STUDENT,
    });
    college.clock.set(OVER);
    await runJob(college, 'academics', 'eraseOldRecords');
    expect(await inAcademics('select violation_no as name from exam_violation order by 1')).toEqual(
      [{ name: 'V-NEWER' }, { name: 'V-OPEN' }],
    );
    expect(await inAcademics('select * from record_key')).toEqual([]);
    expect(await inAcademics('select * from notice_standing')).toEqual([]);
    expect(
      await inAcademics(
        `select action, actor, target from operation_log where target_id = '${id}'`,
      ),
    ).toEqual([
      {
        action: 'examViolation.erase',
        actor: 'job:eraseOldRecords',
        target: `ExamViolation ${id} ${STUDENT}`,
      },
    ]);
  });

  test('a misconduct case goes once it is final or dismissed', async () => {
    const reported = {
      student_no: STUDENT,
      indicator_code: 'D1-02',
      reported_on: '2026-02-01',
      occurred_on: ACT,
      ...RECORDED,
    };
    await put(college, 'academics', 'misconduct_case', {
      ...reported,
      case_no: 'MC-1',
      stage: 'NOT_FOUND',
    });
    await put(college, 'academics', 'misconduct_case', {
      ...reported,
      case_no: 'MC-2',
      stage: 'FORMAL',
    });
    college.clock.set(OVER);
    await runJob(college, 'academics', 'eraseOldRecords');
    expect(await inAcademics('select case_no as name from misconduct_case')).toEqual([
      { name: 'MC-2' },
    ]);
  });

  test('law violations go with their materials', async () => {
    const { id = '' } = await put(college, 'security', 'law_violation', {
      student_no: STUDENT,
      case_no: 'SEC-OLD',
      act_on: ACT,
      of_age_on: ACT,
      category: 'SCHOOL_FINDING',
      authority: '保卫处',
      doc_no: 'D',
      legal_basis: '校规',
      indicator_code: 'D3-03',
      severity: 'S2',
      found_on: '2026-02-01',
      notified_on: '2026-01-20',
      state: 'FOUND',
      evidence: '[{"id":"E","docNo":"E"}]',
      ...RECORDED,
    });
    await put(college, 'security', 'material', {
      student_no: STUDENT,
      law_violation_id: id,
      digest: 'd',
      names_third_persons: false,
    });
    college.clock.set(OVER);
    await runJob(college, 'security', 'eraseOldRecords');
    expect(await inSecurity('select id from law_violation')).toEqual([]);
    expect(await inSecurity('select id from material')).toEqual([]);
    expect(await inSecurity('select * from record_key')).toEqual([]);
  });
});
