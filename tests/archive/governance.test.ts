/** How the school leads and publishes: leading group, meetings, tasks, measures, rules (Z4, Z6, G1). */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCollege, type TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import { aRun } from '../support/runs.js';
import { asOwner } from '../support/sql.js';
import { errorOf } from '../support/straight.js';

const ADMIN = { 'x-purpose': 'ADMIN_REVIEW' };
let college: TestCollege;
const sql = (text: string) => asOwner(college, 'archive', text);
beforeAll(async () => {
  college = await startCollege();
  await sql(`insert into leading_group values ('LG-1', '诚信建设领导小组', '2024-03-01', null)`);
  await sql(`insert into membership (group_code, unit, staff_no, post, from_on) values
    ('LG-1', 'LGR', 'T0902', 'HEAD', '2024-03-01'), ('LG-1', 'SAO', 'T0001', 'MEMBER', '2024-03-01'),
    ('LG-1', 'FIN', 'T0402', 'MEMBER', '2024-03-01')`);
  await sql(`insert into meeting (meeting_id, year, organiser, planned_on, state, head_approved_on,
      held_on, minutes) values
    ('M-2026-1', 2026, 'SAO', '2026-03-10', 'MINUTED', '2026-03-01', '2026-03-10', '略'),
    ('M-2026-2', 2026, 'FIN', '2026-09-10', 'PLANNED', null, null, null),
    ('M-2025-1', 2025, 'SAO', '2025-03-10', 'CANCELLED', null, null, null)`);
  await sql(`insert into agenda_item values ('M-2026-1', 1, 'CONVEY', '传达文件'),
    ('M-2026-1', 2, 'DECIDE', '惩戒措施清单')`);
  await sql(`insert into resolution values ('R-2026-1', 'M-2026-1', '通过措施清单')`);
  await sql(`insert into task values ('TK-2', '补报账单', 'FIN', 'FIN', '2026-06-30', 'OPEN', null),
    ('TK-1', '诚信校园行', 'CYL', 'SAO', '2026-05-31', 'OPEN', null)`);
  await sql(`insert into measure_list_item values
    ('ML-1', '普通高等学校学生管理规定', 'STUDENT', '取消评优资格', 'SAO', 'R-2026-1')`);
});
afterAll(() => college.stop());

const GROUP = '{ leadingGroup { name setUpOn members { unit post name from to } } }';
const member = (unit: string, post: string, name: string) => ({
  unit,
  post,
  name,
  from: '2024-03-01',
  to: null,
});
const group = (...members: object[]) => ({
  data: { leadingGroup: { name: '诚信建设领导小组', setUpOn: '2024-03-01', members } },
});
const FINANCE = member('FIN', 'MEMBER', '财务审核乙');

test('a year without a meeting waits, from 1 October on, for those who plan and approve it (W-09)', async () => {
  const before = college.clock.now().toISOString();
  const waits = async (person: string, headers = {}) => {
    const { data } = await college.request(person, '{ myTasks { kind count dueOn } }', { headers });
    const tasks = (data?.['myTasks'] ?? []) as { readonly kind: string }[];
    return tasks.filter(({ kind }) => kind === 'HOLD_YEARLY_MEETING');
  };
  const all = async () => [
    await waits('T0902'),
    await waits('T0001', ADMIN),
    await waits('T0110', ADMIN),
  ];
  const missing = { kind: 'HOLD_YEARLY_MEETING', count: 1, dueOn: '2027-12-31' };

  college.clock.set('2026-12-31T10:00:00+08:00');
  expect(await all()).toEqual([[], [], []]);
  college.clock.set('2027-09-30T23:59:00+08:00');
  expect(await all()).toEqual([[], [], []]);
  college.clock.set('2027-10-01T00:00:00+08:00');
  expect(await all()).toEqual([[missing], [missing], []]);
  await sql(`insert into meeting (meeting_id, year, organiser, planned_on, state)
    values ('M-2027-1', 2027, 'SAO', '2027-10-10', 'PLANNED')`);
  expect(await all()).toEqual([[missing], [missing], []]);
  await sql(`update meeting set state = 'HELD', head_approved_on = '2027-10-02',
    held_on = '2027-10-10' where meeting_id = 'M-2027-1'`);
  expect(await all()).toEqual([[], [], []]);
  await sql(`delete from meeting where meeting_id = 'M-2027-1'`);
  college.clock.set(before);
});

