import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { published } from '../support/published.js';
import { aCase, approveCases, CLERK, inDatabase, proposeCases } from './cases.js';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
});
afterAll(() => college.stop());

const held = () =>
  inDatabase(
    college,
    `select case_no as "caseNo", version, state, legal_basis as "legalBasis",
       recorded_by as "recordedBy", approved_by as "approvedBy" from law_violation order by case_no`,
  );
const events = async () =>
  (await published(college, 'security', 'finding')).map(({ payload, key, topic, version }) => {
    const { source, ...facts } = payload as { source: { id: string; typename: string } };
    const isKey = key === `security:${source.id}`;
    return { topic, version, payload: facts, typename: source.typename, isKey };
  });

const FIRST = aCase({});
const UNFINISHED = aCase({ 案件编号: 'SEC-2026-002', 学号: '2024010322', 告知日期: '' });
const STANDING = {
  caseNo: 'SEC-2026-001',
  version: 1,
  state: 'FOUND',
  legalBasis: '学生违纪处分办法第十二条',
  recordedBy: 'T0501',
  approvedBy: 'T0502',
};
const PROPOSED = { ...STANDING, caseNo: 'SEC-2026-002', state: 'PROPOSED' };
const PUBLISHED = {
  topic: 'finding',
  version: 1,
  typename: 'LawViolation',
  isKey: true,
  payload: {
    studentNo: '2024010305',
    polarity: 'BAD',
    indicatorCode: 'D3-03',
    severity: 'S2',
    state: 'FOUND',
    occurredOn: '2026-02-27',
    foundOn: '2026-03-20',
    findingBody: '保卫处',
    findingDocNo: '保认字〔2026〕1号',
    findingOn: '2026-03-20',
    noticeDeliveredOn: '2026-03-06',
    legalBasis: '学生违纪处分办法第十二条',
    recordedBy: 'T0501',
    approvedBy: 'T0502',
    approvedAt: expect.any(String) as string,
  },
};

test('a clerk proposes, a reviewer puts in force; only a finding with its notice is found and published (G13.2, INV-03)', async () => {
  const { report } = await proposeCases(college, [FIRST, UNFINISHED]);
  expect(report).toMatchObject({ rows: 2, rejected: 0, state: 'PROPOSED' });
  expect(await held()).toEqual([]);

  expect(await approveCases(college, report.batchId)).toMatchObject({ changed: 2 });
  expect(await held()).toEqual([STANDING, PROPOSED]);
  expect(await events()).toEqual([PUBLISHED]);
});

test('the same file again changes nothing and publishes nothing (F-13)', async () => {
  const { report } = await proposeCases(college, [FIRST, UNFINISHED]);

  expect(await approveCases(college, report.batchId)).toMatchObject({ changed: 0 });
  expect(await held()).toEqual([STANDING, PROPOSED]);
  expect(await events()).toEqual([PUBLISHED]);
});

test('the clerk cannot approve his own batch, nor another clerk any (INV-02, 3.8)', async () => {
  const { report } = await proposeCases(college, [aCase({ 法律依据: '另一条' })]);

  await expect(
    approveCases(college, report.batchId, { ...CLERK, role: 'SEC_REVIEWER' }),
  ).rejects.toMatchObject({ extensions: { code: 'SOD_VIOLATION' } });
  await expect(approveCases(college, report.batchId, CLERK)).rejects.toMatchObject({
    extensions: { code: 'FORBIDDEN_ACTION' },
  });
  await expect(
    proposeCases(college, [FIRST], importer('T0401', 'FIN_CLERK')),
  ).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN_ACTION' } });
  expect(await held()).toEqual([STANDING, PROPOSED]);
});

test('a corrected row is the next version, and is published (F-13)', async () => {
  const corrected = aCase({ 法律依据: '学生违纪处分办法第十三条' });
  const complete = aCase({ 案件编号: 'SEC-2026-002', 学号: '2024010322', 指标代码: 'D5-01' });
  const { report } = await proposeCases(college, [corrected, complete]);
  await approveCases(college, report.batchId);

  expect(await held()).toEqual([
    { ...STANDING, version: 2, legalBasis: '学生违纪处分办法第十三条' },
    { ...PROPOSED, version: 2, state: 'FOUND' },
  ]);
  const second = { ...PUBLISHED.payload, legalBasis: '学生违纪处分办法第十三条' };
  const other = { ...PUBLISHED.payload, studentNo: '2024010322', indicatorCode: 'D5-01' };
  expect(await events()).toEqual([
    // Read late, the first version says what the second does.
    { ...PUBLISHED, payload: second },
    { ...PUBLISHED, version: 2, payload: second },
    { ...PUBLISHED, version: 2, payload: other },
  ]);
});

const CONTRADICTED =
  '另一行对同一记录的内容不同，两行均未导入,"another row says something else of the same record; neither is imported"';

