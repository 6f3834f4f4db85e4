/** Cases from the draft to the decision: who evaluates whom, for what and until when (G21, T-07, INV-09). */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newRecord } from '../change/appeal.plan.js';
import { newSanction } from '../change/sanction.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { newEvaluator } from '../support/evaluator.js';
import { deliverNotices, runJob } from '../support/jobs.js';
import { EnumValue, mutate as request, refusalsOf, type ChangedRow } from '../support/mutate.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';

const FIRST = '2024010317';
const SECOND = '2024010305';
const [DRAFTER, OPENER] = ['T0001', 'T0002'];
const [EVALUATOR, OTHER] = ['T0701', 'T0702'];
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AT = '2026-04-12T10:00:00+08:00';
const FIELDS = 'caseId state version availableActions';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await newEvaluator(college, OTHER, 'EV_AWARD');
});
beforeEach(() => college.clock.set(AT));
afterAll(() => college.stop());

interface Case extends ChangedRow {
  readonly caseId: string;
}
const named = ({ caseId, version }: Case) => ({ id: caseId, expectedVersion: version });
const host = async (person: string, name: string, args: object) => {
  const mutation = { name, noun: 'EvaluationCase', args: { ...args }, fields: FIELDS };
  const outcome = await request(college, person, mutation, REVIEW);
  return { ...outcome, row: outcome.row as Case };
};
const WANTED = {
  purpose: new EnumValue('AWARD'),
  title: '2026年优秀学生评选',
  hostOffice: 'SAO',
  studentNos: [FIRST, SECOND],
  opensAt: AT,
  closesAt: '2026-04-30T00:00:00Z',
};
const draft = (more: object = {}, person = DRAFTER) =>
  host(person, 'draftCase', { ...WANTED, ...more });
const inCase = ({ caseId }: Case) => ({ 'x-case': caseId, 'x-role': 'EV_AWARD' });
const asEvaluator = async (row: Case, name: string, args: object, person = EVALUATOR) => {
  const mutation = { name, noun: 'EvaluationCase', args: { ...args }, fields: FIELDS };
  const outcome = await request(college, person, mutation, inCase(row));
  return { ...outcome, row: outcome.row as Case };
};
const decide = (row: Case, studentNo: string, args: object = {}, person = EVALUATOR) =>
  request(
    college,
    person,
    {
      name: 'decideCandidate',
      noun: 'CaseDecision',
      args: { studentNo, result: new EnumValue('GRANT'), reasonCodes: ['GPA'], ...args },
      fields: 'id version result reasonCodes',
    },
    inCase(row),
  );
const reads = async (row: Case, studentNo: string, person = EVALUATOR) => {
  const query = `{ caseDossier(studentNo: "${studentNo}") { caseId purposeBlock { code } } }`;
  const { data, errors } = await college.request(person, query, { headers: inCase(row) });
  return errors?.[0]?.extensions['code'] ?? data?.['caseDossier'];
};

/** What a student reads as the results of his cases, the latest first. */
async function ownResults(student: string): Promise<unknown[]> {
  const { data } = await college.request(student, '{ myCases { nodes { result } } }');
  const cases = data?.['myCases'] as { nodes: { result: string | null }[] } | undefined;
  return (cases?.nodes ?? []).map(({ result }) => result);
}

/** What the one evaluator of a case has declared, as who hosts it reads it. */
async function declared({ caseId }: Case) {
  const query = `{ cases(first: 100) { nodes { caseId assignments { conflictOfInterest } } } }`;
  const { data } = await college.request(DRAFTER, query, { headers: REVIEW });
  type Read = { caseId: string; assignments: { conflictOfInterest: boolean | null }[] };
  const cases = data?.['cases'] as { nodes: Read[] } | null | undefined;
  return cases?.nodes.find((one) => one.caseId === caseId)?.assignments[0]?.conflictOfInterest;
}

/** What somebody may be is looked up anew after five seconds (INV-21). */
const soon = () => college.clock.set(new Date(college.clock.now().getTime() + 5000).toISOString());

