import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type Answer, type TestCollege } from '../support/college.js';
import { aCase, approveCases, flagged, inDatabase, proposeCases } from './cases.js';

/** Two findings. */
const TWICE = '2024010305';
/** One case that waits for its notice. */
const ACCUSED = '2024010322';
/** Never on the list. */
const CLEAN = '2024010317';

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  const { report } = await proposeCases(college, [
    aCase({}),
    aCase({
      案件编号: 'SEC-2026-002',
      行为日期: '2026-01-10',
      类别: '行政处罚',
      处理机关: '示范市公安局',
      文书编号: '示公行罚决字〔2026〕7号',
      法律依据: '治安管理处罚法第七十条',
      指标代码: 'D3-04',
      告知日期: '2026-01-20',
      认定日期: '2026-02-10',
    }),
    aCase({ 案件编号: 'SEC-2026-003', 学号: ACCUSED, 告知日期: '' }),
  ]);
  await approveCases(college, report.batchId);
  await inDatabase(
    college,
    `insert into material (student_no, law_violation_id, digest, names_third_persons)
     select student_no, id, 'keyed-digest', true from law_violation where case_no = ?`,
    ['SEC-2026-001'],
  );
  await college.bring('archive', 'cases', [
    {
      评审编号: 'EC-2026-P1',
      用途: '入党',
      名称: '2026 年春季发展对象',
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: `${TWICE};${ACCUSED};${CLEAN}`,
      评审人工号: 'T0702',
    },
  ]);
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-2026-1',
      工号: 'T0901',
      名称: '年度审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
});
afterAll(() => college.stop());

const WHOLE = `actOn category authority docNo legalBasis state sealedOn
  materials { digest class namesThirdPersons }`;
const FLAG = 'category';
const of = (studentNo: string, fields: string) =>
  `{ student(studentNo: "${studentNo}") { lawViolations { ${fields} } } }`;
const violations = (rows: readonly object[]): Answer => ({
  data: { student: { lawViolations: rows } },
});

const BRAWL = {
  actOn: '2026-02-27',
  category: 'SCHOOL_FINDING',
  authority: '保卫处',
  docNo: '保认字〔2026〕1号',
  legalBasis: '学生违纪处分办法第十二条',
  state: 'FOUND',
  sealedOn: null,
  materials: [{ digest: 'keyed-digest', class: 'L4', namesThirdPersons: true }],
};
const GAMBLING = {
  actOn: '2026-01-10',
  category: 'ADMIN_PENALTY',
  authority: '示范市公安局',
  docNo: '示公行罚决字〔2026〕7号',
  legalBasis: '治安管理处罚法第七十条',
  state: 'FOUND',
  sealedOn: null,
  materials: [],
};
const ACCUSATION = { ...BRAWL, state: 'PROPOSED', materials: [] };

/** The refusal of a field, as the gateway or the office says it. */
const refused = (rule: string, path: readonly (string | number)[], masked = false) => ({
  message: expect.any(String),
  path,
  extensions: {
    code: 'FORBIDDEN_FIELD',
    group: 'LAW_VIOLATIONS',
    clause: 'FG18',
    rule,
    ...(masked && { masked: true }),
  },
});
/** What roles with several purposes name. */
const SCHOOL_DUTY = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const ENTRANCE = ['student', 'lawViolations'];

test('the student himself reads his own, whole (note 15)', async () => {
  expect(await college.request(TWICE, of(TWICE, WHOLE))).toEqual(violations([BRAWL, GAMBLING]));
});

test('an accusation is not visible to the student before its notice (note 29, FROM_NOTIFIED)', async () => {
  expect(await college.request(ACCUSED, of(ACCUSED, WHOLE))).toEqual(violations([]));

  await inDatabase(
    college,
    `update law_violation set state = 'NOTIFIED', notified_on = act_on
    where case_no = 'SEC-2026-003'`,
  );
  const notified = { ...ACCUSATION, state: 'NOTIFIED' };
  expect(await college.request(ACCUSED, of(ACCUSED, WHOLE))).toEqual(violations([notified]));
  await inDatabase(
    college,
    `update law_violation set state = 'PROPOSED', notified_on = null
    where case_no = 'SEC-2026-003'`,
  );
});

test('clerk and reviewer of security read all of it, the accusation too (note 10)', async () => {
  for (const person of ['T0501', 'T0502']) {
    expect(await college.request(person, of(TWICE, WHOLE))).toEqual(violations([BRAWL, GAMBLING]));
    expect(await college.request(person, of(ACCUSED, WHOLE))).toEqual(violations([ACCUSATION]));
  }
});

test('student affairs reads the decision without materials (note 25)', async () => {
  const withoutMaterials = (row: object) => ({ ...row, materials: null });
  expect(await college.request('T0001', of(TWICE, WHOLE), SCHOOL_DUTY)).toEqual({
    data: { student: { lawViolations: [withoutMaterials(BRAWL), withoutMaterials(GAMBLING)] } },
    errors: ['sealedOn', 'materials'].flatMap((field) =>
      [0, 1].map((i) => refused('SCHOOL_ADMIN.FG18', [...ENTRANCE, i, field], true)),
    ),
  });
});

