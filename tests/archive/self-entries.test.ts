/** Self-reported entries: ten kinds, versions, and who reads which (G8.2, DOMAIN 2.5, 3.2). */
import { office } from '@chengxin/archive/office';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDesk, refusedBy, type Desk } from '../academics/office-files.js';
import { masked, refused } from '../academics/refusals.js';
import { maskedAt } from '../support/masked-at.js';
import { startCollege, type RequestOptions, type TestCollege } from '../support/college.js';
import { importer } from '../support/imports.js';
import { asOwner } from '../support/sql.js';
import { ENTRY_KINDS, entry, OWN_STUDENT } from './own-rows.js';

const REVIEW = { headers: { 'x-purpose': 'ADMIN_REVIEW' } };
const CLERK = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);

let college: TestCollege;
let desk: Desk;
beforeAll(async () => {
  college = await startCollege();
  desk = await openDesk(college, office);
  await college.bring(
    'archive',
    'cases',
    [
      ['EC-PARTY', '入党', 'T0702'],
      ['EC-AID', '资助', 'T0703'],
    ].map(([id = '', purpose = '', person = '']) => ({
      评审编号: id,
      用途: purpose,
      名称: purpose,
      主办部门: 'SAO',
      开始时间: '2026-04-10 00:00:00',
      结束时间: '2026-04-24 00:00:00',
      学生学号: OWN_STUDENT,
      评审人工号: person,
    })),
  );
  await college.bring('archive', 'audits', [
    {
      审计编号: 'AU-1',
      工号: 'T0901',
      名称: '审计',
      开始时间: '2026-04-01 00:00:00',
      结束时间: '2026-05-01 00:00:00',
    },
  ]);
  await college.bring(
    'archive',
    'self-entries',
    ENTRY_KINDS.map((kind) => entry(kind)),
  );
  await college.bring('archive', 'self-entries', [
    entry('任职经历', {
      标题: '社团',
      审核状态: '已退回',
      审核意见: '证明不清晰',
      审核人工号: 'T0110',
    }),
    entry('勤工助学', { 标题: '食堂帮工', 审核状态: '待审核' }),
  ]);
});
afterAll(async () => {
  await desk.close();
  await college.stop();
});

const select = (person: string, selection: string, options?: RequestOptions) =>
  college.request(person, `{ student(studentNo: "${OWN_STUDENT}") { ${selection} } }`, options);
const kindsSeen = async (person: string, options?: RequestOptions) => {
  const answer = await select(person, 'selfEntries { kind state }', options);
  const student = answer.data?.['student'] as { selfEntries: { kind: string; state: string }[] };
  return student.selfEntries.map(({ kind, state }) => `${kind} ${state}`).toSorted();
};

const APPROVED = [
  'BASIC APPROVED',
  'CERTIFICATE APPROVED',
  'EDUCATION APPROVED',
  'EMPLOYMENT APPROVED',
  'EXCHANGE APPROVED',
  'INTERNSHIP APPROVED',
  'POST APPROVED',
  'PROJECT APPROVED',
  'TRAINING APPROVED',
  'WORKSTUDY APPROVED',
];
const WAITING = ['POST RETURNED', 'WORKSTUDY SUBMITTED'];
const AUDIT = { headers: { 'x-reference': 'AU-1' } };