/** Opened with two evaluators, who have said that they are related to nobody. */
async function evaluated(more: object = {}): Promise<Case> {
  const opened = await host(OPENER, 'openCase', named((await draft(more)).row));
  const one = await host(DRAFTER, 'assignEvaluator', { ...named(opened.row), staffNo: EVALUATOR });
  const two = await host(DRAFTER, 'assignEvaluator', { ...named(one.row), staffNo: OTHER });
  soon();
  const said = await asEvaluator(two.row, 'declareConflict', {
    ...named(two.row),
    conflict: false,
  });
  const both = await asEvaluator(
    said.row,
    'declareConflict',
    { ...named(said.row), conflict: false },
    OTHER,
  );
  expect([both.came, both.row.state]).toEqual(['OK', 'IN_EVALUATION']);
  return both.row;
}

test('drafted by one, opened by another, evaluated, concluded and closed; the students are told', async () => {
  const drafted = await draft();
  expect([drafted.came, drafted.row.state]).toEqual(['OK', 'DRAFT']);
  expect((await host(DRAFTER, 'openCase', named(drafted.row))).came).toBe('SOD_VIOLATION');
  const opened = await host(OPENER, 'openCase', named(drafted.row));
  expect(opened.row.state).toBe('OPEN');
  // Nobody sees anything in it before he has a place.
  expect(await reads(opened.row, FIRST)).toBe('CASE_SCOPE');
  const self = await host(OPENER, 'assignEvaluator', { ...named(opened.row), staffNo: OPENER });
  expect(self.came).toBe('SOD_VIOLATION');
  const placed = await host(DRAFTER, 'assignEvaluator', {
    ...named(opened.row),
    staffNo: EVALUATOR,
  });
  expect(placed.came).toBe('OK');
  soon();
  expect(await reads(placed.row, FIRST)).toEqual({ caseId: placed.row.caseId, purposeBlock: [] });
  expect(await declared(placed.row)).toBeNull();
  expect((await decide(placed.row, FIRST)).came).toBe('STATE_CONFLICT');

  const said = await asEvaluator(placed.row, 'declareConflict', {
    ...named(placed.row),
    conflict: false,
  });
  expect(said.row.state).toBe('IN_EVALUATION');
  expect(await declared(said.row)).toBe(false);
  const early = await asEvaluator(said.row, 'concludeCase', named(said.row));
  expect(refusalsOf(early, 'concludeCase')).toEqual(['VALIDATION id']);
  const granted = await decide(said.row, FIRST);
  expect([granted.came, granted.row['result']]).toEqual(['OK', 'GRANT']);
  const refused = { result: new EnumValue('REFUSE'), reasonCodes: ['QUOTA', 'CREDIT_GRADE'] };
  expect((await decide(said.row, SECOND, refused)).came).toBe('OK');
  // Until it is concluded a student learns nothing of it.
  const own = '{ cases { nodes { purpose decisions { result reasonCodes } } } }';
  const ownCases = async (person: string) => (await college.request(person, own)).data?.['cases'];
  expect(await ownCases(FIRST)).toEqual({ nodes: [{ purpose: 'AWARD', decisions: [] }] });

  const concluded = await asEvaluator(said.row, 'concludeCase', named(said.row));
  expect([concluded.came]).toEqual(['OK']);
  expect(await ownCases(SECOND)).toEqual({
    nodes: [
      {
        purpose: 'AWARD',
        decisions: [{ result: 'REFUSE', reasonCodes: ['QUOTA', 'CREDIT_GRADE'] }],
      },
    ],
  });
  await deliverNotices(college);
  const titles = async (person: string) => {
    const { data } = await college.request(person, '{ myNotices { titleEn state } }');
    return data?.['myNotices'];
  };
  expect(await titles(FIRST)).toEqual([{ titleEn: 'A case is decided', state: 'DELIVERED' }]);

  college.clock.set('2026-04-30T08:00:00+08:00');
  await runJob(college, 'archive', 'closeCases');
  await runJob(college, 'archive', 'closeCases');
  const sql = `select state, version from evaluation_case where case_id = $1`;
  expect(await asOwner(college, 'archive', sql, [said.row.caseId])).toMatchObject([
    { state: 'CLOSED' },
  ]);
  expect(await reads(said.row, FIRST)).toBe('CASE_EXPIRED');
  expect(await ownResults(FIRST)).toEqual(['GRANT']);
});