test('the college administrator sees that there is a record, once, and nothing of an accusation (note 1)', async () => {
  const request = (studentNo: string) => college.request('T0110', of(studentNo, FLAG), SCHOOL_DUTY);
  const flag = flagged('COLLEGE_ADMIN.FG18');
  expect(await request(TWICE)).toEqual({ ...violations([{ category: 'HAS_RECORD' }]), ...flag });
  expect(await request(ACCUSED)).toEqual({ ...violations([]), ...flag });
  expect(await request(CLEAN)).toEqual({ ...violations([]), ...flag });
});

test('a Party evaluator sees the flag in his case, and nothing else (3.5)', async () => {
  const options = { headers: { 'x-case': 'EC-2026-P1' } };
  const flag = flagged('EV_PARTY.FG18');
  expect(await college.request('T0702', of(TWICE, 'category actOn'), options)).toEqual({
    data: { student: { lawViolations: [{ category: 'HAS_RECORD', actOn: null }] } },
    errors: [refused('EV_PARTY.FG18', [...ENTRANCE, 0, 'actOn'], true)],
    ...flag,
  });
  expect(await college.request('T0702', of(ACCUSED, FLAG), options)).toEqual({
    ...violations([]),
    ...flag,
  });
  expect(await college.request('T0702', of(CLEAN, FLAG), options)).toEqual({
    ...violations([]),
    ...flag,
  });
});

test('the auditor reads findings under an audit number, no accusation (FG37)', async () => {
  const options = { headers: { 'x-reference': 'AU-2026-1' } };
  const fields = 'studentNo actOn category state';
  const row = { studentNo: TWICE, state: 'FOUND' };
  expect(await college.request('T0901', of(TWICE, fields), options)).toEqual(
    violations([
      { ...row, actOn: '2026-02-27', category: 'SCHOOL_FINDING' },
      { ...row, actOn: '2026-01-10', category: 'ADMIN_PENALTY' },
    ]),
  );
  expect(await college.request('T0901', of(ACCUSED, fields), options)).toEqual(violations([]));
});

test('counsellors and clerks of other offices read nothing (3.3)', async () => {
  for (const [person, rule, options] of [
    ['T0101', 'COUNSELLOR.FG18', SCHOOL_DUTY],
    ['T0401', 'FIN_CLERK.FG18', {}],
    ['T0301', 'AAO_CLERK.FG18', {}],
  ] as const)
    expect(await college.request(person, of(TWICE, FLAG), options)).toEqual({
      data: { student: { lawViolations: null } },
      errors: [refused(rule, ENTRANCE)],
    });
});

const LIST = `query ($filter: LawViolationFilter, $order: LawViolationOrder, $after: String) {
  lawViolations(filter: $filter, order: $order, first: 2, after: $after) {
    nodes { studentNo actOn state }
    pageInfo { hasNextPage endCursor }
  }
}`;
interface Listed {
  readonly nodes: readonly { readonly actOn: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
const listed = (nodes: readonly object[]): Answer => ({
  data: {
    lawViolations: {
      nodes,
      pageInfo: { hasNextPage: false, endCursor: nodes.length ? expect.any(String) : null },
    },
  },
});
const NODES = {
  brawl: { studentNo: TWICE, actOn: '2026-02-27', state: 'FOUND' },
  gambling: { studentNo: TWICE, actOn: '2026-01-10', state: 'FOUND' },
  accusation: { studentNo: ACCUSED, actOn: '2026-02-27', state: 'PROPOSED' },
};

test('the list of security pages by class and student, and narrows by what the roster knows (G6.1)', async () => {
  const pages: Listed[] = [];
  for (
    let after: string | null = null;
    pages.length < 2;
    after = pages.at(-1)?.pageInfo.endCursor ?? ''
  ) {
    const { data } = await college.request('T0501', LIST, {
      variables: { order: 'STUDENT', after },
    });
    pages.push(data?.['lawViolations'] as Listed);
  }
  expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, false]);
  const byDay = pages[0]?.nodes.toSorted((a, b) => b.actOn.localeCompare(a.actOn));
  expect(byDay).toEqual([NODES.brawl, NODES.gambling]);
  expect(pages[1]?.nodes).toEqual([NODES.accusation]);
  for (const [filter, nodes] of [
    [{ student: { name: '孙佳怡' } }, [NODES.accusation]],
    [{ student: { college: 'C02' } }, []],
    [{ category: 'ADMIN_PENALTY' }, [NODES.gambling]],
    [{ state: 'FOUND' }, [NODES.brawl, NODES.gambling]],
  ] as const)
    expect(await college.request('T0502', LIST, { variables: { filter } })).toEqual(
      listed([...nodes]),
    );
});

test('nobody else has the list, the student and student affairs included (2.7)', async () => {
  for (const [person, rule, masked, options] of [
    [TWICE, 'STU_SELF.FG18', false, {}],
    ['T0401', 'FIN_CLERK.FG18', false, {}],
    ['T0110', 'COLLEGE_ADMIN.FG18', true, SCHOOL_DUTY],
    ['T0001', 'SCHOOL_ADMIN.FG18', true, SCHOOL_DUTY],
  ] as const)
    expect(await college.request(person, '{ lawViolations { nodes { actOn } } }', options)).toEqual(
      {
        data: { lawViolations: null },
        errors: [refused(rule, ['lawViolations'], masked)],
      },
    );
});
