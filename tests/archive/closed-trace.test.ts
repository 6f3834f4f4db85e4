/**
 * What has closed leaves no trace for those who may not see it (DOMAIN 3.7(15)). Every noun that links
 * to a record hangs on one, directly or through another link; the record closes, and the whole answer of
 * every role is that which it reads of a student who never had it. Which nouns link is read from the
 * database, so that a new link without a row here fails.
 */
import type { Role } from '@chengxin/kit/privacy/roles';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bringReferences, STUDENT } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { put } from '../support/put.js';
import { aRun, snapshotsOf } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { requestAll, differing, type Answers } from '../support/whole-answers.js';
import { readIn, disclosedTo } from '../support/access-log.js';
import { follow } from './accepted.js';
import { StudentRows } from './procedure-rows.js';

const RUN = '2025H2';
const LOCKED_AT = '2026-03-31T23:00:00+08:00';
const CLOSED = ['DISMISSED', 'REPAIRED', 'LIFTED', 'EXPIRED', 'REVOKED'];
/** To whom closed conduct is open (FG14): without a task of his own Student Affairs is not among them. */
const MAY_KNOW: readonly Role[] = ['STU_SELF', 'AUDITOR'];

let college: TestCollege;
let never: Answers;
const rows = new StudentRows(() => college, STUDENT);

const sql = (text: string, values: readonly unknown[] = []) =>
  asOwner(college, 'archive', text, values);
const lockRun = async (grade: string) => {
  await sql(`delete from credit_snapshot where kind = 'OFFICIAL'`);
  await snapshotsOf(college, RUN, [{ studentNo: STUDENT, grade }]);
};

beforeAll(async () => {
  college = await startCollege();
  await bringReferences(college);
  await aRun(college, { runId: RUN, cutOffAt: LOCKED_AT });
  await lockRun('A');
  await follow(college, STUDENT);
  never = await requestAll(college);
});
afterAll(() => college.stop());

/** Where a noun stands whose row names the record: by a key, by a number alone, or through another. */
const LINKS: Readonly<Record<string, () => Promise<void>>> = {
  conduct_record: () => rows.record('BAD', 'D3-01', 'BAD_CONDUCT', 'SAO', 'ACTIVE'),
  good_record: () =>
    rows.put('GOOD', 'good_record', {
      indicator_code: 'P-01',
      origin_group: 'GOOD_CONDUCT',
      source_office: 'SAO',
      occurred_on: '2026-03-01',
      state: 'APPROVED',
      source_subgraph: 'archive',
      source_typename: 'GoodRecord',
      source_id: 'GOOD',
      source_version: 1,
      recorded_at: '2026-03-02T00:00:00Z',
    }),
  // A running sanction that rests on the record, and is not lifted when that closes.
  sanction: async () => {
    await rows.sanction('SANCTION', 'SAO', 'TERM_RUNNING', '2026-02-01');
    await sql('update conduct_record set sanction_id = $1 where id = $2', [
      rows.id('SANCTION'),
      rows.id('BAD'),
    ]);
    // A draft names its records by number, and none of them names it.
    const record_ids = [rows.id('BAD')];
    await rows.sanction('DRAFT', 'SAO', 'DRAFT', '2026-02-01', { record_ids });
  },
  credit_snapshot: async () => {
    await follow(college, STUDENT);
    await lockRun('B');
    const [latest] = await sql(
      `select snapshot_id from credit_snapshot where student_no = $1 and kind = 'PROVISIONAL'
       order by seq desc limit 1`,
      [STUDENT],
    );
    rows.ids.set('SNAPSHOT', String(latest?.['snapshot_id']));
  },
  // Of the snapshot with the grade, by the college and by the school.
  grade_confirmation: async () => {
    for (const [level, recorded_by] of [
      ['COLLEGE', 'T0101'],
      ['SCHOOL', 'T0001'],
    ])
      await put(college, 'archive', 'grade_confirmation', {
        student_no: STUDENT,
        snapshot_id: rows.id('SNAPSHOT'),
        level: level!,
        recorded_by: recorded_by!,
        recorded_at: '2026-03-02T00:00:00Z',
      });
  },
  human_review: () =>
    rows.put('REVIEW', 'human_review', {
      snapshot_id: rows.id('SNAPSHOT'),
      grounds: '不接受自动得出的等级',
      requested_at: '2026-03-02T00:00:00Z',
      due_on: '2026-03-16',
      state: 'REQUESTED',
      recorded_by: STUDENT,
      recorded_at: '2026-03-02T00:00:00Z',
    }),
  appeal: async () => {
    const of = (name: string) => ({ kind: 'RECORD', target_id: `elsewhere ${name}` });
    await rows.appeal('A-BAD', 9, 'SAO', ['BAD_CONDUCT'], {
      ...of('A-BAD'),
      record_id: rows.id('BAD'),
    });
    await rows.appeal('A-GOOD', 8, 'SAO', ['GOOD_CONDUCT'], {
      ...of('A-GOOD'),
      good_record_id: rows.id('GOOD'),
    });
    await rows.appeal('A-SCORE', 7, 'SAO', ['CREDIT_GRADE'], {
      ...of('A-SCORE'),
      kind: 'EVALUATION',
      snapshot_id: rows.id('SNAPSHOT'),
    });
    await rows.appeal('A-SANCTION', 6, 'SAO', ['SANCTION_FILES'], {
      kind: 'SANCTION',
      sanction_id: rows.id('SANCTION'),
      case_id: 'EC-APPEAL',
      state: 'COMMITTEE_REVIEW',
    });
  },
  upper_decision: () =>
    rows.put('ABOVE', 'upper_decision', {
      record_id: rows.id('BAD'),
      body: '教育厅',
      doc_no: 'U-1',
      decided_on: '2026-03-01',
      state: 'RECORDED',
      recorded_by: 'T0001',
      recorded_at: '2026-03-02T00:00:00Z',
    }),
  repair_application: () => rows.repair('REPAIR', 9, 'BAD', 'SAO_REVIEW'),
  submission: () => rows.submission('SUBMISSION', 9, 'BAD', 'APPROVED'),
  warning: async () => {
    await rows.warning('W-BAD', 9, 'COL', ['BAD_CONDUCT'], {}, ['BAD']);
    await rows.warning('W-SCORE', 8, 'COL', ['CREDIT_SCORE'], { snapshot_id: rows.id('SNAPSHOT') });
    const sanction_id = rows.id('SANCTION');
    await rows.warning('W-SANCTION', 7, 'COL', ['SANCTION_FILES'], { sanction_id });
  },
  key_attention: () => rows.attention('ATTENTION', '2026-03-01', 'ACTIVE', 'BAD'),
  measure: () => rows.measure('MEASURE', 9, 'SAO', 'BAD'),
  supervision: () => rows.supervision('LEVEL', 'L2', '2026-03-01', 'SNAPSHOT'),
  // One about each of the others: by its own key where there is one, and by the number alone.
  notice: async () => {
    const named = [...rows.ids];
    for (const [name, id] of named)
      await rows.notice(`N-${name}`, 5, 'SAO', ['NOTICES'], { subject_id: id });
    const keys = { record_id: 'BAD', sanction_id: 'SANCTION', appeal_id: 'A-GOOD' };
    for (const [key, of] of Object.entries(keys))
      await rows.notice(`N-${key}`, 4, 'SAO', ['NOTICES'], { [key]: rows.id(of) });
  },
  notice_delivery: async () => {
    await sql(`insert into notice_delivery (notice_id, channel, state, next_at, changed_at)
      select id, 'MAIL', 'DELIVERED', sent_at, sent_at from notice`);
  },
};

