/** The repair of a bad record, from its draft to what becomes of the record (G15, L-17, SC-09). */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { runJob } from '../support/jobs.js';
import {
  EnumValue,
  mutate as request,
  on,
  refusalsOf,
  type ChangedRow,
  type Outcome,
} from '../support/mutate.js';
import { CALLERS } from '../support/callers.js';
import { put, RECORDED } from '../support/put.js';
import { damage as newDamage, volunteered } from '../support/repair-rows.js';
import { attentionOn, measureOn, restingStates } from '../support/resting.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const STUDENT = '2024010322';
const OTHER = '2024010317';
const COUNSELLOR = 'T0101';
const COLLEGE_ADMIN = 'T0110';
const FIRST = 'T0001';
const SECOND = 'T0002';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const noun = 'RepairApplication';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-06-10T10:00:00+08:00' });
});
afterAll(() => college.stop());
afterEach(async () => {
  college.clock.set('2026-06-10T10:00:00+08:00');
  const run = (sql: string) => asOwner(college, 'archive', sql);
  await run('delete from repair_record');
  await run('delete from repair_application');
  await run('delete from conduct_record');
  await run('delete from good_record');
});

const mutate = (person: string, name: string, args: object, headers = {}): Promise<Outcome> =>
  request(college, person, { name, noun, args: { ...args } }, headers);
const forRepair = ({ id }: ChangedRow) => ({ 'x-purpose': 'REPAIR', 'x-reference': id });

const damage = (more: Readonly<Record<string, string | boolean>> = {}, studentNo = STUDENT) =>
  newDamage(college, studentNo, more);

/** A record of a provider, under a consent of the student (T-04). */
async function ofProvider(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const consentId = randomUUID();
  await put(college, 'archive', 'consent', {
    consent_id: consentId,
    student_no: STUDENT,
    purpose: 'THIRD_PARTY_COLLECT',
    field_groups: { names: ['CARD_OVERDRAFTS'] },
    recipient_name: '示范银行',
    recipient_uscc: '91990000MA0000001C',
    notice_version: 'NT-2026.1',
    granted_at: '2026-02-20T01:00:00Z',
    expires_at: '2027-02-19T00:00:00Z',
    form: 'SEPARATE',
    recorded_by: STUDENT,
    recorded_at: '2026-02-20T01:00:00Z',
  });
  const code = { indicator_code: 'D2-02', origin_group: 'CARD_OVERDRAFTS' };
  return damage({ ...code, consent_id: consentId, ...more });
}

const save = (recordIds: readonly string[], more: object = {}, person = STUDENT) =>
  mutate(person, 'saveRepairDraft', {
    recordIds,
    statement: 'I have paid for the damage and apologised',
    remedyProofDocNos: ['RECEIPT-1'],
    ...more,
  });
const apply = ({ row }: Outcome) => mutate(STUDENT, 'applyRepair', on(row));

/** Handed in, claimed by the college, and with Student Affairs with its opinion. */
async function reviewed(record: string): Promise<ChangedRow> {
  const { row } = await apply(await save([record]));
  const claimed = await mutate(COLLEGE_ADMIN, 'claimRepair', on(row), REVIEW);
  const args = { ...on(claimed.row), opinion: 'support' };
  return (await mutate(COLLEGE_ADMIN, 'reviewRepair', args, forRepair(row))).row;
}
const decide = (row: ChangedRow, decision: string, person = FIRST) =>
  mutate(person, 'decideRepair', { ...on(row), decision: new EnumValue(decision) }, REVIEW);

