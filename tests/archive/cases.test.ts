/** Evaluation cases: who knows of them, and the dossier of one student (G21, notes 30 and 31, INV-09). */
import { sentence } from '@chengxin/kit/errors';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';

const AT = '2026-04-12T10:00:00+08:00';
const FIRST = '2024010305';
const SECOND = '2024010317';
const OUTSIDE = '2024020111';

const aCase = (
  caseId: string,
  host: string,
  purpose: string,
  students: string,
  people: string,
) => ({
  评审编号: caseId,
  用途: purpose,
  名称: '评审',
  主办部门: host,
  开始时间: '2026-04-10 00:00:00',
  结束时间: '2026-04-24 00:00:00',
  学生学号: students,
  评审人工号: people,
});

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege({ at: AT });
  await college.bring('archive', 'cases', [
    aCase('EC-2026-A1', 'SAO', '评优', `${FIRST};${SECOND}`, 'T0701'),
    aCase('EC-2026-C1', 'C01', '评优', FIRST, 'T0701'),
    aCase('EC-2026-E1', 'AEO', '就业推荐', SECOND, 'T0704'),
    aCase('EC-2026-L1', 'SAO', '资助', FIRST, 'T0703'),
    aCase('EC-2026-S1', 'SAO', '申诉', FIRST, 'T0811'),
  ]);
  await asOwner(
    college,
    'archive',
    `insert into case_decision (case_id, student_no, result, reason_codes, decided_by, decided_at)
     values ('EC-2026-A1', $1, 'GRANT', '["GPA","CREDIT_GRADE"]', 'T0701', now()),
       ('EC-2026-A1', $2, 'REFUSE', '["QUOTA"]', 'T0701', now())`,
    [FIRST, SECOND],
  );
});
beforeEach(() => college.clock.set(AT));
afterAll(() => college.stop());

const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };
const IDS = '{ cases { nodes { caseId } } }';
async function idsFor(person: string, headers: Record<string, string> = {}) {
  const { data } = await college.request(person, IDS, { headers });
  const cases = data?.['cases'] as { nodes: { caseId: string }[] } | undefined;
  return cases?.nodes.map(({ caseId }) => caseId);
}
const ALL = ['EC-2026-A1', 'EC-2026-C1', 'EC-2026-E1', 'EC-2026-L1', 'EC-2026-S1'];
const WHOLE = `{ cases { nodes { caseId purpose title hostOffice students opensAt closesAt state
  decisions { studentNo result reasonCodes } assignments { caseId from to revokedAt } } } }`;
const A1 = {
  caseId: 'EC-2026-A1',
  purpose: 'AWARD',
  title: '评审',
  hostOffice: 'SAO',
  students: [FIRST, SECOND],
  opensAt: '2026-04-09T16:00:00.000Z',
  closesAt: '2026-04-23T16:00:00.000Z',
  state: 'OPEN',
  decisions: [
    { studentNo: FIRST, result: 'GRANT', reasonCodes: ['GPA', 'CREDIT_GRADE'] },
    { studentNo: SECOND, result: 'REFUSE', reasonCodes: ['QUOTA'] },
  ],
  assignments: [
    {
      caseId: 'EC-2026-A1',
      from: '2026-04-09T16:00:00.000Z',
      to: '2026-04-23T16:00:00.000Z',
      revokedAt: null,
    },
  ],
};

test('Student Affairs knows every case, a host those of its own unit, an evaluator the one he is in', async () => {
  expect(await idsFor('T0001', ADMIN)).toEqual(ALL);
  expect(await idsFor('T0110', ADMIN)).toEqual(['EC-2026-C1']);
  expect(await idsFor('T0210', ADMIN)).toEqual([]);
  expect(await idsFor('T1201')).toEqual(['EC-2026-E1']);
  expect(await idsFor('T0811', { 'x-case': 'EC-2026-S1' })).toEqual(['EC-2026-S1']);
  const answer = await college.request('T0701', WHOLE, { headers: { 'x-case': 'EC-2026-A1' } });
  expect(answer).toEqual({ data: { cases: { nodes: [A1] } } });
});

test('a counsellor and a clerk are refused, by the name of the cell', async () => {
  for (const [person, headers, rule] of [
    ['T0101', ADMIN, 'COUNSELLOR.FG38'],
    ['T0401', {}, 'FIN_CLERK.FG38'],
  ] as const)
    expect(await college.request(person, IDS, { headers })).toEqual({
      data: { cases: null },
      errors: [errorOf('FORBIDDEN_FIELD', ['cases'], { group: 'CASES', clause: 'FG38', rule })],
    });
});

