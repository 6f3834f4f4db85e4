/** Early warnings: raised by what the archive holds, told to the student first, handled and ended (Z3.2b, 4.7). */
import { randomUUID } from 'node:crypto';
import { warningsOf, type WarnedFacts } from '@chengxin/archive/warning/warning.rules';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { archiveInState } from '../change/archive.plan.js';
import { CALLERS, bringReferences } from '../support/callers.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { publishText } from '../support/entry.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { mutate as request, on, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const STUDENT = '2024010317';
const OTHER = '2024010305';
const [COUNSELLOR, COLLEGE_ADMIN, SCHOOL] = ['T0101', 'T0110', 'T0001'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-04-13T10:00:00+08:00' });
  await bringReferences(college);
});
afterAll(() => college.stop());

const run = async () => {
  await runJob(college, 'archive', 'computeSnapshots');
  await runJob(college, 'archive', 'runWarnings');
};
const raised = (studentNo = STUDENT) =>
  asOwner<{ code: string; colour: string; state: string; handler: string; waits: boolean }>(
    college,
    'archive',
    `select code, colour, state, handler_office as handler, awaits_confirmation as waits
     from warning where student_no = $1 order by code`,
    [studentNo],
  );
const seenBy = async (person: string, headers: Record<string, string> = REVIEW) => {
  const query = `{ student(studentNo: "${STUDENT}") { warnings { id code state version availableActions } } }`;
  const { data } = await college.request(person, query, { headers });
  const { warnings } = (data?.['student'] ?? {}) as { warnings?: ChangedRow[] | null };
  return warnings ?? [];
};
const codesFor = async (person: string, headers?: Record<string, string>) =>
  (await seenBy(person, headers)).map((row) => String(row['code']));
interface Queued {
  readonly id: string;
  readonly code: string;
  readonly state: string;
  readonly dueOn: string | null;
  readonly student: { readonly studentNo: string } | null;
}
const QUEUED =
  'nodes { id code state dueOn student { studentNo } } pageInfo { hasNextPage endCursor }';