async function stateOf(record: string): Promise<unknown> {
  const sql = 'select state, version from conduct_record where id = $1';
  return (await asOwner(college, 'archive', sql, [record]))[0];
}
async function creditOf(person: string): Promise<unknown> {
  const headers = person === STUDENT ? {} : REVIEW;
  const query = `{ student(studentNo: "${STUDENT}") { credit { score grade } } }`;
  const { data } = await college.request(person, query, { headers });
  return (data?.['student'] as { credit?: unknown } | null)?.credit;
}
async function repairsFor(person: string, fields: string): Promise<unknown> {
  const headers = person === STUDENT ? {} : REVIEW;
  const query = `{ student(studentNo: "${STUDENT}") { repairs { ${fields} } } }`;
  const { data } = await college.request(person, query, { headers });
  return (data?.['student'] as { repairs?: unknown } | null)?.repairs;
}
/** What a refusal must not change. */
const everything = () =>
  asOwner(
    college,
    'archive',
    `select (select jsonb_agg(r order by r.id) from repair_application r) as repairs,
       (select jsonb_agg(c order by c.id) from conduct_record c) as records,
       (select count(*)::int from credit_snapshot) as snapshots,
       (select count(*)::int from operation_log) as log`,
  );
async function refused(work: () => Promise<Outcome>): Promise<string> {
  const before = await everything();
  const { came } = await work();
  expect(await everything()).toEqual(before);
  return came;
}
const messageOf = ({ answer }: Outcome, name: string): string | undefined =>
  (answer.data?.[name] as { errors: { message: string }[] } | null)?.errors[0]?.message;