describe('Which rows a caller reads (STATE_ALLOWED, KINDS_POST_INTERNSHIP)', () => {
  test.each([
    ['the student', OWN_STUDENT, undefined, [...APPROVED, ...WAITING]],
    ['a college administrator', 'T0110', REVIEW, [...APPROVED, ...WAITING]],
    ['Student Affairs', 'T0001', REVIEW, [...APPROVED, ...WAITING]],
    ['an auditor', 'T0901', AUDIT, [...APPROVED, ...WAITING]],
    ['a counsellor: approved ones alone', 'T0101', REVIEW, APPROVED],
    [
      'an aid evaluator: not BASIC',
      'T0703',
      { headers: { 'x-case': 'EC-AID' } },
      APPROVED.filter((row) => !row.startsWith('BASIC')),
    ],
    [
      'a Party evaluator: not WORKSTUDY',
      'T0702',
      { headers: { 'x-case': 'EC-PARTY' } },
      APPROVED.filter((row) => !row.startsWith('WORKSTUDY')),
    ],
    [
      'the Youth League: what it compares (note 11)',
      'T0601',
      undefined,
      ['INTERNSHIP APPROVED', 'POST APPROVED'],
    ],
  ])('%s', async (_, person, options, rows) => {
    expect(await kindsSeen(person, options)).toEqual(rows.toSorted());
  });

  test.each([
    ['finance', 'T0401', 'FIN_CLERK'],
    ['academic affairs', 'T0301', 'AAO_CLERK'],
    ['security', 'T0501', 'SEC_CLERK'],
  ])('%s reads none (FG06)', async (_, person, role) => {
    expect(await select(person, 'selfEntries { kind }')).toEqual({
      data: { student: { selfEntries: null } },
      errors: [refused(['student', 'selfEntries'], role, 'SELF_ENTRIES', 'FG06')],
    });
  });

  test('drafts are what is not approved, for those to whom they are open (FG07)', async () => {
    const drafts = 'selfEntryDrafts { kind state reviewComment }';
    const rows = [
      { kind: 'POST', state: 'RETURNED', reviewComment: '证明不清晰' },
      { kind: 'WORKSTUDY', state: 'SUBMITTED', reviewComment: null },
    ];
    for (const [person, options] of [
      [OWN_STUDENT, {}],
      ['T0110', REVIEW],
      ['T0901', AUDIT],
    ] as const) {
      const answer = await select(person, drafts, options);
      const student = answer.data?.['student'] as { selfEntryDrafts: { kind: string }[] };
      expect(student.selfEntryDrafts.toSorted((a, b) => a.kind.localeCompare(b.kind))).toEqual(
        rows,
      );
    }
    expect(await select('T0101', drafts, REVIEW)).toEqual({
      data: { student: { selfEntryDrafts: null } },
      errors: [refused(['student', 'selfEntryDrafts'], 'COUNSELLOR', 'SELF_ENTRY_DRAFTS', 'FG07')],
    });
  });
});

const DETAIL = `detail { __typename
  ... on BasicDetail { phone phoneMasked email address emergencyContact hobbies }
  ... on EducationDetail { school level from to certificateNo }
  ... on TrainingDetail { organiser topic hours certificate }
  ... on ProjectDetail { name role result advisor }
  ... on PostDetail { organisation post level }
  ... on InternshipDetail { unit uscc duty supervisor appraisal }
  ... on WorkstudyDetail { post office hours }
  ... on EmploymentDetail { employer uscc position contractKind }
  ... on CertificateDetail { name issuer numberMasked issuedOn expiresOn verifyUrl }
  ... on ExchangeDetail { country host from to kind } }`;