/** An appeal against each noun by its number alone; none is against an appeal or a notice (2.2). */
const appealsByNumber = async () => {
  for (const [name, id] of [...rows.ids].filter(([one]) => !/^[AN]-/.test(one)))
    await rows.appeal(`ANY-${name}`, 3, 'SAO', ['APPEALS'], { target_id: id });
};

/** Requests for a change name the fact that a record was made of, by its number in the office. */
const changesByNumber = async () => {
  const facts = await sql(
    'select source_id as id from conduct_record union all select source_id from good_record',
  );
  for (const { id } of facts)
    await put(college, 'archive', 'change_request', {
      student_no: STUDENT,
      target_kind: 'MISCONDUCT_CASE',
      target_id: String(id),
      target_office: 'AAO',
      target_groups: ['BAD_CONDUCT'],
      raised_by_office: 'COL',
      requested: '改',
      doc_no: 'D-1',
      state: 'REQUESTED',
      recorded_by: 'T0101',
      recorded_at: '2026-03-02T00:00:00Z',
    });
};

describe('Which nouns link to a record', () => {
  /** Joins of two nouns, which are nothing by themselves. */
  const JOIN = /_record$/;
  /** What a record stands under, and rests on nothing. */
  const HUBS = ['student', 'consent', 'evaluation_case', 'evaluation_run'];

  /** Columns that name a row by number alone: notices, appeals, requests and repairs here, the log below. */
  const NAMING = [
    'access_event.reference',
    'appeal.target_id',
    'change_request.target_id',
    'notice.subject_id',
    'repair_application.good_record_ids',
    'sanction.record_ids',
  ];
  /** Numbers of the row itself, of requests, and of what stands outside the archive. */
  const NAMING_NO_ROW = [
    'access_call.call_id',
    'access_call.request_id',
    'access_event.request_id',
    'age_refusal.request_id',
    'closed_review.batch_id',
    'commitment.business_ref',
    'commitment_offer.business_ref',
    'conduct_record.malice_finding_id',
    'conduct_record.source_id',
    'consent.consent_id',
    'credit_snapshot.snapshot_id',
    'good_record.source_id',
    // Nobody reads how a notice stands; the door compares it alone.
    'notice_standing.consent_id',
    'notice_standing.subject_id',
    'self_entry.entry_id',
    'student.photo_ref',
    // Of a bill, which the archive does not hold.
    'warning.bill_reminder_id',
  ];

  test('each that the database knows has a row here, and none besides', async () => {
    const links = await sql(
      `select conrelid::regclass::text as child, confrelid::regclass::text as parent
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    // A snapshot names records in the lines of its ledger, which no key says.
    const linked = new Set(['conduct_record', 'good_record', 'credit_snapshot']);
    for (let size = -1; size !== linked.size;) {
      size = linked.size;
      for (const { child, parent } of links as { child: string; parent: string }[]) {
        if (linked.has(parent)) linked.add(child);
        // What a join joins, and what the record itself names, is linked as well.
        const isNaming = linked.has(child) && (JOIN.test(child) || child === 'conduct_record');
        if (isNaming && !HUBS.includes(parent)) linked.add(parent);
      }
    }
    const nouns = [...linked].filter((table) => table in LINKS || !JOIN.test(table));
    expect(nouns.toSorted()).toEqual(Object.keys(LINKS).toSorted());
  });

  test('each column that could name a row by number alone is known for what it names', async () => {
    const columns = await sql(
      `select c.table_name || '.' || c.column_name as name
       from information_schema.columns c
       join information_schema.tables t using (table_schema, table_name)
       join information_schema.columns s using (table_schema, table_name)
       where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
         and s.column_name in ('student_no', 'student_nos')
         and c.column_name ~ '(_id|_ids|_ref|^reference)$'
         and not exists (select from pg_constraint k
           join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
           where k.contype = 'f' and k.conrelid::regclass::text = c.table_name
             and a.attname = c.column_name)
       order by 1`,
    );
    expect(columns.map(({ name }) => name)).toEqual([...NAMING, ...NAMING_NO_ROW].toSorted());
  });
});

const others = (answers: Answers) =>
  (Object.keys(answers) as Role[]).filter((role) => !MAY_KNOW.includes(role));
const read = (answers: Answers, role: Role): unknown => [role, JSON.parse(answers[role] ?? '')];

async function haveAll(): Promise<void> {
  rows.ids.clear();
  for (const have of Object.values(LINKS)) await have();
  await appealsByNumber();
  await changesByNumber();
}
async function forgetAll(): Promise<void> {
  for (const table of ['notice', 'appeal', 'warning', 'key_attention', 'measure', 'supervision'])
    await sql(`delete from ${table}`);
  await sql(`delete from repair_application; delete from submission;
    delete from conduct_record; delete from good_record; delete from sanction;
    delete from human_review; delete from grade_confirmation; delete from change_request`);
}

afterEach(forgetAll);

test('while the record counts there is something of it for every role that may read it', async () => {
  await haveAll();
  const found = differing(never, await requestAll(college));
  expect(found).toEqual(expect.arrayContaining(['STU_SELF', 'COUNSELLOR', 'SCHOOL_ADMIN']));
});

/** Every role selects everything. */
const LONG = { timeout: 180_000 };

test.each([...CLOSED, 'SEALED'])(
  'a record that is %s, and all that hung on it, leaves no trace',
  LONG,
  async (state) => {
    await haveAll();
    await sql('update conduct_record set state = $1', [state]);
    await sql(`update good_record set state = 'REVOKED'`);
    await follow(college, STUDENT);
    const after = await requestAll(college);
    for (const role of others(after)) expect(read(after, role)).toEqual(read(never, role));
    expect(differing(never, after)).toEqual(MAY_KNOW);
  },
);

test('purpose and reference in the log disclose to Student Affairs nothing of what has closed (3.7(15))', async () => {
  // Later than all other requests, so that it stands on the first page.
  college.clock.set('2026-04-12T10:01:00+08:00');
  await haveAll();
  const handler = (table: string, name: string) =>
    sql(`update ${table} set handler_no = 'T0001' where id = $1`, [rows.id(name)]);
  await handler('appeal', 'A-BAD');
  await handler('repair_application', 'REPAIR');
  const tasks: [person: string, headers: Record<string, string>][] = [
    ['T0001', { 'x-purpose': 'APPEAL', 'x-reference': rows.id('A-BAD') }],
    ['T0001', { 'x-purpose': 'REPAIR', 'x-reference': rows.id('REPAIR') }],
    ['T0811', { 'x-case': 'EC-APPEAL' }],
    ['T0801', {}],
  ];
  for (const [person, headers] of tasks)
    await college.request(person, `query Task { student(studentNo: "${STUDENT}") { name } }`, {
      headers,
    });
  const purposes = (events: { purpose: string }[]) => events.map(({ purpose }) => purpose);
  const school = { person: 'T0002', headers: { 'x-purpose': 'ADMIN_REVIEW' } };
  const audit = { person: 'T0901', headers: { 'x-reference': 'AU-1' } };
  const all = ['APPEAL', 'OFFICE_DUTY', 'REPAIR', 'SANCTION_APPEAL'];

  expect(purposes(await readIn(college, school, 'Task', STUDENT)).toSorted()).toEqual(all);
  await sql(`update conduct_record set state = 'REPAIRED'`);
  expect(await readIn(college, school, 'Task', STUDENT)).toEqual([]);
  expect(purposes(await readIn(college, audit, 'Task', STUDENT)).toSorted()).toEqual(all);
  expect(purposes(await disclosedTo(college, STUDENT, 'Task')).toSorted()).toEqual(all);
});
