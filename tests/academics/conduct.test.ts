/** Exam violations and misconduct cases: the state and the severity of a fact decide who sees it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { maskedAt } from '../support/masked-at.js';
import { asOwner } from '../support/sql.js';
import { masked, refused } from './refusals.js';
import { found, proposed } from './rows.js';

let college: TestCollege;

const EVALUATORS = {
  AWARD: 'T0701',
  PARTY: 'T0702',
  AID: 'T0703',
  EMPLOYMENT: 'T0704',
} as const;
const evaluating = (purpose: string): RequestOptions => ({
  headers: { 'x-case': `EC-${purpose}` },
});
const ADMIN_REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const AUDIT = { headers: { 'x-purpose': 'AUDIT', 'x-reference': 'AU-1' } };

beforeAll(async () => {
  college = await startCollege();
  await college.bring('archive', 'cases', [
    ...Object.entries(EVALUATORS).map(([purpose, evaluator]) => ({
      评审编号: `EC-${purpose}`,
      用途: purpose,
      名称: '评审',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: '2024010305;2024010322',
      评审人工号: evaluator,
    })),
    {
      评审编号: 'EC-APPEAL',
      用途: 'APPEAL',
      名称: '申诉',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: '2024010305',
      评审人工号: 'T0811',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('academics', 'examViolations', [proposed({})]);
});
afterAll(() => college.stop());

const sql = (statement: string, parameters: readonly unknown[] = []) =>
  asOwner(college, 'academics', statement, parameters);

const STATES = `{ student(studentNo: "2024010305") { examViolations { state } } }`;
const states = async (person: string, options: RequestOptions = {}) => {
  const { data, errors } = await college.request(person, STATES, options);
  expect(errors).toBeUndefined();
  const { student } = data as { student: { examViolations: { state: string }[] } };
  return student.examViolations.map(({ state }) => state);
};
/** Number of rows, for those who are shown nothing of a row but the code or a flag. */
const codes = async (purpose: keyof typeof EVALUATORS, studentNo = '2024010305') => {
  const query = `{ student(studentNo: "${studentNo}") { examViolations { indicatorCode } } }`;
  const { data, errors } = await college.request(EVALUATORS[purpose], query, evaluating(purpose));
  expect(errors).toBeUndefined();
  const { student } = data as { student: { examViolations: { indicatorCode: string }[] } };
  return student.examViolations.map(({ indicatorCode }) => indicatorCode);
};
const everyState = (state: string) => sql(`update exam_violation set state = '${state}'`);

test('a proposed violation is seen by its clerk, its reviewer and student affairs alone (SC-03 step 1)', async () => {
  expect(await states('T0301')).toEqual(['PROPOSED']);
  expect(await states('T0302')).toEqual(['PROPOSED']);
  expect(await states('T0001', ADMIN_REVIEW)).toEqual(['PROPOSED']);
  expect(await states('T0101', ADMIN_REVIEW)).toEqual([]);
  expect(await states('T0110', ADMIN_REVIEW)).toEqual([]);
  expect(await states('2024010305')).toEqual([]);
  expect(await states('T0901', AUDIT)).toEqual([]);
  expect(await codes('AWARD')).toEqual([]);
  expect(await codes('PARTY')).toEqual([]);
  expect(await codes('AID')).toEqual([]);
  expect(await codes('EMPLOYMENT')).toEqual([]);
});

test('the student sees it when he is notified (note 29), the college still not (note 10)', async () => {
  await sql(`update exam_violation set notice_delivered_on = '2026-01-14'`);
  await everyState('NOTIFIED');
  expect(await states('2024010305')).toEqual(['NOTIFIED']);
  expect(await states('T0110', ADMIN_REVIEW)).toEqual([]);
  expect(await states('T0101', ADMIN_REVIEW)).toEqual([]);
  expect(await codes('PARTY')).toEqual([]);
});

test('what is dismissed leaves a trace for the student and the auditor alone (FG14)', async () => {
  await everyState('DISMISSED');
  expect(await states('2024010305')).toEqual(['DISMISSED']);
  expect(await states('T0901', AUDIT)).toEqual(['DISMISSED']);
  expect(await states('T0001', ADMIN_REVIEW)).toEqual([]);
  expect(await states('T0301')).toEqual([]);
  expect(await states('T0302')).toEqual([]);
  const list = `{ examViolations(filter: { state: DISMISSED }) { nodes { state } pageInfo { hasNextPage } } }`;
  const nothing = { nodes: [], pageInfo: { hasNextPage: false } };
  expect(await college.request('T0301', list)).toEqual({ data: { examViolations: nothing } });
  await sql(`delete from exam_violation`);
});

