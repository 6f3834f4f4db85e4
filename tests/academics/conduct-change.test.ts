/** Exam violations and misconduct cases from the proposal to the archive (G6.2, Z5.4.4, L-07, L-21, L-22). */
import { checkActors } from '@chengxin/kit/change/decide-on';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newProject } from '../change/misconduct-case.plan.js';
import { examViolationPlan } from '../change/exam-violation.plan.js';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { deliverNotices } from '../support/jobs.js';
import {
  EnumValue,
  mutate,
  refusalsOf,
  mutationText,
  on,
  type ChangedRow,
} from '../support/mutate.js';
import { asOwner } from '../support/sql.js';
import { REFUSED, writeStraight } from '../support/straight.js';

const STUDENT = '2023020109';
const OTHER = '2024010317';
const CLERK = 'T0301';
const REVIEWER = 'T0302';
const RESEARCH = 'T1101';
const REVIEW = { 'x-purpose': 'ADMIN_REVIEW' };
const AT = '2026-04-12T10:00:00+08:00';
/** The five working days after a delivery on the day of `AT` are over. */
const LATER = '2026-04-20T10:00:00+08:00';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
});
beforeEach(() => college.clock.set(AT));
// Before the clock goes back: nothing is delivered before it was sent.
afterEach(() => deliverNotices(college));
afterAll(() => college.stop());

const sql = (text: string, parameters: readonly unknown[] = []) =>
  asOwner(college, 'academics', text, parameters);
const noticesOf = async (person: string, studentNo: string, headers = {}): Promise<unknown> => {
  const query = `{ student(studentNo: "${studentNo}") { notices { state } } }`;
  return (await college.request(person, query, { headers })).data?.['student'];
};

