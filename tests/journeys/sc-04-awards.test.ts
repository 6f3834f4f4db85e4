/** SC-04: an awards evaluator in a case, and a phone bill that nobody shows him (G21, G8.4, INV-09). */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { summary } from '../academics/rows.js';
import { disclosedTo } from '../support/access-log.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { lockedRun } from '../support/official-run.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { countStatements } from '../support/statements.js';
import { errorOf } from '../support/straight.js';
import { TELECOM } from '../support/student-facts.js';

const STUDENT = '2024010317';
const OTHER = '2024010305';
const OUTSIDE = '2024020111';
const AT = '2026-04-12T10:00:00+08:00';

let college: TestCollege;
const request = (query: string, caseId = 'EC-2026-A1'): Promise<Answer> =>
  college.request('T0701', query, { headers: { 'x-case': caseId } });
const dossier = (name: string, fields: string) =>
  `query ${name} { caseDossier(studentNo: "${STUDENT}") { student { ${fields} } } }`;
const SHOWN = 'credit { grade asOf } academicSummary { gpa } goodRecords { indicatorCode }';
const refused = (group: string, clause: string, ...path: string[]) =>
  errorOf('FORBIDDEN_FIELD', path, { group, clause, rule: `EV_AWARD.${clause}` });

beforeAll(async () => {
  college = await startCollege({ at: '2026-01-31T23:00:00+08:00' });
  await lockedRun(college, '2025H2', [STUDENT, OTHER]);
  college.clock.set(AT);
  await college.bring('academics', 'summaries', [summary({ 学号: STUDENT })]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A1',
      用途: '评优',
      名称: '2026 年评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: `${OTHER};${STUDENT}`,
      评审人工号: 'T0701',
    },
  ]);
  await college.bring('archive', 'consents', [
    {
      授权编号: 'CS-T',
      学号: STUDENT,
      授权用途: '第三方采集',
      信息类别: 'PHONE_BILLS',
      接收方: '丙电信',
      接收方统一社会信用代码: TELECOM,
      告知书版本: 'N-2026.1',
      授权时间: '2026-02-20 00:00:00',
      到期时间: '2027-02-19 00:00:00',
      撤回时间: '',
    },
  ]);
  for (const [code, origin, consent] of [
    ['P-01', 'GOOD_CONDUCT', null],
    ['P-10', 'PHONE_BILLS', 'CS-T'],
  ] as const)
    await put(college, 'archive', 'good_record', {
      student_no: STUDENT,
      indicator_code: code,
      origin_group: origin,
      source_office: 'SAO',
      occurred_on: '2026-03-01',
      state: 'APPROVED',
      source_subgraph: 'archive',
      source_typename: 'GoodRecord',
      source_id: code,
      source_version: 1,
      consent_id: consent,
      ...RECORDED,
    });
});
beforeEach(() => college.clock.set(AT));
afterAll(() => college.stop());

const ANSWERED = {
  credit: { grade: 'A', asOf: '2026-01-31' },
  academicSummary: { gpa: '3.62' },
  goodRecords: [{ indicatorCode: 'P-01' }],
};

test('1: the locked school grade, the average, and good records without what a third party paid for', async () => {
  expect(await request(dossier('Shown', SHOWN))).toEqual({
    data: { caseDossier: { student: ANSWERED } },
  });
});

test('2: a phone bill selected beside it is refused by name, the rest answers, and no provider is called', async () => {
  const { result, byOffice } = await countStatements(() =>
    request(dossier('Bills', `${SHOWN} phoneBills { amountFen }`)),
  );
  expect(result).toEqual({
    data: { caseDossier: { student: { ...ANSWERED, phoneBills: null } } },
    errors: [refused('PHONE_BILLS', 'FG20', 'caseDossier', 'student', 'phoneBills')],
  });
  expect(Object.keys(byOffice).toSorted()).toEqual(['academics', 'archive']);
});

test('3: why the grade is what it is, is not for him', async () => {
  expect(await request(dossier('Ledger', 'credit { dimensions { code score } }'))).toEqual({
    data: { caseDossier: { student: { credit: { dimensions: null } } } },
    errors: [refused('CREDIT_LEDGER', 'FG23', 'caseDossier', 'student', 'credit', 'dimensions')],
  });
});

test('4: a student whom the case does not list is not found, by dossier or by number', async () => {
  expect(await request(`{ student(studentNo: "${OUTSIDE}") { name } }`)).toEqual({
    data: { student: null },
    errors: [errorOf('NOT_FOUND', ['student'])],
  });
  expect(await request(`{ caseDossier(studentNo: "${OUTSIDE}") { caseId } }`)).toEqual({
    data: { caseDossier: null },
    errors: [errorOf('NOT_FOUND', ['caseDossier'])],
  });
});

test('5: nothing that he may not see can be filtered by', async () => {
  const { data, errors = [] } = await request(
    '{ students(filter: { phoneOverdue: true }) { nodes { name } } }',
  );
  expect(data).toBeUndefined();
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['VALIDATION']);
});

test('6: with the end of the case all of it ends, the next page of a list too', async () => {
  const page = (after?: string) =>
    `{ students(first: 1${after ? `, after: "${after}"` : ''}) { nodes { studentNo } pageInfo { endCursor } } }`;
  college.clock.set('2026-04-23T23:59:59+08:00');
  const first = await request(page());
  expect(first).toMatchObject({ data: { students: { nodes: [{ studentNo: OTHER }] } } });
  const { endCursor } = (first.data as { students: { pageInfo: { endCursor: string } } }).students
    .pageInfo;

  college.clock.set('2026-04-24T00:00:00+08:00');
  for (const query of [dossier('Late', 'name'), page(endCursor)]) {
    const answer = await request(query);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['CASE_EXPIRED']);
  }
});

test('the student reads one event for each request, with what was refused (INV-12)', async () => {
  await request(
    dossier('Disclosed', `name ${SHOWN} phoneBills { month } credit { dimensions { code } }`),
  );
  await college.settle();
  const [event, ...more] = await disclosedTo(college, STUDENT, 'Disclosed');
  expect(more).toEqual([]);
  expect(event).toMatchObject({
    at: '2026-04-12T02:00:00.000Z',
    actorRole: 'EV_AWARD',
    actorDisplay: '学生处 评*',
    purpose: 'EVAL_AWARD',
    reference: 'EC-2026-A1',
    groups: {
      IDENTITY: 'ALLOW',
      ACADEMIC_SUMMARY: 'ALLOW',
      GOOD_CONDUCT: 'ALLOW',
      CREDIT_GRADE: 'ALLOW',
      PHONE_BILLS: 'DENY',
      CREDIT_LEDGER: 'DENY',
    },
  });
  expect(await asOwner(college, 'thirdparty', 'select * from outbox')).toEqual([]);
});