const WHOLE = {
  indicatorCode: 'D1-05',
  state: 'FOUND',
  examType: 'SCHOOL',
  actCode: 'MOE33-6.1',
  session: '2025-1 期末 第3场',
  decision: { docNo: '教〔2026〕7号', decidedOn: '2026-01-26' },
  evidence: [{ docNo: 'EV-7' }],
};
const MINOR = {
  ...WHOLE,
  indicatorCode: 'D1-04',
  actCode: 'MOE33-5.2',
  decision: { docNo: '教〔2025〕3号', decidedOn: '2025-06-30' },
};
const DETAIL = `{ student(studentNo: "2024010305") { examViolations {
  indicatorCode state examType actCode session decision { docNo decidedOn } evidence { docNo } } } }`;

test('a found violation is read whole by school roles and the Party evaluator (3.5)', async () => {
  const minor = {
    指标代码: 'D1-04',
    行为代码: 'MOE33-5.2',
    发生日期: '2025-06-20',
    通知送达日期: '2025-06-22',
    决定日期: '2025-06-30',
    处理文号: '教〔2025〕3号',
  };
  await college.bring('academics', 'examViolations', [
    found({}),
    found({ 违纪编号: 'V-2', 严重程度: 'S1', ...minor }),
    found({ 违纪编号: 'V-3', 学号: '2024010322', 严重程度: 'S2', ...minor }),
  ]);
  const whole = { data: { student: { examViolations: [WHOLE, MINOR] } } };
  expect(await college.request('2024010305', DETAIL)).toEqual(whole);
  expect(await college.request('T0101', DETAIL, ADMIN_REVIEW)).toEqual(whole);
  expect(await college.request('T0110', DETAIL, ADMIN_REVIEW)).toEqual(whole);
  expect(await college.request('T0301', DETAIL)).toEqual(whole);
  expect(await college.request('T0901', DETAIL, AUDIT)).toEqual(whole);
  expect(await college.request('T0702', DETAIL, evaluating('PARTY'))).toEqual(whole);
  expect(await college.request('T0601', DETAIL)).toEqual({
    data: { student: { examViolations: null } },
    errors: [refused(['student', 'examViolations'], 'CYL_CLERK', 'ACADEMIC_MISCONDUCT', 'FG10')],
  });
});

const SHUT = ['state', 'examType', 'actCode', 'session', 'decision', 'evidence'];
const shutFor = (role: string) =>
  SHUT.map((field) =>
    masked(['student', 'examViolations', 0, field], role, 'ACADEMIC_MISCONDUCT', 'FG10'),
  );
const nothingBut = (indicatorCode: string) => ({
  indicatorCode,
  ...Object.fromEntries(SHUT.map((field) => [field, null])),
});

test('an awards evaluator reads the code of what is S2 and above, and nothing else of it (3.5)', async () => {
  expect(await college.request('T0701', DETAIL, evaluating('AWARD'))).toEqual({
    data: { student: { examViolations: [nothingBut('D1-05')] } },
    errors: shutFor('EV_AWARD'),
  });
  expect(await codes('AWARD', '2024010322')).toEqual(['D1-04']);
});

test.each([
  ['AID', 'EV_AID'],
  ['EMPLOYMENT', 'EV_EMPLOY'],
] as const)(
  'an evaluator for %s reads a flag of what is S3 and above (3.5)',
  async (purpose, role) => {
    expect(await college.request(EVALUATORS[purpose], DETAIL, evaluating(purpose))).toEqual({
      data: { student: { examViolations: [nothingBut('HAS_ACTIVE_SERIOUS')] } },
      errors: shutFor(role),
      ...maskedAt({ shown: 'FLAG', group: 'ACADEMIC_MISCONDUCT', rule: `${role}.FG10` }, [
        'student',
        'examViolations',
        '@',
        'indicatorCode',
      ]),
    });
    expect(await codes(purpose, '2024010322')).toEqual([]);
  },
);

test('the flag does not disclose how many violations there are (masks.csv)', async () => {
  await college.bring('academics', 'examViolations', [found({ 违纪编号: 'V-4' })]);
  expect(await codes('AWARD')).toEqual(['D1-05', 'D1-05']);
  expect(await codes('AID')).toEqual(['HAS_ACTIVE_SERIOUS']);
  expect(await codes('EMPLOYMENT')).toEqual(['HAS_ACTIVE_SERIOUS']);
});

test('an appeal committee reads no violation while no appealed sanction is known here (note 23)', async () => {
  const query = `{ student(studentNo: "2024010305") { examViolations { id } misconductCases { id } } }`;
  expect(await college.request('T0811', query, evaluating('APPEAL'))).toEqual({
    data: { student: { examViolations: [], misconductCases: [] } },
  });
});