describe('What an entry says (2.5)', () => {
  test.each([
    [
      'BASIC',
      {
        __typename: 'BasicDetail',
        phone: '19900001001',
        phoneMasked: '*******1001',
        email: 'a@example.invalid',
        address: '示范市诚信路1号',
        emergencyContact: '家长 19900011001',
        hobbies: '围棋',
      },
    ],
    [
      'EDUCATION',
      {
        __typename: 'EducationDetail',
        school: '示范一中',
        level: '61',
        from: '2025-07-01',
        to: '2025-08-31',
        certificateNo: 'GZ-12345678',
      },
    ],
    [
      'TRAINING',
      {
        __typename: 'TrainingDetail',
        organiser: '红十字会',
        topic: '急救',
        hours: '16.0',
        certificate: 'JJ-0001',
      },
    ],
    [
      'PROJECT',
      {
        __typename: 'ProjectDetail',
        name: '校园小程序',
        role: '开发',
        result: '已上线',
        advisor: '陈老师',
      },
    ],
    [
      'EMPLOYMENT',
      {
        __typename: 'EmploymentDetail',
        employer: '示范软件公司',
        uscc: null,
        position: '工程师',
        contractKind: '劳动合同',
      },
    ],
    [
      'INTERNSHIP',
      {
        __typename: 'InternshipDetail',
        unit: '示范软件公司',
        uscc: '91990000MA0000001B',
        duty: '测试',
        supervisor: '刘工',
        appraisal: '优秀',
      },
    ],
    [
      'CERTIFICATE',
      {
        __typename: 'CertificateDetail',
        name: '计算机二级',
        issuer: '教育考试院',
        numberMasked: '********1234',
        issuedOn: '2025-07-01',
        expiresOn: '2025-08-31',
        verifyUrl: 'https://example.invalid/NCRE20251234',
      },
    ],
    [
      'EXCHANGE',
      {
        __typename: 'ExchangeDetail',
        country: 'DE',
        host: '示范大学',
        from: '2025-07-01',
        to: '2025-08-31',
        kind: '短期',
      },
    ],
  ])('%s has a detail of its own, whole for the student', async (kind, detail) => {
    expect(await select(OWN_STUDENT, `selfEntries(kind: ${kind}) { kind ${DETAIL} }`)).toEqual({
      data: { student: { selfEntries: [{ kind, detail }] } },
    });
  });

  test('a counsellor reads the end of a phone number, and nothing that discloses more (note 1)', async () => {
    const basic = `selfEntries(kind: BASIC) { kind title
      detail { ... on BasicDetail { phone phoneMasked email } } }`;
    const path = ['student', 'selfEntries', 0, 'detail'];
    expect(await select('T0101', basic, REVIEW)).toEqual({
      data: {
        student: {
          selfEntries: [
            {
              kind: 'BASIC',
              title: null,
              detail: { phone: null, phoneMasked: '*******1001', email: null },
            },
          ],
        },
      },
      errors: [
        masked([...path, 'phone'], 'COUNSELLOR', 'SENSITIVE_IDENTITY', 'FG02'),
        masked([...path, 'email'], 'COUNSELLOR', 'SENSITIVE_IDENTITY', 'FG02'),
      ],
      ...maskedAt({ shown: 'LAST4', group: 'SENSITIVE_IDENTITY', rule: 'COUNSELLOR.FG02' }, [
        ...path,
        'phoneMasked',
      ]),
    });
  });

  test('a counsellor reads the post of a work-study entry, not its office and hours', async () => {
    const workstudy = `selfEntries(kind: WORKSTUDY) { kind title organisation role
      detail { ... on WorkstudyDetail { post office hours } } }`;
    const path = ['student', 'selfEntries', 0, 'detail'];
    expect(await select('T0101', workstudy, REVIEW)).toEqual({
      data: {
        student: {
          selfEntries: [
            {
              kind: 'WORKSTUDY',
              title: null,
              organisation: null,
              role: null,
              detail: { post: '助理', office: null, hours: null },
            },
          ],
        },
      },
      errors: [
        masked([...path, 'office'], 'COUNSELLOR', 'LOANS_AND_AID', 'FG17'),
        masked([...path, 'hours'], 'COUNSELLOR', 'LOANS_AND_AID', 'FG17'),
      ],
    });
  });

  test('an aid evaluator reads it all, and the address of a certificate not (FG02)', async () => {
    const both = `workstudy: selfEntries(kind: WORKSTUDY) { title
        detail { ... on WorkstudyDetail { post office hours } } }
      certificate: selfEntries(kind: CERTIFICATE) {
        detail { ... on CertificateDetail { numberMasked verifyUrl } } }`;
    expect(await select('T0703', both, { headers: { 'x-case': 'EC-AID' } })).toEqual({
      data: {
        student: {
          workstudy: [
            { title: '图书馆助理', detail: { post: '助理', office: '图书馆', hours: '40.5' } },
          ],
          certificate: [{ detail: { numberMasked: '********1234', verifyUrl: null } }],
        },
      },
      errors: [
        refused(
          ['student', 'certificate', 0, 'detail', 'verifyUrl'],
          'EV_AID',
          'SENSITIVE_IDENTITY',
          'FG02',
        ),
      ],
    });
  });

  test('proofs and what a reviewer wrote are drafts, also of an approved entry (FG07)', async () => {
    const proofs = 'selfEntries(kind: EXCHANGE) { title proofs { docNo } evidence { id } }';
    const answer = await select(OWN_STUDENT, proofs);
    expect(answer).toEqual({
      data: {
        student: {
          selfEntries: [
            {
              title: '暑期交流',
              proofs: [{ docNo: 'ZM-1' }, { docNo: 'ZM-2' }],
              evidence: [{ id: expect.any(String) }],
            },
          ],
        },
      },
    });
    const path = ['student', 'selfEntries', 0];
    expect(await select('T0101', proofs, REVIEW)).toEqual({
      data: { student: { selfEntries: [{ title: '暑期交流', proofs: null, evidence: null }] } },
      errors: [
        refused([...path, 'proofs'], 'COUNSELLOR', 'SELF_ENTRY_DRAFTS', 'FG07'),
        refused([...path, 'evidence'], 'COUNSELLOR', 'SELF_ENTRY_DRAFTS', 'FG07'),
      ],
    });
  });

  test('the whole number of a certificate stands in no table', async () => {
    const [row] = await asOwner(
      college,
      'archive',
      `select detail::text from self_entry where kind = 'CERTIFICATE'`,
    );
    expect(JSON.parse(row?.['detail'] as string)).toEqual({
      name: '计算机二级',
      issuer: '教育考试院',
      numberMasked: '********1234',
      issuedOn: '2025-07-01',
      expiresOn: '2025-08-31',
      verifyUrl: 'https://example.invalid/NCRE20251234',
    });
  });
});