describe('SC-09: applied for by the student, opinion by the college, decided by Student Affairs', () => {
  test.each([
    ['FULL', 'REPAIRED', { score: 10150, grade: 'A' }],
    ['MITIGATE', 'MITIGATED', { score: 9750, grade: 'B' }],
    ['REFUSE', 'ACTIVE', { score: 9350, grade: 'B' }],
  ])('%s: the record is %s, and the credit follows at once', async (decision, state, credit) => {
    const record = await damage();
    const good = await volunteered(college, STUDENT);
    await runJob(college, 'archive', 'computeSnapshots');
    expect(await creditOf(STUDENT)).toEqual({ score: 9350, grade: 'B' });

    const drafted = await save([record], { goodRecordIds: [good] });
    expect([drafted.came, drafted.row.state]).toEqual(['OK', 'DRAFT']);
    const applied = await apply(drafted);
    expect([applied.came, applied.row.state]).toEqual(['OK', 'SUBMITTED']);
    const claimed = await mutate(COLLEGE_ADMIN, 'claimRepair', on(applied.row), REVIEW);
    expect([claimed.came, claimed.row.state]).toEqual(['OK', 'COLLEGE_REVIEW']);
    const opinion = { ...on(claimed.row), opinion: 'support' };
    const review = await mutate(COLLEGE_ADMIN, 'reviewRepair', opinion, forRepair(applied.row));
    expect([review.came, review.row.state]).toEqual(['OK', 'SAO_REVIEW']);
    expect(await refused(() => decide(review.row, decision, COLLEGE_ADMIN))).toBe(
      'FORBIDDEN_ACTION',
    );

    const decided = await decide(review.row, decision);
    expect(decided.came).toBe('OK');
    expect(await stateOf(record)).toEqual({ state, version: state === 'ACTIVE' ? 1 : 2 });
    expect(await creditOf(STUDENT)).toEqual(credit);
    const fields = `statement collegeOpinion decision reason recordIds remedyProofs { docNo }
      performance { volunteerHours noNewBadSince goodRecords }`;
    expect(await repairsFor(STUDENT, fields)).toEqual([
      {
        statement: 'I have paid for the damage and apologised',
        collegeOpinion: 'support',
        decision,
        reason: 'a reason',
        recordIds: [record],
        remedyProofs: [{ docNo: 'RECEIPT-1' }],
        performance: { volunteerHours: '60.0', noNewBadSince: '2026-03-10', goodRecords: [good] },
      },
    ]);
  });

  test('a good record that is revoked meanwhile leaves no trace in the application (3.7(15))', async () => {
    const record = await damage();
    const [stays, goes] = [
      await volunteered(college, STUDENT),
      await volunteered(college, STUDENT),
    ];
    const applied = await apply(await save([record], { goodRecordIds: [stays, goes] }));
    expect(applied.came).toBe('OK');
    const fields = 'performance { volunteerHours goodRecords }';
    const performance = (volunteerHours: string, goodRecords: string[]) => [
      { performance: { volunteerHours, goodRecords } },
    ];
    expect(await repairsFor(COLLEGE_ADMIN, fields)).toEqual(performance('120.0', [stays, goes]));
    await asOwner(college, 'archive', `update good_record set state = 'REVOKED' where id = $1`, [
      goes,
    ]);
    expect(await repairsFor(COLLEGE_ADMIN, fields)).toEqual(performance('60.0', [stays]));
  });

  test.each(['FULL', 'MITIGATE'])(
    '%s: measures and key attention end with the last active record that they rest on',
    async (decision) => {
      const record = await damage();
      const other = await damage();
      const resting = [
        await measureOn(college, STUDENT, [record]),
        await measureOn(college, STUDENT, [record, other]),
        await attentionOn(college, STUDENT, record),
      ];
      await decide(await reviewed(record), decision);
      expect(await restingStates(college, resting)).toEqual(['ENDED', 'IN_FORCE', 'REMOVED']);
      for (const table of ['measure', 'key_attention'])
        await asOwner(college, 'archive', `delete from ${table}`);
    },
  );

  test('each change stands in the log with the decision as its basis', async () => {
    const record = await damage();
    const row = await reviewed(record);
    await decide(row, 'FULL');
    const sql = `select actor, action from operation_log where target_id = any($1) order by id`;
    expect(await asOwner(college, 'archive', sql, [[row.id, record]])).toEqual([
      { actor: STUDENT, action: 'repair.save' },
      { actor: STUDENT, action: 'repair.apply' },
      { actor: COLLEGE_ADMIN, action: 'repair.claim' },
      { actor: COLLEGE_ADMIN, action: 'repair.review' },
      { actor: FIRST, action: 'repair.decide' },
      { actor: FIRST, action: 'conduct.repair' },
    ]);
  });

  test('once repaired, neither the record nor its application leaves a trace but to the student (3.7(15))', async () => {
    const record = await damage();
    const row = await reviewed(record);
    expect(await repairsFor(COLLEGE_ADMIN, 'state')).toEqual([{ state: 'SAO_REVIEW' }]);
    const decided = await decide(row, 'FULL');
    // Whoever decided it does not see it any more, since closed conduct is shut to him.
    expect([decided.came, decided.row]).toEqual(['OK', null]);
    for (const person of [COUNSELLOR, COLLEGE_ADMIN, FIRST])
      expect([person, await repairsFor(person, 'state')]).toEqual([person, []]);
    expect(await repairsFor(STUDENT, 'state')).toEqual([{ state: 'APPROVED_FULL' }]);
  });
});

