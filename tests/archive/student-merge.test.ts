/** Two archives of one person become one (F-07): by two people, by one document, with nothing lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { disclosedTo } from '../support/access-log.js';
import { mutate as request, on, refusalsOf } from '../support/mutate.js';
import { duplicateOf, newStudent } from '../support/new-student.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const AT = '2026-04-12T10:00:00+08:00';
const STAYS = '2024010317';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'StudentMerge';
const FIELDS =
  'id version state studentNo duplicateNo duplicateClass recordedBy approvedBy availableActions';

let college: TestCollege;
let twin: string;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  twin = await duplicateOf(college, STAYS);
});
afterAll(() => college.stop());

const act = (person: string, name: string, args: object) =>
  request(college, person, { name, noun, args: { ...args }, fields: FIELDS }, REVIEW);
const propose = (args: object = {}, person = FIRST) =>
  act(person, 'mergeStudents', { studentNo: STAYS, duplicateNo: twin, ...args });
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());
const sql = <Row extends object>(text: string, values: unknown[] = []) =>
  asOwner<Row>(college, 'archive', text, values);
const one = (no: string, fields = 'studentNo name') =>
  `{ student(studentNo: "${no}") { ${fields} } }`;
const asAdmin = (query: string, person = FIRST): Promise<Answer> =>
  college.request(person, query, { headers: REVIEW });
const SINCE = {
  recorded_by: 'T9001',
  recorded_at: '2026-03-01T00:00:00Z',
  approved_by: 'T9002',
  approved_at: '2026-03-02T00:00:00Z',
};
const archiveOf = (studentNo: string, state: string) =>
  put(college, 'archive', 'archive', {
    student_no: studentNo,
    state,
    opened_on: '2025-09-01',
    evidence: '[{"id":"e","docNo":"e"}]',
    ...SINCE,
  });

/** The student has signed and promised, so that his archive may be in use. */
async function signed(studentNo: string): Promise<void> {
  await sql(
    `insert into commitment_template (matter, template_version, owner_office, subject_types, clauses,
       consequences, valid_from, state, recorded_by, recorded_at, approved_by, approved_at)
     values ('ENTRY', '2026.1', 'SAO', '["STUDENT"]', '[]', '[]', '2026-01-01', 'PUBLISHED', 'T9001',
       '2026-01-01', 'T9002', '2026-01-01') on conflict do nothing`,
  );
  await sql(
    `with agreed as (
       insert into agreement (id, student_no, template_version, text_sha256, signed_at, method,
         notice_version, recorded_by, recorded_at)
       values (gen_random_uuid(), $1, '2026.1', repeat('a', 64), '2026-03-01', 'ONLINE_SIGN', 'N', $1, '2026-03-01')
       returning id),
     promised as (
       insert into commitment (student_no, matter, template_version, owner_office, signed_at,
         signature_hash, state, recorded_by, recorded_at)
       values ($1, 'ENTRY', '2026.1', 'SAO', '2026-03-01', repeat('a', 64), 'IN_FORCE', $1,
         '2026-03-01') returning id)
     update archive set state = 'ACTIVE', agreement_id = (select id from agreed),
       commitment_id = (select id from promised) where student_no = $1`,
    [studentNo],
  );
}

test('two numbers that nothing says are one person’s are not merged', async () => {
  const stranger = await newStudent(college);
  const refusals: [object, string][] = [
    [{ duplicateNo: STAYS }, 'VALIDATION duplicateNo'],
    [{ duplicateNo: stranger }, 'VALIDATION duplicateNo'],
    [{ reason: '' }, 'VALIDATION reason'],
  ];
  for (const [args, refusal] of refusals)
    expect(refusalsOf(await propose(args), 'mergeStudents')).toEqual([refusal]);
  expect((await propose({ duplicateNo: '2024018888' })).came).toBe('NOT_FOUND');
  await sql(`update student set name = '李思原', birth_date = '2006-03-09' where student_no = $1`, [
    twin,
  ]);
  const differing = JSON.stringify((await propose()).answer);
  expect(differing).toContain('They differ in the name, the date of birth');
  expect(await sql('select from student_merge')).toEqual([]);
  await sql(
    `update student t set name = s.name, birth_date = s.birth_date from student s
     where s.student_no = $1 and t.student_no = $2`,
    [STAYS, twin],
  );
});