const versions = () =>
  asOwner(
    college,
    'archive',
    `select edition, state, detail->>'level' as level,
       count(*) over (partition by entry_id)::int as "ofEntry"
     from self_entry where title = '辩论队' order by edition`,
  );

describe('Versions (2.4)', () => {
  const post = (changes: Record<string, string>) =>
    entry('任职经历', { 标题: '辩论队', ...changes });

  test('the same file changes nothing; a correction is the next version and takes the place', async () => {
    await college.bring('archive', 'self-entries', [post({ 审核状态: '待审核' })]);
    await college.bring('archive', 'self-entries', [post({ 审核状态: '待审核' })]);
    expect(await versions()).toEqual([
      { edition: 1, state: 'SUBMITTED', level: '校级', ofEntry: 1 },
    ]);
    // A state that the file does not say stays.
    await college.bring('archive', 'self-entries', [post({})]);
    expect(await versions()).toMatchObject([{ edition: 1, state: 'SUBMITTED' }]);
    await college.bring('archive', 'self-entries', [post({ 审核状态: '已通过' })]);
    await college.bring('archive', 'self-entries', [post({ 层次或级别: '院级' })]);
    const approved = [
      { edition: 1, state: 'SUPERSEDED', level: '校级', ofEntry: 3 },
      { edition: 2, state: 'SUPERSEDED', level: '校级', ofEntry: 3 },
      { edition: 3, state: 'APPROVED', level: '院级', ofEntry: 3 },
    ];
    expect(await versions()).toEqual(approved);
    const late = await college.bring('archive', 'self-entries', [
      post({ 层次或级别: '院级', 审核状态: '待审核' }),
    ]);
    expect(late).toMatchObject({ rows: 1, changed: 0 });
    expect(await versions()).toEqual(approved);
  });

  test('a newer version that waits leaves the approved one where it is', async () => {
    await college.bring('archive', 'self-entries', [
      post({ 层次或级别: '班级', 审核状态: '待审核' }),
    ]);
    expect((await versions()).map(({ edition, state }) => `${edition} ${state}`)).toEqual([
      '1 SUPERSEDED',
      '2 SUPERSEDED',
      '3 APPROVED',
      '4 SUBMITTED',
    ]);
  });
});