describe('A draft', () => {
  test('is the student’s own, also once he has withdrawn it', async () => {
    const drafted = await save([await damage()]);
    expect(await repairsFor(COLLEGE_ADMIN, 'state')).toEqual([]);
    const args = on(drafted.row);
    expect(await refused(() => mutate(COLLEGE_ADMIN, 'claimRepair', args, REVIEW))).toBe(
      'NOT_FOUND',
    );
    const withdrawn = await mutate(STUDENT, 'withdrawRepair', args);
    expect(withdrawn.row.state).toBe('WITHDRAWN');
    expect(await repairsFor(COLLEGE_ADMIN, 'state')).toEqual([]);
    expect(await repairsFor(STUDENT, 'state')).toEqual([{ state: 'WITHDRAWN' }]);
  });

  test('is written anew as a whole, with other records', async () => {
    const [first, second] = [await damage(), await damage()];
    const drafted = await save([first]);
    const again = await save([second], { ...on(drafted.row), statement: 'the other one' });
    expect([again.came, again.row.version]).toEqual(['OK', 2]);
    expect(await repairsFor(STUDENT, 'statement recordIds')).toEqual([
      { statement: 'the other one', recordIds: [second] },
    ]);
  });

  test.each([
    ['no record', async () => ({ recordIds: [] }), 'recordIds'],
    ['what is no number', async () => ({ recordIds: ['x'] }), 'recordIds'],
    [
      'another student’s record',
      async () => ({ recordIds: [await damage({}, OTHER)] }),
      'recordIds',
    ],
    [
      'a record that is over',
      async () => ({ recordIds: [await damage({ state: 'EXPIRED' })] }),
      'recordIds',
    ],
    [
      'a provider’s record, which the school never sees (T-04)',
      async () => ({
        recordIds: [await ofProvider()],
      }),
      'recordIds',
    ],
    [
      'a good record of nobody',
      async () => ({ recordIds: [await damage()], goodRecordIds: [randomUUID()] }),
      'goodRecordIds',
    ],
    [
      'a blank statement',
      async () => ({ recordIds: [await damage()], statement: ' ' }),
      'statement',
    ],
  ])('that names %s is refused', async (_, wrong, path) => {
    const { recordIds, ...more } = (await wrong()) as { recordIds: string[] };
    const before = await everything();
    expect(refusalsOf(await save(recordIds, more), 'saveRepairDraft')).toEqual([
      `VALIDATION ${path}`,
    ]);
    expect(await everything()).toEqual(before);
  });
});

describe('Nothing is applied for', () => {
  const applyAt = async (day: string, record: string) => {
    const drafted = await save([record]);
    college.clock.set(`${day}T10:00:00+08:00`);
    return apply(drafted);
  };

  test.each([
    ['S1', '2026-03-10', '2026-03-09'],
    ['S2', '2026-06-08', '2026-06-07'],
    ['S3', '2026-09-06', '2026-09-05'],
    ['S4', '2027-03-10', '2027-03-09'],
  ])(
    'of severity %s before %s: the wait runs from the effective day',
    async (severity, first, before) => {
      const record = await damage({ severity });
      const early = await applyAt(before, record);
      expect(early.came).toBe('STATE_CONFLICT');
      expect(messageOf(early, 'applyRepair')).toContain(first);
      expect((await applyAt(first, record)).came).toBe('OK');
    },
  );

  test.each([
    ['while an appeal disputes it', { disputed: true }],
    [
      'while the bill behind it is unpaid (T-01)',
      { indicator_code: 'D2-01', origin_group: 'TUITION', bill_no: 'B-1' },
    ],
  ])('%s', async (_, more) => {
    const drafted = await save([await damage(more)]);
    expect(await refused(() => apply(drafted))).toBe('STATE_CONFLICT');
  });

  test('after a newer bad record, be it of another kind; one of a provider does not count (T-04)', async () => {
    const record = await damage();
    const newer = { occurred_on: '2026-04-01', found_on: '2026-04-10', finding_on: '2026-04-10' };
    await ofProvider(newer);
    const drafted = await save([record]);
    const other = await damage(newer);
    expect(await refused(() => apply(drafted))).toBe('STATE_CONFLICT');
    await asOwner(college, 'archive', `update conduct_record set state = 'REVOKED' where id = $1`, [
      other,
    ]);
    expect((await apply(drafted)).came).toBe('OK');
  });

  test('while the term of its sanction runs; a sanction in preparation is not disclosed (L-03)', async () => {
    const { id: sanction = '' } = await put(college, 'archive', 'sanction', {
      student_no: STUDENT,
      type: 'WARNING',
      source_office: 'SAO',
      doc_no: 'S-1',
      notified_on: '2026-03-01',
      statement_on: '2026-03-02',
      decided_on: '2026-03-10',
      served_on: '2026-03-12',
      appeal_deadline: '2026-03-22',
      term_months: 6,
      term_ends_on: '2026-09-10',
      state: 'TERM_RUNNING',
      ...RECORDED,
    });
    const record = await damage({ sanction_id: sanction });
    const drafted = await save([record]);
    expect(await refused(() => apply(drafted))).toBe('STATE_CONFLICT');
    const move = (state: string) =>
      asOwner(college, 'archive', 'update sanction set state = $1 where id = $2', [
        state,
        sanction,
      ]);
    await move('DRAFT');
    expect((await apply(drafted)).came).toBe('OK');
    await asOwner(college, 'archive', 'update conduct_record set sanction_id = null');
    await asOwner(college, 'archive', 'delete from sanction');
  });

  test('when the record is gone', async () => {
    const drafted = await save([await damage()]);
    await asOwner(college, 'archive', 'delete from conduct_record');
    expect(await refused(() => apply(drafted))).toBe('STATE_CONFLICT');
  });

  test('without a proof that it was mended, nor twice at a time', async () => {
    const record = await damage();
    const unproven = await save([record], { remedyProofDocNos: [] });
    expect(refusalsOf(await apply(unproven), 'applyRepair')).toEqual([
      'VALIDATION remedyProofDocNos',
    ]);
    await apply(await save([record]));
    const second = await save([record]);
    expect(await refused(() => apply(second))).toBe('STATE_CONFLICT');
  });

  test('for 90 days after it was refused', async () => {
    const record = await damage();
    await decide(await reviewed(record), 'REFUSE');
    const early = await applyAt('2026-09-07', record);
    expect(messageOf(early, 'applyRepair')).toContain('2026-09-08');
    expect((await applyAt('2026-09-08', record)).came).toBe('OK');
  });
});