test('what people settle first is named, and nothing is proposed', async () => {
  await archiveOf(twin, 'IMPORTED');
  await signed(twin);
  await sql(`update archive set state = 'IMPORTED' where student_no = $1`, [twin]);
  const state = (of: string, becomes: string) =>
    sql(`update archive set state = $2 where student_no = $1`, [of, becomes]);
  const request_ = (studentNo: string) =>
    put(college, 'archive', 'subject_request', {
      id: crypto.randomUUID(),
      student_no: studentNo,
      type: 'ACCESS',
      filed_at: '2026-04-01T00:00:00Z',
      due_on: '2026-05-01',
      state: 'FILED',
      recorded_by: studentNo,
      recorded_at: '2026-04-01T00:00:00Z',
    });
  const blocked: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    ['frozen', () => state(twin, 'FROZEN'), () => state(twin, 'IMPORTED')],
    ['further on', () => state(twin, 'ACTIVE'), () => state(twin, 'IMPORTED')],
    ['closed', () => state(twin, 'CLOSING'), () => state(twin, 'IMPORTED')],
    [
      'a request about own data',
      async () => [await request_(STAYS), await request_(twin)],
      () => sql(`delete from subject_request where student_no = $1`, [twin]),
    ],
    [
      'a change of the number',
      () =>
        put(college, 'archive', 'student_renumbering', {
          id: crypto.randomUUID(),
          student_no: twin,
          old_no: twin,
          new_no: '2024019555',
          state: 'PROPOSED',
          recorded_by: SECOND,
          recorded_at: '2026-04-01T00:00:00Z',
        }),
      () => sql(`delete from student_renumbering`),
    ],
    [
      'how he graduates',
      () => sql(`insert into graduation values ($1, '2026-06-30', 'GRADUATED', 1)`, [twin]),
      () => sql(`delete from graduation`),
    ],
  ];
  for (const [named, block, free] of blocked) {
    await block();
    const { came, answer } = await propose();
    expect([named, came, JSON.stringify(answer)]).toEqual([
      named,
      'STATE_CONFLICT',
      expect.stringContaining(named),
    ]);
    await free();
  }
  expect(await sql('select from student_merge')).toEqual([]);
});

test('a proposal waits for another person; one at a time of either number', async () => {
  const { came, row } = await propose();
  expect([came, row]).toEqual([
    'OK',
    {
      id: expect.any(String),
      version: 1,
      state: 'PROPOSED',
      studentNo: STAYS,
      duplicateNo: twin,
      duplicateClass: null,
      recordedBy: FIRST,
      approvedBy: null,
      availableActions: ['student.rejectMerge'],
    },
  ]);
  const other = await duplicateOf(college, STAYS);
  for (const args of [{}, { studentNo: twin, duplicateNo: STAYS }, { duplicateNo: other }])
    expect(refusalsOf(await propose(args), 'mergeStudents')).toEqual(['STATE_CONFLICT']);
  expect((await act(FIRST, 'approveMerge', on(row))).came).toBe('SOD_VIOLATION');
  const list = `{ studentMerges(state: PROPOSED) { nodes { id studentNo duplicateNo } } }`;
  const waiting = { nodes: [{ id: row.id, studentNo: STAYS, duplicateNo: twin }] };
  expect((await asAdmin(list)).data).toEqual({ studentMerges: waiting });
  expect((await asAdmin(list, 'T0110')).data).toEqual({ studentMerges: { nodes: [] } });
  const offered = async (person: string) => {
    const query = `{ student(studentNo: "${STAYS}") { merges { state availableActions } } }`;
    const { data } = await asAdmin(query, person);
    return (data as { student: { merges: unknown } }).student.merges;
  };
  const [mayReject, mayApprove] = ['student.rejectMerge', 'student.approveMerge'];
  expect(await offered(SECOND)).toEqual([
    { state: 'PROPOSED', availableActions: [mayApprove, mayReject] },
  ]);
  await sql(`insert into graduation values ($1, '2026-06-30', 'GRADUATED', 1)`, [twin]);
  expect(await offered(SECOND)).toEqual([{ state: 'PROPOSED', availableActions: [mayReject] }]);
  expect((await act(SECOND, 'approveMerge', on(row))).came).toBe('STATE_CONFLICT');
  await sql(`delete from graduation`);
  const rejected = await act(SECOND, 'rejectMerge', on(row));
  expect([rejected.came, rejected.row.state]).toEqual(['OK', 'REJECTED']);
  expect((await act(SECOND, 'approveMerge', on(rejected.row))).came).toBe('STATE_CONFLICT');
  expect(await offered(SECOND)).toEqual([{ state: 'REJECTED', availableActions: [] }]);
});