test('the leading group and Student Affairs see every seat, a unit its own (note 31)', async () => {
  const whole = group(
    FINANCE,
    member('LGR', 'HEAD', '领导小组成员'),
    member('SAO', 'MEMBER', '学生处管理员甲'),
  );
  expect(await college.request('T0902', GROUP)).toEqual(whole);
  expect(await college.request('T0001', GROUP, { headers: ADMIN })).toEqual(whole);
  expect(await college.request('T0401', GROUP)).toEqual(group(FINANCE));
  expect(await college.request('T0110', GROUP, { headers: ADMIN })).toEqual(group());
});

test('meetings of a year carry agenda, approval, minutes and resolutions (Z4.2, Z4.3)', async () => {
  const MEETINGS = `{ meetings(year: 2026) { meetingId organiser state headApproval heldOn minutes
    agenda { seq type title } resolutions { resolutionNo title } } }`;
  const planned = {
    meetingId: 'M-2026-2',
    organiser: 'FIN',
    state: 'PLANNED',
    headApproval: null,
    heldOn: null,
    minutes: null,
    agenda: [],
    resolutions: [],
  };
  expect(await college.request('T0902', MEETINGS)).toEqual({
    data: {
      meetings: [
        {
          meetingId: 'M-2026-1',
          organiser: 'SAO',
          state: 'MINUTED',
          headApproval: '2026-03-01',
          heldOn: '2026-03-10',
          minutes: '略',
          agenda: [
            { seq: 1, type: 'CONVEY', title: '传达文件' },
            { seq: 2, type: 'DECIDE', title: '惩戒措施清单' },
          ],
          resolutions: [{ resolutionNo: 'R-2026-1', title: '通过措施清单' }],
        },
        planned,
      ],
    },
  });
  expect(await college.request('T0401', MEETINGS)).toEqual({ data: { meetings: [planned] } });
});

test('the task board shows the next due first, a unit its own', async () => {
  const BOARD = '{ taskBoard { nodes { taskNo title unit lead due state } } }';
  const bills = {
    taskNo: 'TK-2',
    title: '补报账单',
    unit: 'FIN',
    lead: 'FIN',
    due: '2026-06-30',
    state: 'OPEN',
  };
  const campus = {
    taskNo: 'TK-1',
    title: '诚信校园行',
    unit: 'CYL',
    lead: 'SAO',
    due: '2026-05-31',
    state: 'OPEN',
  };
  expect(await college.request('T0902', BOARD)).toEqual({
    data: { taskBoard: { nodes: [campus, bills] } },
  });
  expect(await college.request('T0401', BOARD)).toEqual({
    data: { taskBoard: { nodes: [bills] } },
  });
  expect(await college.request('T0903', BOARD)).toEqual({ data: { taskBoard: { nodes: [] } } });
});

test('what stands on the measure list is no secret to who may select it (Z5.5.1)', async () => {
  const LIST = '{ measureList { code basis subjectType content executor } }';
  const measures = {
    data: {
      measureList: [
        {
          code: 'ML-1',
          basis: '普通高等学校学生管理规定',
          subjectType: 'STUDENT',
          content: '取消评优资格',
          executor: 'SAO',
        },
      ],
    },
  };
  expect(await college.request('T0902', LIST)).toEqual(measures);
  expect(await college.request('T0401', LIST)).toEqual(measures);
});

test('a counsellor, a student and an evaluator’s public are refused governance', async () => {
  for (const [person, headers, rule] of [
    ['T0101', ADMIN, 'COUNSELLOR.FG40'],
    ['2024010317', {}, 'STU_SELF.FG40'],
    [null, {}, 'PUBLIC.FG40'],
  ] as const)
    expect(await college.request(person, '{ taskBoard { nodes { title } } }', { headers })).toEqual(
      {
        data: { taskBoard: null },
        errors: [
          errorOf('FORBIDDEN_FIELD', ['taskBoard'], { group: 'GOVERNANCE', clause: 'FG40', rule }),
        ],
      },
    );
});

test('no meeting is held without the approval of the head, and no measure stands without a resolution', async () => {
  await expect(
    sql(`insert into meeting (meeting_id, year, organiser, planned_on, state, held_on)
      values ('M-X', 2026, 'SAO', '2026-03-10', 'HELD', '2026-03-10')`),
  ).rejects.toThrow('meeting_approved');
  await expect(
    sql(`insert into meeting (meeting_id, year, organiser, planned_on, state)
      values ('M-X', 2026, 'SAO', '2025-03-10', 'PLANNED')`),
  ).rejects.toThrow('meeting_year');
  await expect(
    sql(`insert into measure_list_item values ('ML-2', '依据', 'STUDENT', '内容', 'SAO', 'none')`),
  ).rejects.toThrow('measure_list_item_resolution_no_fkey');
});