test.each<[string, object, string]>([
  ['for an appeal', { purpose: new EnumValue('APPEAL') }, 'purpose'],
  ['of a unit that is none', { hostOffice: 'C99' }, 'hostOffice'],
  ['without a title', { title: ' ' }, 'title'],
  ['of nobody', { studentNos: [] }, 'studentNos'],
  ['of somebody who is not there', { studentNos: [FIRST, '2099999999'] }, 'studentNos'],
  ['that ends before it begins', { closesAt: '2026-04-01T00:00:00Z' }, 'closesAt'],
  ['of more than 30 days', { closesAt: '2026-05-13T00:00:00Z' }, 'closesAt'],
])('a case %s is not drafted, and the argument is named', async (_, more, path) => {
  const rows = 'select case_id from evaluation_case';
  const before = await asOwner(college, 'archive', rows);
  expect(refusalsOf(await draft(more), 'draftCase')).toEqual([`VALIDATION ${path}`]);
  expect(await asOwner(college, 'archive', rows)).toEqual(before);
});

test('a college drafts over its own students for its own units, and names no others', async () => {
  const own = { hostOffice: 'C01', studentNos: [FIRST] };
  expect((await draft(own, 'T0110')).came).toBe('OK');
  expect(refusalsOf(await draft({ ...own, hostOffice: 'C02' }, 'T0110'), 'draftCase')).toEqual([
    'VALIDATION hostOffice',
  ]);
  const foreign = await draft({ ...own, studentNos: ['2024020111'] }, 'T0110');
  const absent = await draft({ ...own, studentNos: ['2099999999'] }, 'T0110');
  const messageOf = ({ answer }: typeof foreign) =>
    JSON.stringify(answer.data).replaceAll(/20\d{8}/g, 'N');
  expect(messageOf(foreign)).toBe(messageOf(absent));
  expect(
    (await draft({ purpose: new EnumValue('AWARD'), hostOffice: 'AEO' }, 'T1201')).came,
  ).not.toBe('OK');
});

test('whose time is over is not opened; a draft that nobody wants is cancelled', async () => {
  const { row } = await draft();
  college.clock.set('2026-04-30T08:00:00+08:00');
  expect(refusalsOf(await host(OPENER, 'openCase', named(row)), 'openCase')).toEqual([
    'VALIDATION id',
  ]);
  expect((await host(DRAFTER, 'cancelCase', named(row))).row.state).toBe('CANCELLED');
});

test('a college cancels its own draft and nobody else’s; one whose window is over ends by itself', async () => {
  const own = { hostOffice: 'C01', studentNos: [FIRST] };
  const [mine, left] = [(await draft(own, 'T0110')).row, (await draft(own, 'T0110')).row];
  expect(mine['availableActions']).toEqual(['case.cancel']);
  const ofSchool = (await draft(own)).row;
  expect((await host('T0110', 'cancelCase', named(ofSchool))).came).toBe('FORBIDDEN_ACTION');
  expect((await host('T0110', 'cancelCase', named(mine))).row.state).toBe('CANCELLED');
  const open = (await host(OPENER, 'openCase', named((await draft(own, 'T0110')).row))).row;
  expect((await host('T0110', 'cancelCase', named(open))).came).toBe('FORBIDDEN_ACTION');
  const stateOf = ({ caseId }: Case) =>
    asOwner(college, 'archive', 'select state from evaluation_case where case_id = $1', [caseId]);
  await runJob(college, 'archive', 'lapseCaseDrafts');
  expect(await stateOf(left)).toEqual([{ state: 'DRAFT' }]);
  college.clock.set('2026-04-30T08:00:00+08:00');
  await runJob(college, 'archive', 'lapseCaseDrafts');
  expect([await stateOf(left), await stateOf(open)]).toEqual([
    [{ state: 'CANCELLED' }],
    [{ state: 'OPEN' }],
  ]);
});