const consentOf = (id: string, studentNo: string, row: object) =>
  put(college, 'archive', 'consent', {
    consent_id: id,
    student_no: studentNo,
    purpose: 'PROVIDER_SHARE',
    field_groups: '["IDENTITY"]',
    recipient_name: 'a',
    recipient_uscc: '91990000MA0000004L',
    notice_version: 'N',
    granted_at: '2026-03-01T00:00:00Z',
    expires_at: '2026-09-01T00:00:00Z',
    form: 'SEPARATE',
    ...SINCE,
    ...row,
  });
const entryOf = (studentNo: string, title: string, role: string) =>
  put(college, 'archive', 'self_entry', {
    id: crypto.randomUUID(),
    entry_id: crypto.randomUUID(),
    edition: 1,
    student_no: studentNo,
    kind: 'TRAINING',
    title,
    role,
    start_on: '2025-10-01',
    detail: '{}',
    proofs: '[]',
    state: 'APPROVED',
    ...SINCE,
  });
const snapshotOf = (studentNo: string) =>
  put(college, 'archive', 'credit_snapshot', {
    student_no: studentNo,
    rule_set: 'CR-2026.1',
    kind: 'OFFICIAL',
    on_day: '2026-03-31',
    computed_at: '2026-03-31T00:00:00Z',
    state: 'CONFIRMED',
    grade: 'A',
    level: 'L0',
    score_excluding_disputed: 10000,
    school_view: '{"score":10000,"lines":[],"dimensions":[]}',
    full_view: '{"score":10000,"lines":[],"dimensions":[]}',
    run_id: 'RUN-M',
  });

/** What both numbers have before they are one. */
async function liveTwice(): Promise<{ record: string }> {
  for (const subject of [STAYS, twin])
    await sql(
      `insert into account (subject, student_no, state, mfa) values ($1, $1, 'ACTIVATED', false)`,
      [subject],
    );
  await consentOf('C-WIDE', STAYS, { field_groups: '["IDENTITY","GRADES"]' });
  await consentOf('C-NARROW', twin, { expires_at: '2026-08-01T00:00:00Z' });
  await consentOf('C-ALONE', twin, { recipient_uscc: '91990000MA0000001B' });
  await consentOf('C-WITHDRAWN', STAYS, {
    recipient_uscc: '91990000MA0000002E',
    withdrawn_at: '2026-03-02T00:00:00Z',
  });
  await consentOf('C-COLLECT', twin, {
    purpose: 'THIRD_PARTY_COLLECT',
    field_groups: '["PHONE_BILLS"]',
  });
  await entryOf(STAYS, 'the same', 'member');
  await entryOf(twin, 'the same', 'member');
  await entryOf(twin, 'another', 'member');
  await sql(
    `insert into evaluation_run (run_id, period, rule_set, cut_off_at, kind, state, locked_at, recorded_by,
       recorded_at, approved_by, approved_at)
     values ('RUN-M', '2026H1', 'CR-2026.1', '2026-03-31', 'OFFICIAL', 'LOCKED', '2026-04-01', 'T9001',
       '2026-03-31', 'T9002', '2026-04-01')`,
  );
  for (const number of [twin, STAYS]) await snapshotOf(number);
  const [record] = await sql<{ id: string }>(
    `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
       occurred_on, found_on, finding_body, finding_doc_no, finding_on, legal_basis, state,
       notice_delivered_at, evidence, source_subgraph, source_typename, source_id, source_version,
       recorded_by, recorded_at, approved_by, approved_at)
     values ($1, 'D3-06', 'BAD_CONDUCT', 'SAO', 'S2', '2026-02-01', '2026-02-11', 'b', 'd',
       '2026-02-21', 'l', 'ACTIVE', now(), '[{"id":"e","docNo":"e","title":"e"}]', 'archive',
       'ConductRecord', 'M-1', 1, 'T9001', '2026-03-01', 'T9002', '2026-03-02') returning id`,
    [twin],
  );
  const contact = `update student set phone = $2, email = $3 where student_no = $1`;
  await sql(contact, [STAYS, '13800000001', null]);
  await sql(contact, [twin, '13800000002', 'twin@example.cn']);
  return { record: record?.id ?? '' };
}