test('agreements with processors end with a proof of return or deletion (G16)', async () => {
  await sql(`insert into processing_agreement values
    ('PA-1', '云服务商', '平台托管', '2024-01-01', '2027-01-01', 'IN_FORCE', null)`);
  const QUERY =
    '{ processingAgreements { agreementNo processor purpose endsOn state returnProof } }';
  const agreement = {
    agreementNo: 'PA-1',
    processor: '云服务商',
    purpose: '平台托管',
    endsOn: '2027-01-01',
    state: 'IN_FORCE',
    returnProof: null,
  };
  expect(await college.request('T0903', QUERY)).toEqual({
    data: { processingAgreements: [agreement] },
  });
  expect(await college.request('T0110', QUERY, { headers: ADMIN })).toEqual({
    data: { processingAgreements: [] },
  });
  await expect(sql(`update processing_agreement set state = 'ENDED'`)).rejects.toThrow(
    'processing_agreement_ended',
  );
});

const RULES = join(import.meta.dirname, '../../subgraphs/archive/data/rule-sets/CR-2026.1.json');

test('everybody reads the rule set that scores, with all its numbers; a draft is for its drafters (4.8, L-18)', async () => {
  await sql(`insert into rule_set values ('CR-2027.1', 'DRAFT', null, null)`);
  const QUERY =
    '{ ruleSets { version state effectiveFrom approvedByMeetingId sha256 parameters } }';
  const file = JSON.parse(readFileSync(RULES, 'utf8')) as Record<string, unknown>;
  const { version: _, source: __, ...numbers } = file;
  const text = JSON.stringify(numbers);
  const inForce = {
    version: 'CR-2026.1',
    state: 'ACTIVE',
    effectiveFrom: '2026-01-01',
    approvedByMeetingId: null,
    sha256: createHash('sha256').update(text).digest('hex'),
    parameters: text,
  };
  const draft = {
    version: 'CR-2027.1',
    state: 'DRAFT',
    effectiveFrom: null,
    approvedByMeetingId: null,
    sha256: null,
    parameters: null,
  };
  for (const person of [null, '2024010317', 'T0401'])
    expect(await college.request(person, QUERY)).toEqual({ data: { ruleSets: [inForce] } });
  expect(await college.request('T0902', QUERY)).toEqual({ data: { ruleSets: [inForce, draft] } });
  expect(await college.request('T0001', QUERY, { headers: ADMIN })).toEqual({
    data: { ruleSets: [inForce, draft] },
  });
  await expect(
    sql(`insert into rule_set values ('CR-2028.1', 'ACTIVE', null, '2028-01-01')`),
  ).rejects.toThrow('rule_set_active');
});

test('documents, procedures and notices are public (G1, G23, Z6.3a, L-10)', async () => {
  await sql(`insert into policy_document values
    ('校发〔2024〕25号', '2024年信用体系建设工作方案', '2024-06-01', null, 'SAO')`);
  await sql(`insert into query_procedure values
    ('QP-1', '信用信息查询', '申请、审批、登记', 'SAO', '2024-09-01', null)`);
  await sql(`insert into notice_version values
    ('N-2026.1', '个人信息处理告知书', '正文', '2026-01-01', null)`);
  expect(
    await college.request(
      null,
      `{ policyDocuments { docNo title date uri interpreter }
        queryProcedures { procedureCode title steps unit validFrom validTo }
        noticeVersions { version title text validFrom validTo } }`,
    ),
  ).toEqual({
    data: {
      policyDocuments: [
        {
          docNo: '校发〔2024〕25号',
          title: '2024年信用体系建设工作方案',
          date: '2024-06-01',
          uri: null,
          interpreter: 'SAO',
        },
      ],
      queryProcedures: [
        {
          procedureCode: 'QP-1',
          title: '信用信息查询',
          steps: '申请、审批、登记',
          unit: 'SAO',
          validFrom: '2024-09-01',
          validTo: null,
        },
      ],
      noticeVersions: [
        {
          version: 'N-2026.1',
          title: '个人信息处理告知书',
          text: '正文',
          validFrom: '2026-01-01',
          validTo: null,
        },
      ],
    },
  });
});