describe('An evaluator', () => {
  test('who is related sees nothing from then on, and another takes his place', async () => {
    const opened = await host(OPENER, 'openCase', named((await draft()).row));
    const seat = { ...named(opened.row), staffNo: EVALUATOR };
    const placed = await host(DRAFTER, 'assignEvaluator', seat);
    expect(await reads(placed.row, FIRST)).not.toBe('CASE_EXPIRED');
    const said = await asEvaluator(placed.row, 'declareConflict', {
      ...named(placed.row),
      conflict: true,
    });
    expect([said.came, said.row]).toEqual(['OK', null]);
    soon();
    expect(await reads(placed.row, FIRST)).toBe('CASE_EXPIRED');
    const version = placed.row.version + 1;
    const next = await host(DRAFTER, 'assignEvaluator', {
      id: placed.row.caseId,
      expectedVersion: version,
      staffNo: OTHER,
    });
    expect(next.came).toBe('OK');
    const again = await host(DRAFTER, 'assignEvaluator', { ...seat, expectedVersion: version + 1 });
    expect(refusalsOf(again, 'assignEvaluator')).toEqual(['VALIDATION staffNo']);
  });

  test('whose place ended sees nothing within five seconds (INV-21)', async () => {
    const row = await evaluated();
    const ended = await host(DRAFTER, 'endAssignment', { ...named(row), staffNo: EVALUATOR });
    expect(ended.came).toBe('OK');
    soon();
    expect(await reads(row, FIRST)).toBe('CASE_EXPIRED');
    expect(await reads(row, FIRST, OTHER)).not.toBe('CASE_EXPIRED');
    const nobody = await host(DRAFTER, 'endAssignment', { ...named(ended.row), staffNo: 'T0101' });
    expect(refusalsOf(nobody, 'endAssignment')).toEqual(['VALIDATION staffNo']);
  });

  test('decides on no relative of his, and does not learn whether he stands there (F-02)', async () => {
    const row = await evaluated();
    await put(college, 'archive', 'relation_declaration', {
      staff_no: EVALUATOR,
      student_no: FIRST,
      kind: 'RELATIVE',
      declared_on: '2026-04-01',
    });
    soon();
    const related = await decide(row, FIRST);
    const absent = await decide(row, '2099999999');
    expect(refusalsOf(related, 'decideCandidate')).toEqual(['VALIDATION studentNo']);
    expect(refusalsOf(absent, 'decideCandidate')).toEqual(['VALIDATION studentNo']);
    const made = await decide(row, FIRST, {}, OTHER);
    expect(made.came).toBe('OK');
    const { id, version } = made.row;
    const changed = await decide(row, FIRST, { id, expectedVersion: version });
    expect(changed.came).toBe('NOT_FOUND');
    await asOwner(college, 'archive', 'delete from relation_declaration');
  });

  test.each<[string, object, string]>([
    ['on the credit grade alone', { reasonCodes: ['CREDIT_GRADE'] }, 'VALIDATION reasonCodes'],
    ['for no reason', { reasonCodes: [] }, 'VALIDATION reasonCodes'],
    ['for a reason in words', { reasonCodes: ['because of it'] }, 'VALIDATION reasonCodes'],
    ['for a code of no list', { reasonCodes: ['GPA', 'FOO'] }, 'VALIDATION reasonCodes'],
    ['for what does not block', { reasonCodes: ['GPA', 'V-02'] }, 'VALIDATION reasonCodes'],
  ])('decides nothing %s (T-07, SC-04 step 7)', async (_, more, refusal) => {
    const row = await evaluated();
    expect(refusalsOf(await decide(row, FIRST, more), 'decideCandidate')).toEqual([refusal]);
  });

  test('changes a decision until the case is concluded; of two at once one is too late', async () => {
    const row = await evaluated();
    const first = await Promise.all([decide(row, FIRST), decide(row, FIRST, {}, OTHER)]);
    expect(first.map(({ came }) => came).toSorted()).toEqual(['OK', 'VERSION_CONFLICT']);
    const made = first.find(({ came }) => came === 'OK')!.row;
    const anew = { id: made.id, expectedVersion: made.version, reasonCodes: ['INTERVIEW'] };
    const changed = await decide(row, FIRST, anew, OTHER);
    expect(changed.row).toMatchObject({ version: 2, reasonCodes: ['INTERVIEW'] });
    await decide(row, SECOND);
    await asEvaluator(row, 'concludeCase', named(row));
    const late = await decide(row, FIRST, { ...anew, expectedVersion: 2 });
    expect(late.came).toBe('STATE_CONFLICT');
    soon();
    expect((await decide(row, FIRST, { ...anew, expectedVersion: 2 })).came).toBe('CASE_EXPIRED');
  });

  test('whoever opened a case or gave its places decides nothing in it', async () => {
    const row = await evaluated();
    await asOwner(
      college,
      'archive',
      `update operation_log set actor = $2 where target_id = $1 and action = 'case.assign'`,
      [row.caseId, EVALUATOR],
    );
    expect((await decide(row, FIRST)).came).toBe('SOD_VIOLATION');
    expect((await asEvaluator(row, 'concludeCase', named(row))).came).toBe('SOD_VIOLATION');
    expect((await decide(row, FIRST, {}, OTHER)).came).toBe('OK');
  });
});