const pageFor = async (person: string | null, args: string, headers = {}) => {
  const query = `{ warningQueue(${args}) { ${QUEUED} } myTasks { kind count dueOn } }`;
  const { data } = await college.request(person, query, { headers });
  return data as {
    warningQueue: {
      nodes: Queued[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    } | null;
    myTasks: { kind: string; count: number; dueOn: string | null }[] | null;
  } | null;
};
const queued = async (person: string, args = '', headers: object = REVIEW) =>
  (await pageFor(person, `first: 100${args}`, headers))?.warningQueue?.nodes.map(
    ({ code, state, dueOn }) => `${code} ${state} ${dueOn}`,
  );
const mutate = (person: string, name: string, args: object) =>
  request(
    college,
    person,
    { name, noun: 'Warning', args: { ...args }, fields: 'id state version actions' },
    REVIEW,
  );

describe('What warns (4.7)', () => {
  const record = (severity = 'S1', indicatorCode = 'D3-01', foundOn = '2026-01-10') => ({
    recordId: `${indicatorCode}/${foundOn}`,
    indicatorCode,
    severity,
    foundOn,
  });
  const facts = (more: Partial<WarnedFacts>): WarnedFacts => ({
    snapshotId: 'S-2',
    score: 10_000,
    best: 10_000,
    bestId: 'S-1',
    records: [],
    ...more,
  });
  test.each<[string, Partial<WarnedFacts>, string[]]>([
    ['nothing', {}, []],
    ['a fall of 9.99', { score: 9001 }, []],
    ['a fall of 10.00', { score: 9000 }, ['W-01']],
    ['84.99 without a grave record', { score: 8499, best: 8499, records: [record()] }, []],
    ['84.99 with an S2', { score: 8499, best: 8499, records: [record('S2')] }, ['W-02']],
    ['85.00 with an S2', { score: 8500, best: 8500, records: [record('S2')] }, []],
    [
      'the same twice in 365 days',
      { records: [record(), record('S1', 'D3-01', '2025-01-10')] },
      ['W-03'],
    ],
    [
      'the same twice in 366 days',
      { records: [record(), record('S1', 'D3-01', '2025-01-09')] },
      [],
    ],
    ['two of different kinds', { records: [record(), record('S1', 'D3-02')] }, []],
    ['74.99', { score: 7499, best: 7499 }, ['W-04']],
    ['59.99', { score: 5999, best: 5999 }, ['W-04', 'W-05']],
    ['an S4', { records: [record('S4')] }, ['W-05']],
  ])('%s', (_, more, codes) => {
    expect(warningsOf(facts(more)).map(({ code }) => code)).toEqual(codes);
  });
});

test('the student hears of it first; then its handler acts on it, and it is resolved', async () => {
  await newRecord(college, STUDENT, { severity: 'S2' });
  await newRecord(college, STUDENT, { severity: 'S2' });
  await run();
  await run();
  expect((await raised()).filter(({ code }) => code === 'W-03')).toEqual([
    { code: 'W-03', colour: 'ORANGE', state: 'RAISED', handler: 'COL', waits: false },
  ]);
  expect(await codesFor(STUDENT, {})).toEqual([]);
  expect(await codesFor(COLLEGE_ADMIN)).toEqual([]);
  expect(await queued(COLLEGE_ADMIN)).toEqual([]);
  await deliverNotices(college);
  expect(await codesFor(STUDENT, {})).toContain('W-03');
  expect(await queued(COLLEGE_ADMIN, '', REVIEW)).toContainEqual('W-03 NOTIFIED 2026-04-20');
  const [own] = (await seenBy(COLLEGE_ADMIN)).filter((row) => row['code'] === 'W-03');
  expect(own).toMatchObject({ state: 'NOTIFIED', availableActions: ['warning.acknowledge'] });

  const taken = await mutate(COUNSELLOR, 'acknowledgeWarning', on(own!));
  expect([taken.came, taken.row.state]).toEqual(['OK', 'ACKNOWLEDGED']);
  expect(
    (await mutate(SCHOOL, 'handleWarning', { ...on(taken.row), actions: ['TALK'] })).came,
  ).toBe('FORBIDDEN_ACTION');
  const wrong = await mutate(COLLEGE_ADMIN, 'handleWarning', { ...on(taken.row), actions: [] });
  expect(refusalsOf(wrong, 'handleWarning')).toEqual(['VALIDATION actions']);
  const handled = await mutate(COLLEGE_ADMIN, 'handleWarning', {
    ...on(taken.row),
    actions: ['TALK', 'PLAN'],
  });
  expect(handled.row).toMatchObject({ state: 'HANDLING', actions: ['TALK', 'PLAN'] });
  const resolved = await mutate(COLLEGE_ADMIN, 'resolveWarning', {
    ...on(handled.row),
    escalate: false,
  });
  expect(resolved.row.state).toBe('RESOLVED');
  expect(await queued(COLLEGE_ADMIN, ', code: "W-03"')).toEqual([]);
  // The same trigger warns once.
  await run();
  expect((await raised()).filter(({ code }) => code === 'W-03')).toHaveLength(1);
});

test('no evaluator reads one, and one that rests on an unconfirmed grade waits for it', async () => {
  await newRecord(college, STUDENT, {
    severity: 'S3',
    indicator_code: 'D1-05',
    origin_group: 'ACADEMIC_MISCONDUCT',
    source_office: 'AAO',
  });
  await run();
  await deliverNotices(college);
  const low = (await raised()).find(({ code }) => code === 'W-04');
  expect(low).toMatchObject({ colour: 'ORANGE', waits: true });
  expect(await codesFor(STUDENT, {})).toContain('W-04');
  expect(await codesFor(COLLEGE_ADMIN)).not.toContain('W-04');
  expect(await queued(COLLEGE_ADMIN, ', code: "W-04"')).toEqual([]);
  const readers: string[] = [];
  for (const [role, person, headers] of CALLERS)
    if (person && (await codesFor(person, headers)).length) readers.push(role);
  expect(readers.filter((role) => role.startsWith('EV_'))).toEqual([]);
  await asOwner(college, 'archive', `update credit_snapshot set state = 'CONFIRMED'`);
  await run();
  expect((await raised()).find(({ code }) => code === 'W-04')?.waits).toBe(false);
  expect(await codesFor(COLLEGE_ADMIN)).toContain('W-04');
  expect(await queued(COLLEGE_ADMIN, ', code: "W-04"')).toEqual(['W-04 NOTIFIED 2026-04-20']);
});

test('a third party’s records warn nobody of the school', async () => {
  await put(college, 'archive', 'consent', {
    consent_id: 'CS-TP',
    student_no: OTHER,
    purpose: 'THIRD_PARTY_COLLECT',
    field_groups: { names: ['CARD_OVERDRAFTS'] },
    recipient_name: 'bank',
    recipient_uscc: '91990000MA0000001B',
    notice_version: 'N-2026.1',
    granted_at: '2026-02-20T00:00:00Z',
    expires_at: '2027-02-19T00:00:00Z',
    form: 'SEPARATE',
    recorded_by: OTHER,
    recorded_at: '2026-02-20T01:00:00Z',
  });
  for (let times = 0; times < 2; times++)
    await newRecord(college, OTHER, {
      indicator_code: 'D2-02',
      origin_group: 'CARD_OVERDRAFTS',
      source_office: '91990000MA0000001B',
      consent_id: 'CS-TP',
    });
  await run();
  expect(await raised(OTHER)).toEqual([]);
});

describe('A warning of a promise (W-06)', () => {
  const MATTERS = [
    ['AAO', 'EXAM'],
    ['SAO', 'AWARD'],
    ['SAO', 'AID'],
    ['FIN', 'PERFORMANCE'],
    ['FIN', 'AID'],
    ['CYL', 'TITLE'],
    ['AEO', 'ADMISSION'],
    ['RDO', 'PROJECT'],
  ] as const;
  /** Number of a promise → office and matter. */
  const promises = new Map<string, string>();
  const CODED = `id code colour dueOn state version trigger { rule group commitmentId values }`;
  interface OfPromise extends ChangedRow {
    readonly code: string;
    readonly trigger: { readonly commitmentId: string; readonly values: string | null };
  }
  const readBy = async (person: string | null, headers = {}) => {
    const query = `{ student(studentNo: "${STUDENT}") { warnings { ${CODED} } } }`;
    const { data } = await college.request(person, query, { headers });
    const { warnings } = (data?.['student'] ?? {}) as { warnings?: OfPromise[] | null };
    return (warnings ?? []).filter(({ code }) => code === 'W-06');
  };
  const mattersFor = async (person: string | null, headers = {}) =>
    (await readBy(person, headers)).map(({ trigger }) => promises.get(trigger.commitmentId));

  test('lies with the office of the matter, after the student, and with nobody else', async () => {
    for (const [office, matter] of MATTERS) {
      await publishText(college, ['COMMITMENT', matter, `T-${office}`, office]);
      const fact = { student_no: STUDENT, recorded_by: 'T9999', recorded_at: college.clock.now() };
      const { id = '' } = await put(college, 'archive', 'commitment', {
        ...fact,
        matter,
        template_version: `T-${office}`,
        owner_office: office,
        signed_at: '2026-04-01T00:00:00Z',
        signature_hash: 'a'.repeat(64),
        state: 'IN_FORCE',
      });
      promises.set(id, `${office} ${matter}`);
      await put(college, 'archive', 'commitment_check', {
        ...fact,
        commitment_id: id,
        phase: 'MID',
        checked_by: office,
        result: 'DEVIATION',
        note: 'late',
        rectify_by: '2026-05-01',
      });
    }
    const all = MATTERS.map((names) => names.join(' '));
    await Promise.all([run(), runJob(college, 'archive', 'runWarnings')]);
    await run();
    for (const [role, person, headers] of CALLERS)
      expect([role, await mattersFor(person, headers)]).toEqual([role, []]);
    await deliverNotices(college);
    const expected: Readonly<Record<string, readonly string[]>> = {
      STU_SELF: all,
      SCHOOL_ADMIN: all,
      // What is not proven in matters of Student Affairs the college reads as it reads the report.
      COLLEGE_ADMIN: ['SAO AID', 'SAO AWARD'],
      AAO_CLERK: ['AAO EXAM'],
      AAO_REVIEWER: ['AAO EXAM'],
      FIN_CLERK: ['FIN AID', 'FIN PERFORMANCE'],
      FIN_REVIEWER: ['FIN AID', 'FIN PERFORMANCE'],
      AEO_STAFF: ['AEO ADMISSION'],
      RDO_STAFF: ['RDO PROJECT'],
    };
    for (const [role, person, headers] of CALLERS)
      expect([role, new Set(await mattersFor(person, headers))]).toEqual([
        role,
        new Set(expected[role]),
      ]);
    // One of each promise, whoever ran the job beside the other.
    expect(await mattersFor(STUDENT)).toHaveLength(MATTERS.length);
  });

  test('tells its handler code, colour and day; what the Youth League may not read lies with Student Affairs', async () => {
    const [own] = await readBy('T0301');
    expect(own).toEqual({
      id: expect.any(String) as unknown,
      code: 'W-06',
      colour: 'YELLOW',
      dueOn: '2026-04-27',
      state: 'NOTIFIED',
      version: 2,
      trigger: {
        rule: 'DEVIATION',
        group: 'COMMITMENTS',
        commitmentId: expect.any(String) as unknown,
        values: null,
      },
    });
    const acknowledge = (person: string, row: ChangedRow, headers = {}) =>
      request(
        college,
        person,
        { name: 'acknowledgeWarning', noun: 'Warning', args: on(row) },
        headers,
      );
    const ofMatter = async (name: string) =>
      (await readBy(SCHOOL, REVIEW)).find(
        ({ trigger }) => promises.get(trigger.commitmentId) === name,
      )!;
    for (const name of ['AAO EXAM', 'RDO PROJECT'])
      expect((await acknowledge(SCHOOL, await ofMatter(name), REVIEW)).came).toBe(
        'FORBIDDEN_ACTION',
      );
    expect((await acknowledge('T1101', await ofMatter('AAO EXAM'))).came).toBe('NOT_FOUND');
    expect((await acknowledge(SCHOOL, await ofMatter('CYL TITLE'), REVIEW)).came).toBe('OK');
    expect((await acknowledge('T0301', own!)).came).toBe('OK');
    expect((await acknowledge('T1101', await ofMatter('RDO PROJECT'))).came).toBe('OK');
  });

  test('ends once a later check finds nothing, whoever had it in hand, and comes not again', async () => {
    const [{ id } = { id: '' }] = await asOwner<{ id: string }>(
      college,
      'archive',
      `select id from commitment where owner_office = 'AAO' and matter = 'EXAM'`,
    );
    await put(college, 'archive', 'commitment_check', {
      student_no: STUDENT,
      commitment_id: id,
      phase: 'MID',
      checked_by: 'AAO',
      result: 'IN_PROGRESS',
      recorded_by: 'T9999',
      recorded_at: '2026-04-14T00:00:00Z',
    });
    await runJob(college, 'archive', 'expireWarnings');
    await run();
    expect((await readBy('T0301')).map(({ state }) => state)).toEqual(['EXPIRED']);
    expect((await readBy('T1101')).map(({ state }) => state)).toEqual(['ACKNOWLEDGED']);
  });
});

describe('The list of what waits', () => {
  const BY_SCORE = ['W-01 NOTIFIED', 'W-02 NOTIFIED', 'W-02 NOTIFIED', 'W-04 NOTIFIED'];
  /** What each handler finds of the student; nobody else finds anything. */
  const WAITS: Readonly<Record<string, readonly string[]>> = {
    COUNSELLOR: [...BY_SCORE, 'W-07 NOTIFIED'],
    COLLEGE_ADMIN: BY_SCORE,
    SCHOOL_ADMIN: ['W-05 NOTIFIED', 'W-06 ACKNOWLEDGED', 'W-06 NOTIFIED', 'W-06 NOTIFIED'],
    FIN_CLERK: ['W-06 NOTIFIED', 'W-06 NOTIFIED', 'W-07 NOTIFIED'],
    RDO_STAFF: ['W-06 ACKNOWLEDGED'],
    AEO_STAFF: ['W-06 NOTIFIED'],
  };

  test('has for each role what it reads and may act on at the student, and no more', async () => {
    await put(college, 'archive', 'bill_reminder', {
      id: randomUUID(),
      student_no: STUDENT,
      bill_no: 'B-1',
      stage: 'OVERDUE',
      is_open: true,
      version: 1,
    });
    await run();
    await deliverNotices(college);
    for (const [role, person, headers] of CALLERS) {
      const page = await pageFor(person, 'first: 100', headers);
      const nodes = page?.warningQueue?.nodes ?? [];
      const found = nodes.map(({ code, state }) => `${code} ${state}`).toSorted();
      expect([role, found]).toEqual([role, WAITS[role] ?? []]);
      const own = person ? await seenBy(person, headers) : [];
      const acted = own.filter((row) => (row['availableActions'] as string[]).length);
      expect(nodes.map(({ id }) => id).toSorted()).toEqual(acted.map(({ id }) => id).toSorted());
      expect(nodes.filter(({ student }) => student?.studentNo !== STUDENT)).toEqual([]);
      const tasks = page?.myTasks?.filter(({ kind }) => kind === 'HANDLE_WARNINGS') ?? [];
      const [first] = nodes;
      const expected = { kind: 'HANDLE_WARNINGS', count: nodes.length, dueOn: first?.dueOn };
      expect([role, tasks]).toEqual([role, first ? [expected] : []]);
    }
  });

  test.each([
    ['a counsellor of another class', 'T0102'],
    ['the administrator of another college', 'T0210'],
  ])('%s finds none', async (_, person) => {
    expect(await queued(person)).toEqual([]);
  });

  test('is in the order of days, what has none last, page by page under sealed cursors', async () => {
    const all = await queued(COUNSELLOR);
    expect(all?.map((one) => one.split(' ')[2])).toEqual([
      '2026-04-20',
      '2026-04-27',
      '2026-04-27',
      '2026-04-27',
      'null',
    ]);
    const found: string[] = [];
    let after = '';
    for (let turn = 0; turn < (all?.length ?? 0); turn += 1) {
      const page = (await pageFor(COUNSELLOR, `first: 1${after}`, REVIEW))?.warningQueue;
      found.push(
        ...(page?.nodes ?? []).map(({ code, state, dueOn }) => `${code} ${state} ${dueOn}`),
      );
      expect(page?.pageInfo.hasNextPage).toBe(found.length < (all?.length ?? 0));
      after = `, after: "${page?.pageInfo.endCursor}"`;
    }
    expect(found).toEqual(all);
    // Of another list, or in other hands, a cursor is none.
    expect(await queued(COUNSELLOR, `, code: "W-07"${after}`)).toBeUndefined();
    expect(await queued(COLLEGE_ADMIN, after)).toBeUndefined();
  });

  test.each([
    [COUNSELLOR, 'code: "W-07"', ['W-07 NOTIFIED null']],
    [COUNSELLOR, 'colour: ORANGE', ['W-04 NOTIFIED 2026-04-20']],
    [SCHOOL, 'state: ACKNOWLEDGED', ['W-06 ACKNOWLEDGED 2026-04-27']],
    [COLLEGE_ADMIN, 'state: RESOLVED', []],
    [COLLEGE_ADMIN, 'state: RAISED', []],
  ])('of %s by %s', async (person, filter, expected) => {
    expect(await queued(person, `, ${filter}`)).toEqual(expected);
  });

  test('has what was handed on to Student Affairs by its state alone', async () => {
    const page = await pageFor(COLLEGE_ADMIN, 'first: 1, code: "W-01"', REVIEW);
    await asOwner(
      college,
      'archive',
      `update warning set state = 'ESCALATED', handler_office = 'SAO' where id = $1`,
      [page?.warningQueue?.nodes[0]?.id],
    );
    expect(await queued(SCHOOL, ', code: "W-01"')).toEqual([]);
    expect(await queued(SCHOOL, ', state: ESCALATED')).toEqual(['W-01 ESCALATED 2026-04-27']);
    expect(await queued(COLLEGE_ADMIN, ', state: ESCALATED')).toEqual([]);
  });

  test('takes the same statements for one row and for all', async () => {
    const read = (first: number) =>
      countStatements(() => pageFor(COUNSELLOR, `first: ${first}`, REVIEW));
    await read(1);
    const [one, all] = [await read(1), await read(100)];
    expect(all.result?.warningQueue?.nodes).toHaveLength(4);
    expect(all.byOffice).toEqual(one.byOffice);
  });
});

test('an archive that is closed is read only: nothing warns of it (2.4)', async () => {
  await put(college, 'archive', 'bill_reminder', {
    id: randomUUID(),
    student_no: OTHER,
    bill_no: 'B-OTHER',
    stage: 'OVERDUE',
    is_open: true,
    version: 1,
  });
  await archiveInState(college, OTHER, 'CLOSED');
  await run();
  expect(await raised(OTHER)).toEqual([]);
  await archiveInState(college, OTHER, 'ACTIVE');
  await run();
  expect(await raised(OTHER)).toEqual([
    { code: 'W-07', colour: 'ADM', state: 'RAISED', handler: 'FIN', waits: false },
  ]);
});

test('statements do not grow with the students who are warned of', async () => {
  const students = await asOwner<{ no: string }>(
    college,
    'archive',
    `select student_no as no from student where student_no not in ($1, $2) order by 1 limit 4`,
    [STUDENT, OTHER],
  );
  const warnOf = async (some: readonly { no: string }[]) => {
    for (const { no } of some) {
      for (let times = 0; times < 2; times++) await newRecord(college, no);
      await put(college, 'archive', 'bill_reminder', {
        id: randomUUID(),
        version: 1,
        student_no: no,
        bill_no: `B-${no}`,
        stage: 'OVERDUE',
        is_open: true,
      });
    }
    await runJob(college, 'archive', 'computeSnapshots');
    return countStatements(() => runJob(college, 'archive', 'runWarnings'));
  };
  const one = await warnOf(students.slice(0, 1));
  const three = await warnOf(students.slice(1));
  expect((await raised(students.at(-1)?.no)).length).toBeGreaterThan(0);
  expect(three.statements.length).toBe(one.statements.length);
});

test('in hand long after its day, a warning expires', async () => {
  const [{ id } = { id: '' }] = await asOwner<{ id: string }>(
    college,
    'archive',
    `update warning set state = 'HANDLING', due_on = '2026-01-12' where student_no = $1
       and code = 'W-04' returning id`,
    [STUDENT],
  );
  const state = async () =>
    (await asOwner(college, 'archive', 'select state from warning where id = $1', [id]))[0];
  college.clock.set('2026-04-12T10:00:00+08:00');
  await runJob(college, 'archive', 'expireWarnings');
  expect(await state()).toEqual({ state: 'HANDLING' });
  college.clock.set('2026-04-13T10:00:00+08:00');
  await runJob(college, 'archive', 'expireWarnings');
  expect(await state()).toEqual({ state: 'EXPIRED' });
});