describe('Who reviews and decides', () => {
  test('the college gives an opinion on what it has in hand alone', async () => {
    const { row: other } = await apply(await save([await damage()]));
    const early = { ...on(other), opinion: 'support' };
    expect(
      await refused(() => mutate(COLLEGE_ADMIN, 'reviewRepair', early, forRepair(other))),
    ).toBe('PURPOSE_REQUIRED');
    const { row } = await apply(await save([await damage()]));
    expect(await refused(() => mutate(FIRST, 'claimRepair', on(row), REVIEW))).toBe(
      'FORBIDDEN_ACTION',
    );
    const claimed = await mutate(COLLEGE_ADMIN, 'claimRepair', on(row), REVIEW);
    const blank = { ...on(claimed.row), opinion: ' ' };
    const answer = await mutate(COLLEGE_ADMIN, 'reviewRepair', blank, forRepair(row));
    expect(refusalsOf(answer, 'reviewRepair')).toEqual(['VALIDATION opinion']);
  });

  test('what one person of Student Affairs has in hand, another takes over before he decides', async () => {
    const row = await reviewed(await damage());
    const claimed = await mutate(FIRST, 'claimRepair', on(row), REVIEW);
    expect(await refused(() => decide(claimed.row, 'FULL', SECOND))).toBe('FORBIDDEN_ACTION');
    const taken = await mutate(SECOND, 'claimRepair', on(claimed.row), REVIEW);
    expect((await decide(taken.row, 'FULL', SECOND)).came).toBe('OK');
  });

  test('whoever gave the opinion does not decide, by SQL neither (INV-02)', async () => {
    const row = await reviewed(await damage());
    const by = `update repair_application set college_opinion_by = $1 where id = $2`;
    await asOwner(college, 'archive', by, [FIRST, row.id]);
    expect(await refused(() => decide(row, 'FULL'))).toBe('SOD_VIOLATION');
    await expect(
      asOwner(college, 'archive', `update repair_application set decided_by = $1 where id = $2`, [
        FIRST,
        row.id,
      ]),
    ).rejects.toThrow('repair_second_person');
    expect((await decide(row, 'FULL', SECOND)).came).toBe('OK');
  });

  test('what came up since the application can be refused alone', async () => {
    const record = await damage();
    const row = await reviewed(record);
    await asOwner(college, 'archive', 'update conduct_record set disputed = true where id = $1', [
      record,
    ]);
    for (const decision of ['FULL', 'MITIGATE'])
      expect(await refused(() => decide(row, decision))).toBe('STATE_CONFLICT');
    expect((await decide(row, 'REFUSE')).came).toBe('OK');
  });

  test('one of whose records counts no more ends without a refusal, and the others are applied for at once', async () => {
    const [gone, stays] = [await damage(), await damage()];
    const { row } = await apply(await save([gone, stays]));
    const draft = (await save([gone])).row;
    const drafted = (await save([gone, stays])).row;
    const other = (await apply(await save([await damage()]))).row;
    await asOwner(college, 'archive', `update conduct_record set state = 'REVOKED' where id = $1`, [
      gone,
    ]);
    await runJob(college, 'archive', 'lapseRepairs');
    await runJob(college, 'archive', 'lapseRepairs');
    const states = `select id, state, reason, decided_on as day from repair_application order by state, submitted_at`;
    expect(await asOwner(college, 'archive', states)).toEqual([
      { id: drafted.id, state: 'DRAFT', reason: null, day: null },
      {
        id: row.id,
        state: 'LAPSED',
        reason:
          '所涉记录的状态为“已撤销”，不再计入（2026-06-10）：本申请无须再作决定。 The record is “Revoked” and counts no more (2026-06-10): nothing is left of the application to decide.',
        day: null,
      },
      {
        id: draft.id,
        state: 'LAPSED',
        reason:
          '所涉记录的状态为“已撤销”，不再计入（2026-06-10）：本申请无须再作决定。 The record is “Revoked” and counts no more (2026-06-10): nothing is left of the application to decide.',
        day: null,
      },
      { id: other.id, state: 'SUBMITTED', reason: null, day: null },
    ]);
    const notices = `select kind, subject_id as about from notice where subject_typename = $1`;
    expect(await asOwner(college, 'archive', notices, [noun])).toEqual([
      { kind: 'REPAIR_LAPSED', about: row.id },
    ]);
    expect((await apply(await save([stays]))).came).toBe('OK');
    expect(await repairsFor(STUDENT, 'state availableActions')).toContainEqual({
      state: 'LAPSED',
      availableActions: [],
    });
  });

  test('the student takes it back until it is decided', async () => {
    const row = await reviewed(await damage());
    expect((await mutate(STUDENT, 'withdrawRepair', on(row))).row.state).toBe('WITHDRAWN');
    expect(await refused(() => decide({ ...row, version: row.version + 1 }, 'FULL'))).toBe(
      'STATE_CONFLICT',
    );
  });

  test('it waits as a task of the college, then of Student Affairs', async () => {
    const tasksOf = async (person: string) => {
      const { data } = await college.request(person, '{ myTasks { kind count } }', {
        headers: REVIEW,
      });
      const tasks = (data?.['myTasks'] ?? []) as { kind: string }[];
      return tasks.filter(({ kind }) => kind.endsWith('_REPAIRS'));
    };
    await save([await damage()]);
    expect(await tasksOf(COLLEGE_ADMIN)).toEqual([]);
    await reviewed(await damage());
    await apply(await save([await damage()]));
    expect(await tasksOf(COLLEGE_ADMIN)).toEqual([{ kind: 'REVIEW_REPAIRS', count: 1 }]);
    expect(await tasksOf(FIRST)).toEqual([{ kind: 'DECIDE_REPAIRS', count: 1 }]);
    expect(await tasksOf(COUNSELLOR)).toEqual([]);
  });
});