test('what blocks the purpose is confirmed first, told to the student, and never granted (4.6)', async () => {
  await newSanction(college, SECOND, 'TERM_RUNNING', { term_ends_on: '2026-12-31' });
  const row = await evaluated();
  expect(await reads(row, SECOND)).toMatchObject({ purposeBlock: [{ code: 'V-02' }] });
  const refuse = { result: new EnumValue('REFUSE'), reasonCodes: ['V-02', 'ELIGIBILITY'] };
  const byCredit = { ...refuse, reasonCodes: ['V-02', 'CREDIT_GRADE'] };
  expect(refusalsOf(await decide(row, SECOND, byCredit), 'decideCandidate')).toEqual([
    'VALIDATION reasonCodes',
  ]);
  expect((await decide(row, SECOND, refuse)).came).toBe('STATE_CONFLICT');
  const confirm = (code: string, at: Case, studentNo = SECOND) =>
    asEvaluator(at, 'confirmPurposeBlock', { ...named(at), studentNo, code });
  expect(refusalsOf(await confirm('V-03', row), 'confirmPurposeBlock')).toEqual([
    'VALIDATION code',
  ]);
  expect(refusalsOf(await confirm('V-02', row, FIRST), 'confirmPurposeBlock')).toEqual([
    'VALIDATION code',
  ]);
  const confirmed = await confirm('V-02', row);
  expect(confirmed.came).toBe('OK');
  expect((await confirm('V-02', confirmed.row)).came).toBe('STATE_CONFLICT');
  expect(refusalsOf(await decide(row, SECOND), 'decideCandidate')).toEqual(['VALIDATION result']);
  expect((await decide(row, SECOND, refuse)).came).toBe('OK');
  await deliverNotices(college);
  const { data } = await college.request(SECOND, '{ myNotices { titleEn } }');
  expect(data?.['myNotices']).toContainEqual({ titleEn: 'Something blocks an evaluation for you' });
});