describe('An exam violation', () => {
  const noun = 'ExamViolation';
  const propose = async (more: object = {}, person = CLERK) => {
    const args = { ...(await examViolationPlan.opening(college, OTHER)), ...more };
    return mutate(college, person, { name: 'proposeExamViolation', noun, args });
  };
  const change = (name: string, row: ChangedRow, more: object = {}, person = REVIEWER) =>
    mutate(college, person, { name, noun, args: { ...on(row), ...more } });
  const decision = { decisionDocNo: 'D-1', decidedOn: '2026-04-20', evidenceDocNos: ['E-1'] };
  /** Notified on the day of `AT`, and waited for. */
  async function notified(more: object = {}): Promise<ChangedRow> {
    const { row } = await propose(more);
    await deliverNotices(college);
    college.clock.set(LATER);
    return { ...row, version: 2 };
  }

  test.each([
    [{ indicatorCode: 'D1-02' }, 'VALIDATION indicatorCode'],
    // INV-04, by a request that goes past no rule.
    [{ severity: 'S2' }, 'VALIDATION severity'],
    [{ indicatorCode: 'D1-04', severity: 'S3' }, 'VALIDATION severity'],
    [{ occurredOn: '2026-04-13' }, 'VALIDATION occurredOn'],
    [{ violationNo: 'no number' }, 'VALIDATION violationNo'],
    [{ actCode: '' }, 'VALIDATION actCode'],
    [{ session: ' ' }, 'VALIDATION session'],
    [{ evidenceDocNos: [''] }, 'VALIDATION evidenceDocNos'],
    [{ reason: '' }, 'VALIDATION reason'],
  ])('%o is refused, and the argument is named', async (more, refusal) => {
    expect(refusalsOf(await propose(more), 'proposeExamViolation')).toEqual([refusal]);
  });

  test('a number is used once; a student whom nobody knows is not found', async () => {
    const { row } = await propose({ violationNo: 'V-ONCE' });
    expect(row.state).toBe('PROPOSED');
    const again = await propose({ violationNo: 'V-ONCE' });
    expect(refusalsOf(again, 'proposeExamViolation')).toEqual(['VALIDATION violationNo']);
    expect((await propose({ studentNo: '2099999999' })).came).toBe('NOT_FOUND');
  });

  test('without a statement it is found after five working days, on evidence and by another person', async () => {
    const row = await notified();
    college.clock.set('2026-04-17T23:00:00+08:00');
    const early = { ...decision, decidedOn: '2026-04-17' };
    expect((await change('approveExamViolation', row, early)).came).toBe('STATE_CONFLICT');
    college.clock.set(LATER);
    const wrong = async (more: object) =>
      refusalsOf(
        await change('approveExamViolation', row, { ...decision, ...more }),
        'approveExamViolation',
      );
    expect(await wrong({ evidenceDocNos: [] })).toEqual(['VALIDATION evidenceDocNos']);
    expect(await wrong({ decisionDocNo: ' ' })).toEqual(['VALIDATION decisionDocNo']);
    expect(await wrong({ decidedOn: '2026-04-11' })).toEqual(['VALIDATION decidedOn']);
    expect(await wrong({ decidedOn: '2026-04-21' })).toEqual(['VALIDATION decidedOn']);

    await sql(`update exam_violation set recorded_by = $2 where id = $1`, [row.id, REVIEWER]);
    expect((await change('approveExamViolation', row, decision)).came).toBe('SOD_VIOLATION');
    await sql(`update exam_violation set recorded_by = $2 where id = $1`, [row.id, CLERK]);
    const found = await change('approveExamViolation', row, decision);
    expect([found.came, found.row.state, found.row.version]).toEqual(['OK', 'FOUND', 3]);
  });

  test('dismissed before its notice was delivered, nobody is notified; afterwards the student keeps it', async () => {
    const { row: early } = await propose();
    await college.settle();
    const gone = await change('dismissExamViolation', early);
    expect([gone.came, gone.row]).toEqual(['OK', null]);
    await deliverNotices(college);
    const noticesAbout = (id: string) =>
      asOwner(
        college,
        'archive',
        `select subject_groups as groups from notice where subject_id = $1`,
        [id],
      );
    expect(await noticesAbout(early.id)).toEqual([]);

    const late = await notified({ studentNo: STUDENT });
    expect(await noticesOf('T0001', STUDENT, REVIEW)).toEqual({
      notices: [{ state: 'DELIVERED' }],
    });
    expect((await change('dismissExamViolation', late)).came).toBe('OK');
    await college.settle();
    // Closed conduct leaves no trace for others, by a notice neither (3.7(15)).
    expect(await noticesOf('T0001', STUDENT, REVIEW)).toEqual({ notices: [] });
    expect(await noticesOf(STUDENT, STUDENT)).toEqual({ notices: [{ state: 'DELIVERED' }] });
    expect(await noticesAbout(late.id)).toEqual([
      { groups: ['ACADEMIC_MISCONDUCT', 'CLOSED_CONDUCT'] },
    ]);
    expect(
      await asOwner(college, 'archive', `select 1 from conduct_record where source_id = $1`, [
        late.id,
      ]),
    ).toEqual([]);
  });

  test.each([
    ['INV-03', `notice_delivered_on = null, state = 'FOUND'`, 'exam_violation_founded'],
    ['INV-03', `evidence = '[]', state = 'FOUND'`, 'exam_violation_founded'],
    ['INV-03', `notice_delivered_on = null`, 'exam_violation_notified'],
    ['INV-04', `severity = 'S1'`, 'exam_violation_severity'],
    ['INV-02', `approved_by = recorded_by`, 'exam_violation_second_person'],
  ])('%s by force: the database refuses %s', async (_, set, constraint) => {
    const actor = { role: 'AAO_REVIEWER', person: REVIEWER } as const;
    const { id } = await examViolationPlan.seed(college, OTHER, 'NOTIFIED', actor, '');
    const decided = `finding_body = 'AAO', decision_doc_no = 'D', decided_on = '2026-04-10', approved_by = 'T9'`;
    await sql(`update exam_violation set ${decided} where id = $1`, [id]);
    await expect(sql(`update exam_violation set ${set} where id = $1`, [id])).rejects.toMatchObject(
      {
        constraint,
      },
    );
  });
});