test('the profile of a case is the groups of its evaluators (3.5)', async () => {
  const { data } = await college.request('T0703', '{ cases { nodes { fieldProfile } } }', {
    headers: { 'x-case': 'EC-2026-L1' },
  });
  expect(data).toEqual({
    cases: {
      nodes: [
        {
          fieldProfile: [
            'IDENTITY',
            'HARDSHIP',
            'COMMITMENTS',
            'SELF_ENTRIES',
            'ACADEMIC_SUMMARY',
            'ACADEMIC_MISCONDUCT',
            'GOOD_CONDUCT',
            'BAD_CONDUCT',
            'LOANS_AND_AID',
            'CREDIT_GRADE',
          ],
        },
      ],
    },
  });
});

test('a student reads the own entry, and of the decision the own one, once there is one (note 30)', async () => {
  const OWN = `{ cases { nodes { purpose hostOffice opensAt closesAt decisions { result reasonCodes } } } }`;
  const own = (purpose: string, hostOffice: string, decisions: object[]) => ({
    purpose,
    hostOffice,
    opensAt: A1.opensAt,
    closesAt: A1.closesAt,
    decisions,
  });
  expect(await college.request(SECOND, OWN)).toEqual({
    data: { cases: { nodes: [own('AWARD', 'SAO', []), own('EMPLOYMENT', 'AEO', [])] } },
  });
  await asOwner(
    college,
    'archive',
    `update evaluation_case set state = 'DECIDED' where case_id = 'EC-2026-A1'`,
  );
  expect(await college.request(SECOND, OWN)).toEqual({
    data: {
      cases: {
        nodes: [
          own('AWARD', 'SAO', [{ result: 'REFUSE', reasonCodes: ['QUOTA'] }]),
          own('EMPLOYMENT', 'AEO', []),
        ],
      },
    },
  });
  await asOwner(
    college,
    'archive',
    `update evaluation_case set state = 'OPEN' where case_id = 'EC-2026-A1'`,
  );
  const masked = { group: 'CASES', clause: 'FG38', rule: 'STU_SELF.FG38', masked: true };
  expect(await college.request(SECOND, '{ cases { nodes { students } } }')).toEqual({
    data: { cases: { nodes: [{ students: null }, { students: null }] } },
    errors: [0, 1].map((i) =>
      errorOf('FORBIDDEN_FIELD', ['cases', 'nodes', i, 'students'], masked),
    ),
  });
  expect((await college.request(OUTSIDE, OWN)).data).toEqual({ cases: { nodes: [] } });
});

test('myCases has the own entries and the own decision, and for everybody else nothing (note 30)', async () => {
  const MINE = `{ myCases { nodes { purpose hostOffice opensAt closesAt result reasonCodes } } }`;
  const { opensAt, closesAt } = A1;
  const entry = (purpose: string, hostOffice: string, result: object) => ({
    purpose,
    hostOffice,
    opensAt,
    closesAt,
    ...result,
  });
  const open = { result: null, reasonCodes: null };
  const mine = () => college.request(SECOND, MINE);
  expect(await mine()).toEqual({
    data: { myCases: { nodes: [entry('AWARD', 'SAO', open), entry('EMPLOYMENT', 'AEO', open)] } },
  });
  const set = `update evaluation_case set state = $1 where case_id = 'EC-2026-A1'`;
  await asOwner(college, 'archive', set, ['DECIDED']);
  const decided = entry('AWARD', 'SAO', { result: 'REFUSE', reasonCodes: ['QUOTA'] });
  expect((await mine()).data).toEqual({
    myCases: { nodes: [decided, entry('EMPLOYMENT', 'AEO', open)] },
  });
  await asOwner(college, 'archive', set, ['OPEN']);
  for (const [person, headers] of [
    ['T0701', { 'x-role': 'EV_AWARD', 'x-case': 'EC-2026-A1' }],
    ['T0001', ADMIN],
    ['T0110', ADMIN],
    ['T1201', {}],
    [OUTSIDE, {}],
  ] as const)
    expect(await college.request(person, MINE, { headers })).toEqual({
      data: { myCases: { nodes: [] } },
    });
  const shut = await college.request('T0301', MINE);
  expect(shut.errors?.map(({ extensions }) => extensions['rule'])).toEqual(['AAO_CLERK.FG38']);
});

const dossier = (
  studentNo: string,
  fields = 'caseId student { name } purposeBlock { code clause }',
) => `{ caseDossier(studentNo: "${studentNo}") { ${fields} } }`;
const IN_A1 = { headers: { 'x-case': 'EC-2026-A1' } };

test('the dossier opens the students of the case, with the groups of its profile (SC-04)', async () => {
  expect(await college.request('T0701', dossier(SECOND), IN_A1)).toEqual({
    data: { caseDossier: { caseId: 'EC-2026-A1', student: { name: '李思源' }, purposeBlock: [] } },
  });
  expect(
    await college.request(
      'T0701',
      dossier(SECOND, 'student { name phoneBills { amountFen } }'),
      IN_A1,
    ),
  ).toEqual({
    data: { caseDossier: { student: { name: '李思源', phoneBills: null } } },
    errors: [
      errorOf('FORBIDDEN_FIELD', ['caseDossier', 'student', 'phoneBills'], {
        group: 'PHONE_BILLS',
        clause: 'FG20',
        rule: 'EV_AWARD.FG20',
      }),
    ],
  });
  expect(await college.request('T0701', '{ students { nodes { studentNo } } }', IN_A1)).toEqual({
    data: { students: { nodes: [{ studentNo: FIRST }, { studentNo: SECOND }] } },
  });
});

