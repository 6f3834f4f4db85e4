/** SC-05: composite score without third-party detail; consent withdrawn (L-04, T-04). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accept } from '../archive/accepted.js';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { CARD, find, publishFinding } from '../thirdparty/findings.js';
import {
  BANK,
  BANKER,
  bill,
  bringAs,
  consent,
  giveConsents,
  OPERATOR,
  REGISTER,
  SCHOOL,
  statement,
  TELECOM,
  TO_TELECOM,
} from '../thirdparty/provider-files.js';

const STUDENT = '2024020111';
const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const CREDIT = `credit { view score grade ledger { indicatorCode capCode points } }`;

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: '2026-03-02T10:00:00+08:00' });
  await giveConsents(college, [consent({}), consent(TO_TELECOM)]);
  await bringAs(college, SCHOOL, 'providers', REGISTER);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-A1',
      用途: '评优',
      名称: '2026 年评优',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: STUDENT,
      评审人工号: 'T0701',
    },
  ]);
});
afterAll(() => college.stop());

const of = (fields: string): string => `{ student(studentNo: "${STUDENT}") { ${fields} } }`;
/** Rules that an answer names, by path. */
const rules = ({ errors }: Answer): string[] =>
  (errors ?? []).map(({ path, extensions }) => `${path?.join('.')} ${String(extensions['rule'])}`);
/** The credit that a person reads, its lines the largest deduction first. */
async function creditFor(person: string, options = {}): Promise<unknown> {
  const { data } = await college.request(person, of(CREDIT), options);
  const student = data?.['student'] as { credit: { ledger: { points: number }[] } } | undefined;
  const ledger = student?.credit.ledger.toSorted((a, b) => a.points - b.points);
  return { ...student?.credit, ledger };
}
const line = (indicatorCode: string | null, points: number, capCode: string | null = null) => ({
  indicatorCode,
  capCode,
  points,
});
const CLEAN = { view: 'FULL', score: 10_000, grade: 'A', ledger: [] };
const SCHOOL_VIEW = { view: 'SCHOOL', score: 9850, grade: 'A', ledger: [line('D3-06', -150)] };

test('1. rows of both providers are data: no record, no line', async () => {
  await bringAs(college, OPERATOR, 'phoneBills', [bill({})]);
  await bringAs(college, BANKER, 'cardOverdrafts', [statement({ 账单日: '2026-02-25' })]);
  await college.settle();
  expect(await creditFor(STUDENT)).toEqual(CLEAN);
  expect(await college.request(STUDENT, of('conductRecords { indicatorCode }'))).toEqual({
    data: { student: { conductRecords: [] } },
  });
});

test('2. the finding of two people of the bank is a record, which the student alone reads', async () => {
  await publishFinding(college, await find(college, CARD));
  const records = of('conductRecords { indicatorCode severity state finding { docNo date } }');
  expect(await college.request(STUDENT, records)).toEqual({
    data: {
      student: {
        conductRecords: [
          {
            indicatorCode: 'D2-02',
            severity: 'S2',
            state: 'ACTIVE',
            finding: { docNo: 'YH-2026-1', date: '2026-03-02' },
          },
        ],
      },
    },
  });
  for (const person of ['T0210', 'T0001'])
    expect(await college.request(person, records, REVIEW)).toEqual({
      data: { student: { conductRecords: [] } },
    });
});

test('3. the student stands at 95.50 A with all lines, and the school reads 98.50 A', async () => {
  college.clock.set('2026-04-15T10:00:00+08:00');
  await accept(college, {
    studentNo: STUDENT,
    indicatorCode: 'D3-06',
    originGroup: 'BAD_CONDUCT',
    severity: 'S1',
    on: '2026-03-10',
  });
  expect(await creditFor(STUDENT)).toEqual({
    view: 'FULL',
    score: 9550,
    grade: 'A',
    ledger: [line('D2-02', -400), line('D3-06', -150), line(null, 100, 'CAP-TP')],
  });
});