describe('The work list of a case', () => {
  const STUDENT_FIELDS = `student { studentNo name credit { grade } academicSummary { gpa }
    commitments { state } conductRecords { severity } }`;
  const LIST = `{ caseDossiers(first: 10) { nodes { caseId purposeBlock { code } ${STUDENT_FIELDS} } } }`;
  const listFor = async (row: Case, person = EVALUATOR) => {
    const { data, errors } = await college.request(person, LIST, { headers: inCase(row) });
    expect(errors).toBeUndefined();
    return (data?.['caseDossiers'] as { nodes: object[] } | null)?.nodes;
  };

  test('has what the dossier of each has, the groups of its profile, and none who is hidden', async () => {
    await newRecord(college, FIRST);
    const row = await evaluated();
    const single = async (studentNo: string) => {
      const query = `{ caseDossier(studentNo: "${studentNo}") { caseId purposeBlock { code } ${STUDENT_FIELDS} } }`;
      return (await college.request(EVALUATOR, query, { headers: inCase(row) })).data?.[
        'caseDossier'
      ];
    };
    expect(await listFor(row)).toEqual([await single(SECOND), await single(FIRST)]);
    await put(college, 'archive', 'relation_declaration', {
      staff_no: EVALUATOR,
      student_no: FIRST,
      kind: 'RELATIVE',
      declared_on: '2026-04-01',
    });
    soon();
    expect(await listFor(row)).toEqual([await single(SECOND)]);
    await asOwner(college, 'archive', 'delete from relation_declaration');
  });

  test('costs the statements of one candidate, and leaves an event for each', async () => {
    const few = await evaluated({ studentNos: [FIRST] });
    const many = await evaluated({ studentNos: [FIRST, SECOND] });
    // Who somebody is in a case is looked up once in five seconds.
    for (const row of [few, many]) await listFor(row);
    const one = await countStatements(() => listFor(few));
    const two = await countStatements(() => listFor(many));
    expect([one.result?.length, two.result?.length]).toEqual([1, 2]);
    expect(two.byOffice).toEqual(one.byOffice);
    await college.settle();
    const sql = `select count(distinct student_no)::int as students from access_event
      where reference = $1 and student_no <> '' and operation_name is null`;
    expect(await asOwner(college, 'archive', sql, [many.caseId])).toEqual([{ students: 2 }]);
  });

  const numbersFor = async (
    row: Case,
    given: string,
    person = EVALUATOR,
    headers = inCase(row),
  ) => {
    const query = `{ caseDossiers(first: 100${given}) { nodes { student { studentNo } } pageInfo { endCursor hasNextPage } } }`;
    const { data, errors } = await college.request(person, query, { headers });
    if (errors) return errors.map(({ extensions: { code, rule } }) => [code, rule].join(' '));
    const { caseDossiers } = data as {
      caseDossiers: { nodes: { student: { studentNo: string } }[] };
    };
    return caseDossiers.nodes.map(({ student }) => student.studentNo);
  };

  test('is sorted and filtered by what the evaluator sees, and refused by anything else (3.7(1))', async () => {
    const row = await evaluated();
    const byNumber = await numbersFor(row, '');
    const place = `select student_no as no from student where student_no = any($1) order by class_code, student_no`;
    const byClass = await asOwner<{ no: string }>(college, 'archive', place, [[FIRST, SECOND]]);
    expect(byNumber).toEqual([FIRST, SECOND].toSorted());
    expect(await numbersFor(row, ', order: CLASS')).toEqual(byClass.map(({ no }) => no));
    expect(await numbersFor(row, ', filter: { isDecided: false }')).toEqual(byNumber);
    expect((await decide(row, FIRST)).came).toBe('OK');
    expect(await numbersFor(row, ', filter: { isDecided: true }')).toEqual([FIRST]);
    expect(await numbersFor(row, ', filter: { isDecided: false }')).toEqual([SECOND]);
    expect(await numbersFor(row, ', filter: { student: { college: "C77" } }')).toEqual([]);
    // The Party alone sees who is a member.
    const members = ', filter: { politicalStatus: "03" }';
    expect(await numbersFor(row, members)).toEqual(['VALIDATION ']);
    const drafted = await draft({ purpose: new EnumValue('PARTY') });
    const opened = await host(OPENER, 'openCase', named(drafted.row));
    const seat = { ...named(opened.row), staffNo: OTHER };
    const { row: party } = await host(DRAFTER, 'assignEvaluator', seat);
    soon();
    const asParty = { 'x-case': party.caseId, 'x-role': 'EV_PARTY' };
    const listed = `select student_no as no from student where student_no = any($1)
      and political_status = '03' order by 1`;
    const found = await asOwner<{ no: string }>(college, 'archive', listed, [[FIRST, SECOND]]);
    expect(found.length).toBeGreaterThan(0);
    expect(await numbersFor(party, members, OTHER, asParty)).toEqual(found.map(({ no }) => no));
    for (const forged of [
      ', order: SCORE',
      ', order: GPA',
      ', filter: { student: { phone: "1" } }',
    ])
      expect(await numbersFor(row, forged)).toEqual(['VALIDATION ']);
  });

  test('costs the same statements with 200 candidates, page by page', async () => {
    const row = await evaluated({ studentNos: [FIRST] });
    await asOwner(
      college,
      'archive',
      `insert into student
       select (jsonb_populate_record(null::student, to_jsonb(s) || jsonb_build_object(
         'student_no', (2024030000 + n)::text, 'id_number_digest', 'digest ' || n))).*
       from student s, generate_series(1, 199) n where s.student_no = $1`,
      [FIRST],
    );
    const page = (order: string, after = '') =>
      countStatements(async () => {
        const query = `{ caseDossiers(first: 100${after}, order: ${order}) {
          nodes { student { studentNo name } } pageInfo { endCursor hasNextPage } } }`;
        const answer = await college.request(EVALUATOR, query, { headers: inCase(row) });
        expect(answer.errors).toBeUndefined();
        return answer.data?.['caseDossiers'] as {
          nodes: { student: { studentNo: string } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      });
    await page('NAME');
    const one = await page('NAME');
    const graded = await page('GRADE');
    await asOwner(
      college,
      'archive',
      `insert into case_student (case_id, student_no)
       select $1, (2024030000 + n)::text from generate_series(1, 199) n`,
      [row.caseId],
    );
    for (const [order, alone] of [
      ['NAME', one],
      ['GRADE', graded],
    ] as const) {
      const first = await page(order);
      const second = await page(order, `, after: "${first.result.pageInfo.endCursor}"`);
      const shown = [first, second].flatMap(({ result }) =>
        result.nodes.map(({ student }) => student.studentNo),
      );
      expect([new Set(shown).size, second.result.pageInfo.hasNextPage]).toEqual([200, false]);
      expect([first.byOffice, second.byOffice]).toEqual([alone.byOffice, alone.byOffice]);
    }
  });

  test('is nobody’s outside a case', async () => {
    expect(await college.request(DRAFTER, LIST, { headers: REVIEW })).toEqual({
      data: { caseDossiers: { nodes: [] } },
    });
  });
});

test('a case that nobody decided is closed with its time; a committee’s is not', async () => {
  const row = await evaluated();
  // What an evaluator has written down in it was never concluded: it is no result.
  expect((await decide(row, FIRST)).came).toBe('OK');
  await put(college, 'archive', 'evaluation_case', {
    case_id: 'SA-1',
    purpose: 'APPEAL',
    title: 'an appeal',
    host_office: 'SAO',
    opens_at: '2026-04-10T00:00:00Z',
    closes_at: '2026-04-20T00:00:00Z',
    state: 'OPEN',
    recorded_by: 'T9999',
    recorded_at: '2026-04-01T00:00:00Z',
    approved_by: 'T9998',
    approved_at: '2026-04-02T00:00:00Z',
  });
  college.clock.set('2026-04-30T08:00:00+08:00');
  await runJob(college, 'archive', 'closeCases');
  const sql = `select case_id, state from evaluation_case where case_id = any($1) order by purpose`;
  expect(await asOwner(college, 'archive', sql, [['SA-1', row.caseId]])).toEqual([
    { case_id: 'SA-1', state: 'OPEN' },
    { case_id: row.caseId, state: 'CLOSED' },
  ]);
  expect((await ownResults(FIRST))[0]).toBeNull();
});

test('statements do not grow with the candidates', async () => {
  const numbers = await asOwner<{ no: string }>(
    college,
    'archive',
    `select student_no as no from student where student_no not in ($1, $2) order by 1 limit 5`,
    [FIRST, SECOND],
  );
  await newRecord(college, FIRST);
  const few = await countStatements(() => draft({ studentNos: [FIRST] }));
  const many = await countStatements(() =>
    draft({ studentNos: [FIRST, SECOND, ...numbers.map(({ no }) => no)] }),
  );
  expect(many.result.came).toBe('OK');
  expect(many.statements.length).toBe(few.statements.length);
});