test('a student who is not in the case is not found, and neither is one to whom he is related (F-02)', async () => {
  const NOT_FOUND = {
    data: { caseDossier: null },
    errors: [errorOf('NOT_FOUND', ['caseDossier'])],
  };
  expect(await college.request('T0701', dossier(OUTSIDE), IN_A1)).toEqual(NOT_FOUND);
  await asOwner(
    college,
    'archive',
    `insert into relation_declaration values ('T0701', $1, 'RELATIVE', '2026-04-01')`,
    [SECOND],
  );
  expect(await college.request('T0701', dossier(SECOND), IN_A1)).toEqual(NOT_FOUND);
  const { data } = await college.request('T0701', WHOLE, IN_A1);
  expect(data).toEqual({
    cases: { nodes: [{ ...A1, students: [FIRST], decisions: [A1.decisions[0]] }] },
  });
  await asOwner(college, 'archive', 'delete from relation_declaration');
});

test('without a case there is no dossier; when it is over, neither (SC-04 step 6)', async () => {
  expect(await college.request('T0001', dossier(SECOND), { headers: ADMIN })).toEqual({
    data: { caseDossier: null },
    errors: [
      {
        message: `${sentence('CASE_SCOPE')} x-case`,
        path: ['caseDossier'],
        extensions: { code: 'CASE_SCOPE' },
      },
    ],
  });
  college.clock.set('2026-04-24T00:00:00+08:00');
  const late = await college.request('T0701', dossier(SECOND), IN_A1);
  expect(late.errors?.map(({ extensions }) => extensions['code'])).toEqual(['CASE_EXPIRED']);
  expect(late.data ?? null).toBeNull();
});

test('a record that blocks the purpose is visible by code and clause alone (4.6, V-03, V-05)', async () => {
  const record = (code: string, on: string, more = '') =>
    asOwner(
      college,
      'archive',
      `insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
         occurred_on, found_on, finding_on, finding_body, finding_doc_no, state, disputed,
         notice_delivered_at, evidence, source_subgraph, source_typename, source_id, source_version,
         recorded_at)
       values ($1, $2, 'BAD_CONDUCT', 'SAO', 'S2', $3::date, $3::date, $3::date, 'SAO', 'D-1',
         'ACTIVE', $4, now(), '[{"id":"1","docNo":"D-1"}]', 'archive', 'ConductRecord', $2 || $3, 1,
         now())`,
      [code.startsWith('D6') ? SECOND : FIRST, code, on, more === 'disputed'],
    );
  const blocks = async (person: string, caseId: string, studentNo: string) => {
    const query = dossier(studentNo, 'purposeBlock { code clause }');
    return (await college.request(person, query, { headers: { 'x-case': caseId } })).data;
  };
  await record('D4-01', '2025-05-01');
  await record('D6-01', '2025-05-01', 'disputed');
  expect(await blocks('T0703', 'EC-2026-L1', FIRST)).toEqual({ caseDossier: { purposeBlock: [] } });
  expect(await blocks('T0704', 'EC-2026-E1', SECOND)).toEqual({
    caseDossier: { purposeBlock: [] },
  });
  await record('D4-04', '2025-10-01');
  await record('D6-02', '2025-05-01');
  expect(await blocks('T0703', 'EC-2026-L1', FIRST)).toEqual({
    caseDossier: { purposeBlock: [{ code: 'V-03', clause: 'G9.4' }] },
  });
  expect(await blocks('T0704', 'EC-2026-E1', SECOND)).toEqual({
    caseDossier: { purposeBlock: [{ code: 'V-05', clause: 'G9.6' }] },
  });
  expect(await blocks('T0701', 'EC-2026-A1', FIRST)).toEqual({ caseDossier: { purposeBlock: [] } });
});

test('no decision rests on the credit grade alone (T-07)', async () => {
  const put = (reasons: string) =>
    asOwner(
      college,
      'archive',
      `insert into case_decision values ('EC-2026-C1', $1, 'REFUSE', $2::jsonb, 'T0701', now())`,
      [FIRST, reasons],
    );
  await expect(put('["CREDIT_GRADE"]')).rejects.toThrow('T-07');
  await expect(put('["V-02", "CREDIT_GRADE"]')).rejects.toThrow('T-07');
  await expect(put('[]')).rejects.toThrow('T-07');
  expect(
    await asOwner(college, 'archive', `select 1 from case_decision where case_id = 'EC-2026-C1'`),
  ).toEqual([]);
});