test('what cannot stand is listed with line, column and reason, and the rest goes on (F-13, INV-04, INV-05)', async () => {
  const before = await held();
  const { report, rejected } = await proposeCases(college, [
    aCase({ 案件编号: 'X-1', 学号: '2024999999' }),
    // Of age from 2026-11-20.
    aCase({ 案件编号: 'X-2', 学号: '2026010301' }),
    // Born on 2006-05-14: the day before coming of age.
    aCase({ 案件编号: 'X-3', 学号: '2024010317', 行为日期: '2024-05-13' }),
    aCase({ 案件编号: 'X-4', 指标代码: 'D1-05' }),
    aCase({ 案件编号: 'X-5', 严重程度: 'S1' }),
    aCase({ 案件编号: 'X-6', 认定日期: '2026-04-13' }),
    aCase({ 案件编号: 'X-7', 法律依据: '' }),
    aCase({ 案件编号: 'X-8', 告知日期: '2026-02-26' }),
    aCase({ 案件编号: 'X-9', 认定日期: '2026-03-05' }),
    aCase({ 学号: '2024010322' }),
    aCase({ 案件编号: 'X-10', 文书编号: '' }),
    aCase({ 案件编号: 'X-10' }),
    aCase({ 案件编号: 'X-10' }),
    aCase({ 案件编号: 'X-11', 学号: '2024010317', 行为日期: '2024-05-14' }),
  ]);

  expect(rejected).toEqual([
    '8,法律依据,不得为空,must not be empty',
    '9,告知日期,早于行为日期,is before the act',
    '10,认定日期,须先告知后认定,is before the act or the notice',
    ...[12, 13, 14].map((line) => `${line},caseNo,${CONTRADICTED}`),
    '2,studentNo,学号不在册,no such student in the roster',
    '5,indicatorCode,不是保卫处的指标,is not an indicator of this office',
    '6,severity,超出该指标的严重程度范围,is outside the range of the indicator',
    '7,actOn,日期晚于今天,a day of this row is after today',
    '11,studentNo,该案件属于另一名学生,the case is of another student',
    '3,actOn,依法不得录入,may not enter by law',
    '4,actOn,依法不得录入,may not enter by law',
  ]);
  expect(report).toMatchObject({ rows: 1, rejected: 13, state: 'PROPOSED' });
  expect(await held()).toEqual(before);
});

test('a file does not take a finding back, nor rewrite what came after it (2.4)', async () => {
  await inDatabase(college, `update law_violation set state = 'ACTIVE' where case_no = ?`, [
    'SEC-2026-002',
  ]);
  const before = await held();
  const rewritten = { 案件编号: 'SEC-2026-002', 学号: '2024010322', 指标代码: 'D5-02' };
  const { rejected } = await proposeCases(college, [aCase({ 文书编号: '' }), aCase(rewritten)]);

  const why =
    '案件已进入后续程序，不能以导入更改,the case has moved on and is not changed by an import';
  // A document number that the file leaves out stays as it is.
  expect(rejected).toEqual([`3,caseNo,${why}`]);

  const same = aCase({ ...rewritten, 指标代码: 'D5-01' });
  const { report } = await proposeCases(college, [same]);
  expect(await approveCases(college, report.batchId)).toMatchObject({ rows: 1, changed: 0 });
  expect(await held()).toEqual(before);
});

const INSERT = `
  insert into law_violation (student_no, recorded_by, recorded_at, approved_by, approved_at, evidence,
    case_no, act_on, category, authority, doc_no, legal_basis, indicator_code, severity, found_on,
    notified_on, state, of_age_on)
  select v.student_no, v.recorded_by, now(), v.approved_by, now(), v.evidence, v.case_no, v.act_on,
    'SCHOOL_FINDING', '保卫处', v.doc_no, '第十二条', 'D3-03', v.severity, v.found_on, v.notified_on,
    v.state, v.of_age_on
  from jsonb_populate_record(null::law_violation, ?::jsonb) v`;
const ROW = {
  student_no: '2024010305',
  recorded_by: 'T0501',
  approved_by: 'T0502',
  evidence: [{ id: '1', docNo: '1' }],
  case_no: 'SQL-1',
  act_on: '2026-02-27',
  of_age_on: '2026-02-27',
  doc_no: '1',
  severity: 'S2',
  found_on: '2026-03-20',
  notified_on: '2026-03-06',
  state: 'FOUND',
};

test('the database itself refuses what the rules forbid (INV-02, INV-03, INV-04, INV-05)', async () => {
  const before = await held();
  const refusals: readonly (readonly [object, string])[] = [
    [{ approved_by: 'T0501' }, 'law_violation_second_person'],
    [{ approved_by: null }, 'law_violation_found'],
    [{ notified_on: null }, 'law_violation_found'],
    [{ found_on: null }, 'law_violation_found'],
    [{ doc_no: null }, 'law_violation_found'],
    [{ evidence: [] }, 'law_violation_found'],
    [{ found_on: '2026-03-05' }, 'law_violation_days'],
    [{ severity: 'S1' }, 'law_violation_severity'],
    [{ state: 'SEALED' }, 'law_violation_sealed'],
    [{ of_age_on: null }, 'law_violation_of_age'],
    [{ act_on: '2026-02-26' }, 'law_violation_of_age'],
  ];
  for (const [change, constraint] of refusals)
    await expect(
      inDatabase(college, INSERT, [JSON.stringify({ ...ROW, ...change })]),
    ).rejects.toMatchObject({ constraint });
  await expect(
    inDatabase(college, `update law_violation set act_on = '2023-12-01' where case_no = ?`, [
      'SEC-2026-001',
    ]),
  ).rejects.toMatchObject({ constraint: 'law_violation_of_age' });
  await expect(
    inDatabase(college, `insert into indicator_severity values ('D3-03', 'S1')`),
  ).rejects.toMatchObject({ code: '42501' });
  expect(await held()).toEqual(before);
});