describe('A misconduct case', () => {
  const noun = 'MisconductCase';
  const fields = 'id version stage availableActions';
  let count = 0;
  const act = (person: string, name: string, args: object) =>
    mutate(college, person, { name, noun, args: { ...args }, fields });
  const report = (person: string, more: object = {}) =>
    act(person, 'reportMisconduct', {
      studentNo: STUDENT,
      caseNo: `M-${++count}`,
      indicatorCode: 'D1-09',
      occurredOn: '2025-12-20',
      evidenceDocNos: ['E-1'],
      ...more,
    });
  const readBy = async (person: string, headers = {}): Promise<unknown> => {
    const query = `{ student(studentNo: "${STUDENT}") { misconductCases { stage } } }`;
    const { data } = await college.request(person, query, { headers });
    const student = data?.['student'] as { misconductCases: { stage: string }[] } | undefined;
    return student?.misconductCases.map(({ stage }) => stage);
  };
  const recordsOf = (id: string) =>
    asOwner(
      college,
      'archive',
      `select indicator_code, severity, state, occurred_on::text, recorded_by, approved_by
       from conduct_record where source_id = $1`,
      [id],
    );

  test('research reports of those alone who stand in its domain, and cases of research alone', async () => {
    const stranger = await report(RESEARCH);
    expect(stranger.came).toBe('NOT_FOUND');
    const { project_no: projectNo } = await newProject(college, STUDENT);
    const other = await newProject(college, OTHER);
    expect((await report(RESEARCH, { studentNo: '2024010305' })).came).toBe('NOT_FOUND');
    expect((await report(RESEARCH, { indicatorCode: 'D1-01' })).came).toBe('FORBIDDEN_ACTION');
    const { row } = await report(RESEARCH, { projectNo });
    expect(row.availableActions).toEqual(['misconduct.startPreliminary']);
    const elsewhere = await report(RESEARCH, { projectNo: other['project_no'] });
    expect(refusalsOf(elsewhere, 'reportMisconduct')).toEqual(['VALIDATION projectNo']);
    // Academic affairs sees a project of others once a case about it is final: it cannot find one out.
    const unseen = await report(CLERK, { projectNo });
    expect(refusalsOf(unseen, 'reportMisconduct')).toEqual(['VALIDATION projectNo']);
    await sql(`delete from misconduct_case`);
    await sql(`delete from research_project`);
  });

  test.each([
    [{ indicatorCode: 'D1-05' }, 'VALIDATION indicatorCode'],
    [{ indicatorCode: 'constructor' }, 'VALIDATION indicatorCode'],
    [{ indicatorCode: '__proto__' }, 'VALIDATION indicatorCode'],
    [{ occurredOn: '2026-04-13' }, 'VALIDATION occurredOn'],
    [{ caseNo: '' }, 'VALIDATION caseNo'],
  ])('%o is refused, and the argument is named', async (more, refusal) => {
    expect(refusalsOf(await report(CLERK, more), 'reportMisconduct')).toEqual([refusal]);
  });

  test('from the report to the archive, which learns of it when it is final (SC-10 step 1)', async () => {
    await newProject(college, STUDENT);
    const step = async (person: string, name: string, row: ChangedRow, more: object = {}) => {
      const { came, row: after } = await act(person, name, { ...on(row), ...more });
      expect([name, came]).toEqual([name, 'OK']);
      return after;
    };
    const reported = (await report(RESEARCH)).row;
    const taken = await step(RESEARCH, 'startPreliminaryInquiry', reported);
    const formal = await step(RESEARCH, 'startFormalInvestigation', taken, {
      committee: '学术委员会',
    });
    // Under formal inquiry, and not told yet: the student must not know of it (note 29, 3.7(15)).
    expect(await readBy(STUDENT)).toEqual([]);
    expect(await readBy(REVIEWER)).toEqual(['FORMAL']);
    const finding = { outcome: new EnumValue('FOUND'), severity: 'S4' };
    const find = (row: ChangedRow, more: object = finding) =>
      act(REVIEWER, 'findMisconduct', { ...on(row), ...more });
    expect((await find(formal)).came).toBe('STATE_CONFLICT');
    await deliverNotices(college);
    expect(await readBy(STUDENT)).toEqual(['FORMAL']);
    expect(await readBy('T0210', REVIEW)).toEqual([]);
    const told = { ...formal, version: formal.version + 1 };
    expect((await find(told)).came).toBe('STATE_CONFLICT');

    college.clock.set(LATER);
    const wrong = await find(told, { ...finding, severity: 'S2' });
    expect(refusalsOf(wrong, 'findMisconduct')).toEqual(['VALIDATION severity']);
    const found = (await find(told)).row;
    expect(found['stage']).toBe('FOUND');
    const decision = { decisionDocNo: '学〔2026〕3号', decidedOn: '2026-04-20' };
    const early = await act(REVIEWER, 'decideMisconduct', {
      ...on(found),
      ...decision,
      decidedOn: '2026-04-11',
    });
    expect(refusalsOf(early, 'decideMisconduct')).toEqual(['VALIDATION decidedOn']);
    const decided = await step(REVIEWER, 'decideMisconduct', found, decision);
    await college.settle();
    expect(await recordsOf(decided.id)).toEqual([]);
    expect(await readBy('T0210', REVIEW)).toEqual([]);

    const query = mutationText({
      name: 'recordMisconductDecision',
      noun,
      args: on(decided),
      fields,
    });
    const straight = await writeStraight(
      college,
      'academics',
      importer(REVIEWER, 'AAO_REVIEWER'),
      query,
    );
    expect(straight).toEqual([REFUSED, REFUSED]);
    await step(REVIEWER, 'recordMisconductDecision', decided);
    await college.settle();
    expect(await recordsOf(decided.id)).toEqual([
      {
        indicator_code: 'D1-09',
        severity: 'S4',
        state: 'FOUND',
        occurred_on: '2025-12-20',
        recorded_by: RESEARCH,
        approved_by: REVIEWER,
      },
    ]);
    expect(await readBy('T0210', REVIEW)).toEqual(['FINAL']);
  });

  test('what is not found is over, and leaves a trace for the student and the auditor alone', async () => {
    const reported = (await report(CLERK, { indicatorCode: 'D1-01', studentNo: OTHER })).row;
    expect(reported['availableActions']).toEqual(['misconduct.startPreliminary']);
    const taken = await act(CLERK, 'startPreliminaryInquiry', on(reported));
    const formal = await act(CLERK, 'startFormalInvestigation', {
      ...on(taken.row),
      committee: '学术委员会',
    });
    await deliverNotices(college);
    college.clock.set(LATER);
    const over = await act(REVIEWER, 'findMisconduct', {
      ...on({ ...formal.row, version: 4 }),
      outcome: new EnumValue('NOT_FOUND'),
    });
    expect([over.came, over.row]).toEqual(['OK', null]);
    await college.settle();
    const [notice] = await asOwner(
      college,
      'archive',
      `select subject_groups as groups from notice where subject_id = $1`,
      [reported.id],
    );
    expect(notice).toEqual({ groups: ['ACADEMIC_MISCONDUCT', 'CLOSED_CONDUCT'] });
  });

  test.each([
    ['INV-03', `stage = 'FOUND', severity = 'S4', approved_by = 'T9'`, 'misconduct_case_founded'],
    ['INV-04', `severity = 'S2'`, 'misconduct_case_severity'],
    ['L-07', `occurred_on = '2026-05-01'`, 'misconduct_case_days'],
  ])('%s by force: the database refuses %s', async (_, set, constraint) => {
    const { row } = await report(CLERK);
    await expect(
      sql(`update misconduct_case set ${set} where id = $1`, [row.id]),
    ).rejects.toMatchObject({ constraint });
  });
});

test('an office does not start when the table names a role for which nothing decides', () => {
  const ownRoles = ['AAO_CLERK', 'AAO_REVIEWER'] as const;
  expect(() => checkActors({ name: 'academics', ownRoles })).toThrow(
    'nothing decides on misconduct.report by RDO_STAFF',
  );
  checkActors({ name: 'academics', ownRoles, actingRoles: ['RDO_STAFF'] });
});
