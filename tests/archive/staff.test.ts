/** Staff, their grants and transfers, and the ethics archive of teachers (notes 12 and 34, Z5.3.1). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';

const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };
const SELF = { 'x-role': 'STAFF_SELF' };

let college: TestCollege;
beforeAll(async () => {
  college = await startCollege();
  const sql = (text: string) => asOwner(college, 'archive', text);
  await sql(`insert into teacher_archive (staff_no, opened_on, state)
    values ('T0101', '2023-09-01', 'OPEN'), ('T0201', '2023-09-01', 'OPEN')`);
  await sql(`insert into ethics_evaluation (staff_no, year, result, recorded_by, recorded_at,
      approved_by, approved_at)
    values ('T0101', 2025, 'EXCELLENT', 'T1001', now(), 'T0801', now()),
      ('T0201', 2025, 'BASICALLY', 'T1001', now(), 'T0801', now())`);
  await sql(`insert into ethics_finding (staff_no, type, procedure, decision, term_months, state,
      recorded_by, recorded_at, approved_by, approved_at)
    values ('T0201', 'PLAGIARISM', '师德规程第8条', '警告', 12, 'RECORDED', 'T1001',
      '2025-12-01', 'T0801', '2025-12-10')`);
  await sql(`insert into transfer_notice (staff_no, from_org, to_org, effective_at, recorded_by,
      recorded_at, approved_by, approved_at)
    values ('T0110', 'C01', 'C02', '2026-05-01', 'T1001', now(), 'T0001', now())`);
  await sql(`insert into level_config values ('C01', 2, 6)`);
});
afterAll(() => college.stop());

const namesFor = async (person: string, headers: Record<string, string> = {}) => {
  const { data } = await college.request(person, '{ staff(first: 100) { nodes { name } } }', {
    headers,
  });
  const staff = data?.['staff'] as { nodes: { name: string }[] } | null | undefined;
  return staff?.nodes.map(({ name }) => name);
};

test('HR, the operator and Student Affairs know everybody; a college its own, a person himself', async () => {
  const all = await namesFor('T1001');
  expect(all?.length).toBe(34);
  expect(await namesFor('T0903')).toEqual(all);
  expect(await namesFor('T0001', ADMIN)).toEqual(all);
  expect(new Set(await namesFor('T0110', ADMIN))).toEqual(
    new Set(['辅导员丙', '辅导员丁', '专职管理员己', '专职管理员庚']),
  );
  expect(await namesFor('T0401', SELF)).toEqual(['财务经办甲']);
});

test('the discipline office knows the persons of its findings, research nobody of this office (note 12)', async () => {
  expect(await namesFor('T0801')).toEqual(['辅导员戊']);
  expect(await namesFor('T1101')).toEqual([]);
});

test('a college reads name, post and grants, and no number (note 34)', async () => {
  const QUERY = `{ staff(filter: { name: "专职管理员己" }) { nodes {
    staffNo name title org { orgCode } grants { role orgCode staffNo } } } }`;
  const { data, errors } = await college.request('T0110', QUERY, { headers: ADMIN });
  expect(data).toEqual({
    staff: {
      nodes: [
        {
          staffNo: null,
          name: '专职管理员己',
          title: '专职管理员',
          org: { orgCode: 'C01' },
          grants: [{ role: 'COLLEGE_ADMIN', orgCode: 'C01', staffNo: null }],
        },
      ],
    },
  });
  const masked = {
    group: 'STAFF_IDENTITY',
    clause: 'FG43',
    rule: 'COLLEGE_ADMIN.FG43',
    masked: true,
  };
  expect(errors).toEqual([
    errorOf('FORBIDDEN_FIELD', ['staff', 'nodes', 0, 'staffNo'], masked),
    errorOf('FORBIDDEN_FIELD', ['staff', 'nodes', 0, 'grants', 0, 'staffNo'], masked),
  ]);
});

test('a clerk, an evaluator’s host and a student know no staff', async () => {
  for (const [person, rule] of [
    ['T0401', 'FIN_CLERK.FG43'],
    ['T1201', 'AEO_STAFF.FG43'],
    ['2024010317', 'STU_SELF.FG43'],
  ] as const)
    expect(await college.request(person, '{ staff { nodes { name } } }')).toEqual({
      data: { staff: null },
      errors: [
        errorOf('FORBIDDEN_FIELD', ['staff'], { group: 'STAFF_IDENTITY', clause: 'FG43', rule }),
      ],
    });
});

test('a transfer stands at the grant that it ends; a college does not read it (G18.2)', async () => {
  const QUERY = `{ staff(filter: { name: "专职管理员己" }) { nodes { grants { orgCode
    transfer { fromOrg toOrg effectiveAt } } } } }`;
  expect(await college.request('T1001', QUERY)).toEqual({
    data: {
      staff: {
        nodes: [
          {
            grants: [
              {
                orgCode: 'C01',
                transfer: {
                  fromOrg: 'C01',
                  toOrg: 'C02',
                  effectiveAt: '2026-05-01T00:00:00.000Z',
                },
              },
            ],
          },
        ],
      },
    },
  });
  const { data } = await college.request('T0110', QUERY, { headers: ADMIN });
  expect(data).toEqual({
    staff: {
      nodes: [
        {
          grants: [{ orgCode: 'C01', transfer: { fromOrg: null, toOrg: null, effectiveAt: null } }],
        },
      ],
    },
  });
});

test('levels and seats stand at the org (G18.1)', async () => {
  const QUERY = `{ orgs(kind: COLLEGE) { nodes { orgCode levelConfig { levels seats } } } }`;
  const own = { orgCode: 'C01', levelConfig: { levels: 2, seats: 6 } };
  expect(await college.request('T1001', QUERY)).toEqual({
    data: { orgs: { nodes: [own, { orgCode: 'C02', levelConfig: null }] } },
  });
  expect(await college.request('T0110', QUERY, { headers: ADMIN })).toEqual({
    data: { orgs: { nodes: [own] } },
  });
});

const teacher = (staffNo: string) => `{ teacher(staffNo: "${staffNo}") { name
  teacherArchive { openedOn state } ethicsEvaluations { year result }
  ethicsFindings { type procedure decision term state } } }`;
const FOUND = {
  teacher: {
    name: '辅导员戊',
    teacherArchive: { openedOn: '2023-09-01', state: 'OPEN' },
    ethicsEvaluations: [{ year: 2025, result: 'BASICALLY' }],
    ethicsFindings: [
      {
        type: 'PLAGIARISM',
        procedure: '师德规程第8条',
        decision: '警告',
        term: 12,
        state: 'RECORDED',
      },
    ],
  },
};
const NOT_FOUND = { data: { teacher: null }, errors: [errorOf('NOT_FOUND', ['teacher'])] };

test('HR and the discipline office read the ethics archive of a teacher, the teacher his own', async () => {
  expect(await college.request('T1001', teacher('T0201'))).toEqual({ data: FOUND });
  expect(await college.request('T0801', teacher('T0201'))).toEqual({ data: FOUND });
  expect(await college.request('T0201', teacher('T0201'), { headers: SELF })).toEqual({
    data: FOUND,
  });
  expect(await college.request('T0101', teacher('T0201'), { headers: SELF })).toEqual(NOT_FOUND);
  expect(await college.request('T1001', teacher('T0401'))).toEqual(NOT_FOUND);
  expect(await college.request('T1001', teacher('T9999'))).toEqual(NOT_FOUND);
});

test('Student Affairs and the college of a teacher do not (FG30)', async () => {
  for (const [person, rule] of [
    ['T0001', 'SCHOOL_ADMIN.FG30'],
    ['T0210', 'COLLEGE_ADMIN.FG30'],
  ] as const)
    expect(
      await college.request(person, '{ teacher(staffNo: "T0201") { name } }', { headers: ADMIN }),
    ).toEqual({
      data: { teacher: null },
      errors: [
        errorOf('FORBIDDEN_FIELD', ['teacher'], { group: 'TEACHER_ARCHIVE', clause: 'FG30', rule }),
      ],
    });
});

test('nobody evaluates or transfers himself, and a finding is recorded by a second person (INV-02)', async () => {
  const sql = (text: string) => asOwner(college, 'archive', text);
  await expect(
    sql(`insert into ethics_evaluation (staff_no, year, result, recorded_by, recorded_at,
      approved_by, approved_at) values ('T0101', 2024, 'EXCELLENT', 'T0101', now(), 'T0801', now())`),
  ).rejects.toThrow('ethics_evaluation_not_by_self');
  await expect(
    sql(`insert into transfer_notice (staff_no, from_org, effective_at, recorded_by, recorded_at,
      approved_by, approved_at) values ('T0101', 'C01', now(), 'T1001', now(), 'T0101', now())`),
  ).rejects.toThrow('transfer_notice_not_by_holder');
  await expect(
    sql(`insert into ethics_finding (staff_no, type, procedure, state, recorded_by, recorded_at)
      values ('T0101', 'FAVOUR', '规程', 'RECORDED', 'T1001', now())`),
  ).rejects.toThrow('ethics_finding_recorded');
});
