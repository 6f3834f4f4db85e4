/** Research records of the students in a project (Z5.4, note 21). */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';
import { masked, refused } from './refusals.js';

let college: TestCollege;

const sql = (statement: string, parameters: readonly unknown[] = []) =>
  asOwner(college, 'academics', statement, parameters);
const BY = `recorded_by, recorded_at, approved_by, approved_at`;
const PEOPLE = `'T1101', now(), 'T0302', now()`;

beforeAll(async () => {
  college = await startCollege();
  const project = (projectNo: string, members: string[]) =>
    sql(
      `insert into research_project (project_no, title, stage, lead, members, ${BY})
       values ($1, '校园用电数据分析', 'RUN', 'T0301', $2::jsonb, ${PEOPLE})`,
      [projectNo, JSON.stringify(members)],
    );
  await project('R-1', ['T0301', '2024010305', '2024020111']);
  await project('R-2', ['2024010317']);
  await sql(`insert into integrity_check (project_no, stage, result, ${BY})
    values ('R-1', 'APPLY', 'PASSED', ${PEOPLE}), ('R-2', 'APPLY', 'CONCERNS', ${PEOPLE})`);
  await sql(`insert into research_activity_record (project_no, happened_on, kind, author, hash, ${BY})
    values ('R-1', '2026-03-02', 'EXPERIMENT', '2024010305', 'h-1', ${PEOPLE}),
      ('R-1', '2026-03-09', 'MEETING', 'T0301', 'h-2', ${PEOPLE})`);
  await sql(`insert into retention_fact (project_no, material, place, until, ${BY})
    values ('R-1', '原始数据', '科研处档案室', '2036-12-31', ${PEOPLE})`);
});
afterAll(() => college.stop());

const query = (studentNo: string) => `{ student(studentNo: "${studentNo}") {
  researchProjects { projectNo title stage lead members
    integrityChecks { stage result } retentionFacts { material place until } }
  researchRecords { date kind author hash } } }`;
const ADMIN_REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };

const WHOLE = {
  researchProjects: [
    {
      projectNo: 'R-1',
      title: '校园用电数据分析',
      stage: 'RUN',
      lead: 'T0301',
      members: ['T0301', '2024010305', '2024020111'],
      integrityChecks: [{ stage: 'APPLY', result: 'PASSED' }],
      retentionFacts: [{ material: '原始数据', place: '科研处档案室', until: '2036-12-31' }],
    },
  ],
  researchRecords: [
    { date: '2026-03-09', kind: 'MEETING', author: 'T0301', hash: 'h-2' },
    { date: '2026-03-02', kind: 'EXPERIMENT', author: '2024010305', hash: 'h-1' },
  ],
};
const NOTHING = { researchProjects: [], researchRecords: [] };

test('a student reads the projects in which he is a member, and nobody reads another by them (note 21)', async () => {
  const data = { student: WHOLE };
  expect(await college.request('2024010305', query('2024010305'))).toEqual({ data });
  expect(await college.request('2024020111', query('2024020111'))).toEqual({ data });
  expect(await college.request('2024010322', query('2024010322'))).toEqual({
    data: { student: NOTHING },
  });
});

test('staff of academic affairs read a project of which they are a member, and no other (OWN_PROJECT)', async () => {
  expect(await college.request('T0301', query('2024010305'))).toEqual({ data: { student: WHOLE } });
  expect(await college.request('T0302', query('2024010305'))).toEqual({
    data: { student: NOTHING },
  });
  expect(await college.request('T0301', query('2024010317'))).toEqual({
    data: { student: NOTHING },
  });
});

test('student affairs and the college read nothing before a case is final (OWN_PROJECT)', async () => {
  const shown = `{ student(studentNo: "2024010305") { researchProjects { title stage members } } }`;
  const nothing = { data: { student: { researchProjects: [] } } };
  expect(await college.request('T0001', shown, ADMIN_REVIEW)).toEqual(nothing);
  expect(await college.request('T0110', shown, ADMIN_REVIEW)).toEqual(nothing);
});

test('with a final case student affairs reads it, the college title, stage and its own member (note 21)', async () => {
  await sql(`insert into misconduct_case (case_no, project_no, student_no, stage, severity,
      indicator_code, occurred_on, reported_on, finding_body, decision_doc_no, decided_on, notice_delivered_on,
      evidence, ${BY})
    values ('M-1', 'R-1', '2024020111', 'FINAL', 'S3', 'D1-03', '2026-01-10', '2026-02-01', 'AAO', 'D-1',
      '2026-03-20', '2026-03-01', '[{"id": "E-1", "docNo": "E-1"}]', ${PEOPLE})`);
  expect(await college.request('T0001', query('2024010305'), ADMIN_REVIEW)).toEqual({
    data: { student: WHOLE },
  });
  const path = ['student', 'researchProjects', 0];
  const shut = ['projectNo', 'lead', 'integrityChecks', 'retentionFacts'];
  const records = ['date', 'kind', 'author', 'hash'];
  expect(await college.request('T0110', query('2024010305'), ADMIN_REVIEW)).toEqual({
    data: {
      student: {
        researchProjects: [
          {
            title: '校园用电数据分析',
            stage: 'RUN',
            members: ['2024010305'],
            ...Object.fromEntries(shut.map((field) => [field, null])),
          },
        ],
        researchRecords: [
          { date: null, kind: null, author: null, hash: null },
          { date: null, kind: null, author: null, hash: null },
        ],
      },
    },
    errors: [
      ...shut.map((field) => masked([...path, field], 'COLLEGE_ADMIN', 'RESEARCH_RECORDS', 'FG31')),
      ...records.flatMap((field) =>
        [0, 1].map((i) =>
          masked(
            ['student', 'researchRecords', i, field],
            'COLLEGE_ADMIN',
            'RESEARCH_RECORDS',
            'FG31',
          ),
        ),
      ),
    ],
  });
});

test('a counsellor reads no research record (FG31)', async () => {
  const path = ['student', 'researchProjects'];
  const query = `{ student(studentNo: "2024010305") { researchProjects { title } } }`;
  expect(await college.request('T0101', query, ADMIN_REVIEW)).toEqual({
    data: { student: { researchProjects: null } },
    errors: [refused(path, 'COUNSELLOR', 'RESEARCH_RECORDS', 'FG31')],
  });
});