test('the year of the leading group is counted, of every unit or of the own one (Z2.5)', async () => {
  const SUMMARY = `{ annualSummary(year: 2026) { year meetings meetingsHeld resolutions tasks tasksDone
    tasksOverdue trainings lockedRuns releasedRuns collection { timely complete accurate } } }`;
  await aRun(college, { runId: '2025H2', cutOffAt: '2026-01-31T00:00:00Z' });
  // Of the year 2026 in the school's own time, and of 2025 elsewhere.
  await aRun(college, { runId: '2025H1', cutOffAt: '2025-12-31T16:00:00Z' });
  await aRun(college, { runId: '2024H2', cutOffAt: '2025-12-31T15:59:59Z' });
  await put(college, 'archive', 'statistic_release', {
    run_id: '2025H2',
    state: 'RELEASED',
    ...RECORDED,
  });
  const trained = { staff_no: 'T0110', title: '专职管理员培训', recorded_by: 'T0001' };
  for (const passedOn of ['2026-03-01', '2025-03-01'])
    await put(college, 'archive', 'training_session', {
      ...trained,
      passed_on: passedOn,
      recorded_at: '2026-03-02T00:00:00Z',
    });
  const summary = async (person: string, headers = {}) => {
    const { data, errors } = await college.request(person, SUMMARY, { headers });
    return errors?.map(({ extensions }) => extensions['code']) ?? data?.['annualSummary'];
  };
  const whole = {
    year: 2026,
    meetings: 2,
    meetingsHeld: 1,
    resolutions: 1,
    tasks: 2,
    tasksDone: 0,
    tasksOverdue: 0,
    trainings: 1,
    lockedRuns: ['2025H1', '2025H2'],
    releasedRuns: ['2025H2'],
    collection: { timely: 0, complete: 0, accurate: null },
  };
  expect(await summary('T0902')).toEqual(whole);
  expect(await summary('T0001', ADMIN)).toEqual(whole);
  expect(await summary('T0401')).toEqual({
    ...whole,
    meetings: 1,
    meetingsHeld: 0,
    resolutions: 0,
    tasks: 1,
    trainings: null,
    collection: { timely: null, complete: null, accurate: null },
  });
  expect(await summary('2024010317')).toEqual(['FORBIDDEN_FIELD']);
});

test('supervision covers fields before, during and after, counted in full tens (Z2.3, 3.6)', async () => {
  const COVERAGE = '{ supervisionCoverage { field phase offices supervised } }';
  await put(college, 'archive', 'commitment_template', {
    matter: 'PROJECT',
    template_version: 'P-1',
    owner_office: 'RDO',
    subject_types: '["STUDENT"]',
    clauses: '["a clause"]',
    consequences: '[]',
    valid_from: '2026-01-01',
    state: 'PUBLISHED',
    ...RECORDED,
  });
  await sql(`insert into student select (jsonb_populate_record(null::student, to_jsonb(s)
      || jsonb_build_object('student_no', (2024030000 + n)::text, 'id_number_digest', 'digest ' || n))).*
    from student s, generate_series(1, 19) n where s.student_no = '2024010317'`);
  /** Each student of some has promised twice, and was checked for both. */
  const made = (from: number, many: number) =>
    sql(`with c as (insert into commitment (student_no, matter, template_version, owner_office,
        business_ref, state, signed_at, signature_hash, recorded_at)
      select student_no, 'PROJECT', 'P-1', 'RDO', 'PJ-' || twice, 'IN_FORCE', '2026-03-01', 'x',
        '2026-03-01'
      from (select student_no from student where student_no like '20240300%'
        order by 1 offset ${from} limit ${many}) s,
        generate_series(1, 2) twice returning id, student_no)
      insert into commitment_check (commitment_id, student_no, phase, checked_by, result, recorded_by,
        recorded_at)
      select id, student_no, 'MID', 'RDO', 'IN_PROGRESS', 'T9001', '2026-04-01' from c`);
  const coverage = async (person: string, headers = {}) => {
    const { data, errors } = await college.request(person, COVERAGE, { headers });
    expect(errors).toBeUndefined();
    return data?.['supervisionCoverage'] as { field: string; phase: string }[];
  };
  const project = async (person: string, headers = {}) =>
    (await coverage(person, headers)).filter(({ field }) => field === 'PROJECT');
  const lines = (offices: number, supervised: number) => [
    { field: 'PROJECT', phase: 'PRE', offices, supervised },
    { field: 'PROJECT', phase: 'MID', offices, supervised },
    { field: 'PROJECT', phase: 'POST', offices: 0, supervised: 0 },
  ];

  await made(0, 9);
  // Nine are as none; and a field that nobody supervises has its lines, too.
  expect(await project('T0902')).toEqual(lines(1, 0));
  expect((await coverage('T0902')).length).toBe(27);
  await made(9, 1);
  expect(await project('T0902')).toEqual(lines(1, 10));
  await made(10, 9);
  expect(await project('T0001', ADMIN)).toEqual(lines(1, 10));
  expect(await project('T0401')).toEqual(lines(0, 0));
});