const writtenUnder = (no: string) =>
  sql<{ row: string }>(
    `select to_jsonb(e)::text as row from access_event e where student_no = $1
     union all select to_jsonb(l)::text from operation_log l where target like '%' || $1
     union all select to_jsonb(c)::text from access_call c where $1 = any(student_nos)`,
    [no],
  );

test('a merge that does not come to its end leaves both as they were', async () => {
  const { row } = await propose();
  await sql(`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'cut'; end $$`);
  await sql(`create trigger fail before insert on student_alias execute function fail()`);
  expect((await act(SECOND, 'approveMerge', { ...on(row), reason: 'checked' })).came).not.toBe(
    'OK',
  );
  await sql(`drop trigger fail on student_alias`);
  const states = `select state, version from student_merge where id = $1`;
  expect(await sql(states, [row.id])).toEqual([{ state: 'PROPOSED', version: 1 }]);
  expect(await sql(`select state from archive where student_no = $1`, [twin])).toEqual([
    { state: 'IMPORTED' },
  ]);
  expect((await act(FIRST, 'rejectMerge', on(row))).came).toBe('OK');
});

test('approved by another person, one archive has what both had, and what met is one by rule', async () => {
  const { record } = await liveTwice();
  soon();
  await asAdmin(`query Before ${one(twin)}`);
  const { row } = await propose();
  const before = await writtenUnder(twin);
  const approved = await act(SECOND, 'approveMerge', { ...on(row), reason: 'checked' });
  expect([approved.came, approved.row]).toMatchObject([
    'OK',
    { version: 2, state: 'APPROVED', studentNo: STAYS, duplicateNo: twin, approvedBy: SECOND },
  ]);
  expect(approved.row['duplicateClass']).toBe('20240103');
  soon();

  const consents = `select consent_id as id, withdrawn_at is not null as withdrawn,
      expires_at <= $2 as ended from consent where student_no = $1 and consent_id like 'C-%' order by 1`;
  expect(await sql(consents, [STAYS, college.clock.now()])).toEqual([
    { id: 'C-ALONE', withdrawn: false, ended: true },
    { id: 'C-COLLECT', withdrawn: false, ended: false },
    { id: 'C-NARROW', withdrawn: false, ended: false },
    { id: 'C-WIDE', withdrawn: false, ended: true },
    { id: 'C-WITHDRAWN', withdrawn: true, ended: false },
  ]);
  const entries = `select title, state from self_entry where student_no = $1 order by 1, 2`;
  expect(await sql(entries, [STAYS])).toEqual([
    { title: 'another', state: 'APPROVED' },
    { title: 'the same', state: 'APPROVED' },
    { title: 'the same', state: 'SUPERSEDED' },
  ]);
  const archives = `select state from archive where student_no = $1 order by 1`;
  expect(await sql(archives, [STAYS])).toEqual([{ state: 'IMPORTED' }, { state: 'VOID' }]);
  const accounts = `select subject, state from account where student_no = $1 or subject = $2`;
  expect(await sql(accounts, [STAYS, twin])).toEqual([{ subject: STAYS, state: 'ACTIVATED' }]);
  const contact = `select phone, email from student where student_no = any($1)`;
  expect(await sql(contact, [[STAYS, twin]])).toEqual([
    { phone: '13800000001', email: 'twin@example.cn' },
  ]);
  // The run that judged both says of one what it said of the number that holds.
  const runs = `select count(*)::int as n from credit_snapshot s where run_id = 'RUN-M'
    and student_no = $1 and not exists (select from credit_snapshot d where d.supersedes = s.snapshot_id)`;
  expect(await sql(runs, [STAYS])).toEqual([{ n: 1 }]);
  const [latest] = await sql<{ lines: { recordId: string }[] }>(
    `select school_view->'lines' as lines from credit_snapshot
     where student_no = $1 and kind = 'PROVISIONAL' order by seq desc limit 1`,
    [STAYS],
  );
  expect(latest?.lines.map(({ recordId }) => recordId)).toContain(record);
  expect(before.length).toBeGreaterThan(0);
  expect(await writtenUnder(twin)).toEqual(expect.arrayContaining(before));
});