describe('The list of what waits', () => {
  interface Listed {
    readonly nodes: readonly {
      readonly id: string;
      readonly state: string;
      readonly student: { readonly studentNo: string } | null;
    }[];
    readonly pageInfo: { readonly endCursor: string | null };
  }
  const listFor = async (person: string | null, args = '', headers: object = REVIEW) => {
    const query = `{ repairQueue(first: 100${args}) {
      nodes { id state student { studentNo } } pageInfo { endCursor } } }`;
    const { data } = await college.request(person, query, { headers: { ...headers } });
    return data?.['repairQueue'] as Listed | null | undefined;
  };
  const found = async (...request: Parameters<typeof listFor>) =>
    (await listFor(...request))?.nodes.map(({ id }) => id) ?? [];

  /** One of each state in which it waits; a draft, and one that was decided. */
  async function everyState() {
    await save([await damage()]);
    await decide(await reviewed(await damage()), 'REFUSE');
    college.clock.set('2026-06-10T11:00:00+08:00');
    const { row: first } = await apply(await save([await damage()]));
    await mutate(COLLEGE_ADMIN, 'claimRepair', on(first), REVIEW);
    college.clock.set('2026-06-10T12:00:00+08:00');
    const second = await reviewed(await damage());
    college.clock.set('2026-06-10T13:00:00+08:00');
    const { row: third } = await apply(await save([await damage()]));
    return { inHand: first.id, opined: second.id, filed: third.id, second };
  }

  test('has for each role what it may act on, those of one class and college alone, the oldest first', async () => {
    const { inHand, opined, filed } = await everyState();
    const waits: Readonly<Record<string, readonly string[]>> = {
      COLLEGE_ADMIN: [inHand, filed],
      SCHOOL_ADMIN: [opined],
    };
    for (const [role, person, headers] of CALLERS)
      expect([role, await found(person, '', headers)]).toEqual([role, waits[role] ?? []]);
    const own = await listFor(COLLEGE_ADMIN);
    expect(own?.nodes.map(({ student }) => student?.studentNo)).toEqual([STUDENT, STUDENT]);
    expect(await found('T0210')).toEqual([]);
    expect(await found(COLLEGE_ADMIN, ', state: SUBMITTED')).toEqual([filed]);
    expect(await found(COLLEGE_ADMIN, ', state: SAO_REVIEW')).toEqual([]);
    expect(await found(FIRST, ', state: APPROVED_FULL')).toEqual([]);

    const read = (args: string) =>
      countStatements(() =>
        college.request(COLLEGE_ADMIN, `{ repairQueue(${args}) { nodes { id } } }`, {
          headers: REVIEW,
        }),
      );
    await read('first: 1');
    expect((await read('first: 100')).byOffice).toEqual((await read('first: 1')).byOffice);
    const query = `{ repairQueue(first: 1) { pageInfo { endCursor } } }`;
    const { data } = await college.request(COLLEGE_ADMIN, query, { headers: REVIEW });
    const after = `, after: "${(data?.['repairQueue'] as Listed | null)?.pageInfo.endCursor}"`;
    expect(await found(COLLEGE_ADMIN, after)).toEqual([filed]);
    expect(await listFor(COLLEGE_ADMIN, `${after}, state: SUBMITTED`)).toBeNull();
    expect(await listFor(FIRST, after)).toBeNull();
  });

  test('has nothing on which the caller gave the opinion, nor of his relatives, nor what is sealed', async () => {
    const { second, inHand, filed } = await everyState();
    const by = `update repair_application set college_opinion_by = $1 where id = $2`;
    await asOwner(college, 'archive', by, [FIRST, second.id]);
    expect([await found(FIRST), await found(SECOND)]).toEqual([[], [second.id]]);
    expect(await found(COLLEGE_ADMIN)).toEqual([inHand, filed]);
    await asOwner(
      college,
      'archive',
      `update conduct_record set state = 'SEALED' where id =
         (select record_id from repair_record where repair_id = $1)`,
      [filed],
    );
    expect(await found(COLLEGE_ADMIN)).toEqual([inHand]);
    const relation = { kind: 'RELATIVE', declared_on: '2026-04-01' };
    await put(college, 'archive', 'relation_declaration', {
      staff_no: COLLEGE_ADMIN,
      student_no: STUDENT,
      ...relation,
    });
    expect(await found(COLLEGE_ADMIN)).toEqual([]);
    await asOwner(college, 'archive', 'delete from relation_declaration');
  });
});