test('4. for the school the one line sums exactly, and nothing else is disclosed', async () => {
  for (const person of ['T0210', 'T0001'])
    expect(await creditFor(person, REVIEW)).toEqual(SCHOOL_VIEW);
  const answer = await college.request(
    'T0210',
    of('cardOverdrafts { overdueFen } phoneBills { amountFen }'),
    REVIEW,
  );
  expect(answer.data).toEqual({ student: { cardOverdrafts: null, phoneBills: null } });
  expect(rules(answer)).toEqual([
    'student.cardOverdrafts COLLEGE_ADMIN.FG19',
    'student.phoneBills COLLEGE_ADMIN.FG20',
  ]);
});

test('4. an evaluator reads no score', async () => {
  const answer = await college.request('T0701', of('credit { score }'), {
    headers: { 'x-case': 'EC-2026-A1' },
  });
  expect(answer.data).toEqual({ student: { credit: { score: null } } });
  expect(rules(answer)).toEqual(['student.credit.score EV_AWARD.FG21']);
});

test('5. the auditor reads provider and date, and no amount', async () => {
  const answer = await college.request(
    'T0901',
    of('cardOverdrafts { provider statementOn overdueFen }'),
    { headers: { 'x-reference': 'AU-2026-1' } },
  );
  expect(answer.data).toEqual({
    student: {
      cardOverdrafts: [{ provider: BANK, statementOn: '2026-02-25', overdueFen: null }],
    },
  });
  expect(rules(answer)).toEqual(['student.cardOverdrafts.0.overdueFen AUDITOR.FG19']);
});

test('6. the bank reads its own rows by the consent, and no student', async () => {
  const rows = `{ consentRows(consentId: "CS-BANK") {
    cardOverdrafts { overdueFen } phoneBills { amountFen } } }`;
  expect(await college.request('bank-b-01', rows)).toEqual({
    data: { consentRows: { cardOverdrafts: [{ overdueFen: 128_050 }], phoneBills: [] } },
  });
  expect(await college.request('bank-b-01', of('credit { score }'))).toMatchObject({
    data: { student: null },
    errors: [{ path: ['student'], extensions: { code: 'NOT_FOUND' } }],
  });
});

test('7. when the consent is withdrawn reads end, rows go, and both views are 98.50 A', async () => {
  college.clock.set('2026-04-20T10:00:00+08:00');
  await giveConsents(college, [consent({ 撤回时间: '2026-04-20 09:59:00' })]);
  expect(await creditFor(STUDENT)).toEqual({ ...SCHOOL_VIEW, view: 'FULL' });
  for (const person of ['T0210', 'T0001'])
    expect(await creditFor(person, REVIEW)).toEqual(SCHOOL_VIEW);
  expect(
    await college.request(
      STUDENT,
      of(`cardOverdrafts { overdueFen } phoneBills { provider }
        conductRecords { indicatorCode } closedConductRecords { indicatorCode }`),
    ),
  ).toEqual({
    data: {
      student: {
        cardOverdrafts: [],
        phoneBills: [{ provider: TELECOM }],
        conductRecords: [{ indicatorCode: 'D3-06' }],
        closedConductRecords: [],
      },
    },
  });
  expect(
    await college.request(
      'bank-b-01',
      `{ consentRows(consentId: "CS-BANK") { cardOverdrafts { overdueFen } } }`,
    ),
  ).toMatchObject({ data: { consentRows: null }, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  expect(await asOwner(college, 'thirdparty', 'select 1 from card_overdraft')).toEqual([]);
});

test('7. the snapshot of the consent stays as it was, and a new one stands before it (INV-08)', async () => {
  expect(
    await asOwner(
      college,
      'archive',
      `select on_day::text, (school_view->>'score')::int as school, (full_view->>'score')::int as "full"
       from credit_snapshot where student_no = $1 and on_day >= '2026-03-01' order by seq`,
      [STUDENT],
    ),
  ).toEqual([
    { on_day: '2026-03-02', school: 10_000, full: 9700 },
    { on_day: '2026-04-15', school: 9850, full: 9550 },
    { on_day: '2026-04-20', school: 9850, full: 9850 },
  ]);
});