test('the other number finds the one student and signs in as nobody; it is never given again', async () => {
  const found = { data: { student: { studentNo: STAYS, name: '李思源' } } };
  for (const no of [STAYS, twin]) expect(await asAdmin(one(no))).toEqual(found);
  const aliases = await asAdmin(one(twin, 'aliases { oldNo kind } merges { state duplicateNo }'));
  expect(aliases.data).toEqual({
    student: {
      aliases: [{ oldNo: twin, kind: 'MERGED' }],
      merges: expect.arrayContaining([{ state: 'APPROVED', duplicateNo: twin }]),
    },
  });
  const own = await college.request(twin, '{ me { student { studentNo } } }');
  expect(JSON.stringify(own)).not.toContain(STAYS);
  expect(own.errors?.[0]?.extensions['reason']).toBe('NO_GRANT');
  const stays = await college.request(STAYS, '{ me { student { studentNo } } myNotices { kind } }');
  expect(stays.data).toMatchObject({
    me: { student: { studentNo: STAYS } },
    myNotices: expect.arrayContaining([{ kind: 'MERGED' }]),
  });
  const read = await disclosedTo(college, STAYS, 'Before');
  expect(read.map(({ studentNo, actorRole }) => [studentNo, actorRole])).toEqual([
    [STAYS, 'SCHOOL_ADMIN'],
  ]);
  const lines = await college.request(STAYS, '{ operationLog(first: 100) { nodes { action } } }');
  for (const action of ['student.approveMerge', 'archive.merge', 'account.close', 'consent.expire'])
    expect(JSON.stringify(lines.data)).toContain(`"${action}"`);
  const again = await request(
    college,
    FIRST,
    {
      name: 'renumberStudent',
      noun: 'StudentRenumbering',
      args: { studentNo: '2024010305', newNo: twin },
    },
    REVIEW,
  );
  expect(refusalsOf(again, 'renumberStudent')).toEqual(['VALIDATION newNo']);
  expect((await propose()).came).toBe('NOT_FOUND');
});

test('statements do not grow with rows', async () => {
  const merged = async (facts: number): Promise<object> => {
    const other = await duplicateOf(college, STAYS);
    await archiveOf(other, 'IMPORTED');
    for (let n = 0; n < facts; n += 1) await entryOf(other, `entry ${facts} ${n}`, 'member');
    const { row } = await propose({ duplicateNo: other });
    const { result, byOffice } = await countStatements(() =>
      act(SECOND, 'approveMerge', { ...on(row), reason: 'checked' }),
    );
    expect(result.came).toBe('OK');
    return byOffice;
  };
  // The first one of a process prepares its statements.
  await merged(1);
  const few = await merged(2);
  expect(await merged(9)).toEqual(few);
});

test('what a list of merges offers takes as many statements, however long it is', async () => {
  const proposed = async () => {
    const studentNo = await newStudent(college);
    const duplicateNo = await duplicateOf(college, studentNo);
    expect((await propose({ studentNo, duplicateNo })).came).toBe('OK');
  };
  const query = '{ studentMerges(state: PROPOSED, first: 50) { nodes { availableActions } } }';
  const offered = { availableActions: ['student.approveMerge', 'student.rejectMerge'] };
  const listed = async (rows: number) => {
    const { result, byOffice } = await countStatements(() => asAdmin(query, SECOND));
    expect(result.data).toEqual({ studentMerges: { nodes: Array(rows).fill(offered) } });
    return byOffice;
  };
  await proposed();
  await listed(1);
  const few = await listed(1);
  for (let more = 0; more < 3; more += 1) await proposed();
  expect(await listed(4)).toEqual(few);
});