test('what is lifted or repaired leaves no trace for evaluators and the college (SC-03 step 7, INV-06)', async () => {
  for (const state of ['LIFTED', 'REPAIRED', 'EXPIRED', 'REVOKED', 'SEALED']) {
    await everyState(state);
    expect(await codes('AWARD')).toEqual([]);
    expect(await codes('PARTY')).toEqual([]);
    expect(await codes('AID')).toEqual([]);
    expect(await codes('EMPLOYMENT')).toEqual([]);
    expect(await states('T0110', ADMIN_REVIEW)).toEqual([]);
    expect(await states('2024010305')).toEqual([state, state, state]);
  }
});

const caseRow = (caseNo: string, studentNo: string, stage: string, severity: string) =>
  sql(
    `insert into misconduct_case (case_no, student_no, stage, severity, indicator_code, occurred_on,
       reported_on, committee, finding_body, decision_doc_no, decided_on, notice_delivered_on, evidence,
       recorded_by, recorded_at, approved_by, approved_at)
     values ($1, $2, $3, $4, 'D1-02', '2026-01-10', '2026-02-01', '学术委员会', 'AAO', '学〔2026〕2号', '2026-03-20',
       '2026-03-01', '[{"id": "E-1", "docNo": "E-1"}]', 'T0301', now(), 'T0302', now())`,
    [caseNo, studentNo, stage, severity],
  );
const CASES = `{ student(studentNo: "2024010305") { misconductCases { stage } } }`;
const stages = async (person: string, options: RequestOptions = {}) => {
  const { data, errors } = await college.request(person, CASES, options);
  expect(errors).toBeUndefined();
  const { student } = data as { student: { misconductCases: { stage: string }[] } };
  return student.misconductCases.map(({ stage }) => stage);
};

test('a misconduct case is pending until it is final (2.4, field-groups.csv)', async () => {
  await caseRow('M-1', '2024010305', 'REPORTED', 'S3');
  for (const stage of ['REPORTED', 'PRELIMINARY', 'FORMAL', 'FOUND', 'DECIDED']) {
    await sql(`update misconduct_case set stage = '${stage}'`);
    expect(await stages('T0301')).toEqual([stage]);
    expect(await stages('T0001', ADMIN_REVIEW)).toEqual([stage]);
    expect(await stages('T0110', ADMIN_REVIEW)).toEqual([]);
    expect(await stages('T0702', evaluating('PARTY'))).toEqual([]);
    expect(await stages('T0703', evaluating('AID'))).toEqual([]);
    // Its notice was delivered: that of a formal inquiry says so.
    const isNotified = ['FORMAL', 'FOUND', 'DECIDED'].includes(stage);
    expect(await stages('2024010305')).toEqual(isNotified ? [stage] : []);
  }
  const list = `{ misconductCases { nodes { stage } } }`;
  const decided = { misconductCases: { nodes: [{ stage: 'DECIDED' }] } };
  expect(await college.request('T0301', list)).toEqual({ data: decided });
  await sql(`update misconduct_case set stage = 'NOT_FOUND'`);
  expect(await college.request('T0301', list)).toEqual({
    data: { misconductCases: { nodes: [] } },
  });
  expect(await stages('T0301')).toEqual([]);
  expect(await stages('2024010305')).toEqual(['NOT_FOUND']);
  expect(await stages('T0901', AUDIT)).toEqual(['NOT_FOUND']);
});

test('a final case is a category for awards, one flag for aid and employment, whole for the Party (3.5)', async () => {
  await sql(`update misconduct_case set stage = 'FINAL'`);
  await caseRow('M-2', '2024010305', 'FINAL', 'S4');
  await caseRow('M-3', '2024010305', 'FINAL', 'S2');
  expect(await stages('T0702', evaluating('PARTY'))).toEqual(['FINAL', 'FINAL', 'FINAL']);
  expect(await stages('T0701', evaluating('AWARD'))).toEqual(['FINAL', 'FINAL', 'FINAL']);
  expect(await stages('T0703', evaluating('AID'))).toEqual(['HAS_ACTIVE_SERIOUS']);
  expect(await stages('T0704', evaluating('EMPLOYMENT'))).toEqual(['HAS_ACTIVE_SERIOUS']);
  await sql(`update misconduct_case set severity = 'S2'`);
  expect(await stages('T0703', evaluating('AID'))).toEqual([]);

  const query = `{ student(studentNo: "2024010305") { misconductCases { committee decision { docNo decidedOn } } } }`;
  const decision = { docNo: '学〔2026〕2号', decidedOn: '2026-03-20' };
  const one = { committee: null, decision };
  expect(await college.request('T0702', query, evaluating('PARTY'))).toEqual({
    data: { student: { misconductCases: [one, one, one] } },
    errors: [0, 1, 2].map((i) =>
      refused(['student', 'misconductCases', i, 'committee'], 'EV_PARTY', 'STAFF_IDENTITY', 'FG43'),
    ),
  });
});