describe('What a file may not say', () => {
  test('rows that break 2.5 are rejected with column and reason, and nothing of them is kept', async () => {
    const before = await asOwner(college, 'archive', 'select count(*)::int as n from self_entry');
    const report = await desk.propose(
      'self-entries',
      [
        entry('教育经历', { 标题: 'A', 结束日期: '2025-06-30' }),
        entry('任职经历', { 标题: 'B', 证明材料编号: '' }),
        entry('资格证书', { 标题: 'C', 证书编号: '' }),
        entry('任职经历', { 标题: 'D', 手机号: '19900001001' }),
        entry('交流访学', { 标题: 'E', 国家代码: 'XX' }),
        entry('培训经历', { 标题: 'F', 审核状态: '已退回' }),
        entry('培训经历', { 标题: 'G', 开始日期: '2026-04-13', 结束日期: '' }),
        entry('培训经历', { 标题: 'H', 学号: '2099999999' }),
        entry('培训经历', { 标题: 'I' }),
        entry('培训经历', { 标题: 'I' }),
      ],
      CLERK,
    );
    expect(report).toMatchObject({ rows: 1, rejected: 9 });
    const rejected = (await desk.rejected(report)).map(([line, column]) => `${line} ${column}`);
    expect(rejected).toEqual([
      '2 结束日期',
      '3 证明材料编号',
      '4 证书编号',
      '5 手机号',
      '6 国家代码',
      '7 审核意见',
      '11 studentNo, kind, title, startOn',
      '9 studentNo',
      '8 startOn',
    ]);
    expect(await asOwner(college, 'archive', 'select count(*)::int as n from self_entry')).toEqual(
      before,
    );
  });

  test('the database holds it too: days, proofs, and one version of a kind, title and start', async () => {
    const changed = (set: string) =>
      refusedBy(college, 'archive', `update self_entry set ${set} where title = '学生会'`);
    expect(await changed(`end_on = '2025-06-30'`)).toBe('self_entry_days');
    expect(await changed(`proofs = '[]'`)).toBe('self_entry_proven');
    expect(await changed(`state = 'REJECTED'`)).toBe('self_entry_reason');
    expect(await changed(`approved_by = recorded_by`)).toBe('self_entry_second_person');
    expect(await changed(`title = '社团'`)).toBe('self_entry_one');
  });
});

describe('The review queue (SELF_ENTRY_DRAFTS, G12)', () => {
  const QUEUE = `{ reviewQueue { nodes { studentNo kind title state } pageInfo { hasNextPage } } }`;
  const queued = async (person: string, options?: RequestOptions) => {
    const answer = await college.request(person, QUEUE, options);
    const queue = answer.data?.['reviewQueue'] as { nodes: { title: string; kind: string }[] };
    return {
      errors: answer.errors,
      titles: queue.nodes.map(({ kind, title }) => `${kind} ${title}`),
    };
  };

  test('the college reads its own, the oldest first; another college nothing', async () => {
    await college.bring('archive', 'self-entries', [
      entry('任职经历', { 学号: '2024020111', 标题: '会计协会', 审核状态: '待审核' }),
    ]);
    const own = ['WORKSTUDY 食堂帮工', 'POST 辩论队'];
    const sorted = async (person: string) => (await queued(person, REVIEW)).titles.toSorted();
    expect(await sorted('T0110')).toEqual(own.toSorted());
    expect(await sorted('T0210')).toEqual(['POST 会计协会']);
    expect(await sorted('T0001')).toEqual([...own, 'POST 会计协会'].toSorted());
    expect(await queued(OWN_STUDENT)).toMatchObject({ errors: undefined });
  });

  test('page by page it is the same queue', async () => {
    const seen: string[] = [];
    let after = '';
    for (let more = true; more;) {
      const page = await college.request(
        'T0001',
        `{ reviewQueue(first: 1${after}) { nodes { title } pageInfo { hasNextPage endCursor } } }`,
        REVIEW,
      );
      const queue = page.data?.['reviewQueue'] as {
        nodes: { title: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
      seen.push(...queue.nodes.map(({ title }) => title));
      after = `, after: "${queue.pageInfo.endCursor}"`;
      more = queue.pageInfo.hasNextPage;
    }
    expect(seen.toSorted()).toEqual(['会计协会', '食堂帮工', '辩论队'].toSorted());
  });

  test('nobody is offered the entry of a person to whom he declared himself related (F-02)', async () => {
    await asOwner(
      college,
      'archive',
      `insert into relation_declaration values ('T0110', $1, 'RELATIVE', '2026-01-01')`,
      [OWN_STUDENT],
    );
    expect((await queued('T0110', REVIEW)).titles).toEqual([]);
    await asOwner(college, 'archive', 'delete from relation_declaration');
  });

  test('a counsellor has none (FG07)', async () => {
    expect(await college.request('T0101', QUEUE, REVIEW)).toEqual({
      data: { reviewQueue: null },
      errors: [refused(['reviewQueue'], 'COUNSELLOR', 'SELF_ENTRY_DRAFTS', 'FG07')],
    });
  });
});
