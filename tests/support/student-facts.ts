/**
 * Facts of every office about some students, each value another one: what tests of privacy look for
 * where it may not be. A new import kind is one more row here; a table without imports, in `SQL`.
 */
import type { TestCollege } from './college.js';
import { importer } from './imports.js';
import { asOwner } from './sql.js';

type Row = Record<string, string>;

export const BANK = '91990000MA0000001B';
export const TELECOM = '91990000MA0000002E';
const LENDER = '91990000MA0000003H';

/** A text for a column of one student; tests make of it what they will look for. */
export type Word = (column: string, place: number) => string;
const plain: Word = (column, place) => `${column}-${place}`;

interface Fact {
  readonly office: string;
  readonly kind: string;
  readonly by?: ReturnType<typeof importer>;
  /** @param n  Place of the student among those given, from 1. */
  rows(studentNo: string, n: number, word: Word): readonly Row[];
}

const consent = (id: string, purpose: string, uscc: string, group: string) => ({
  授权编号: id,
  授权用途: purpose,
  信息类别: group,
  接收方统一社会信用代码: uscc,
});

const FACTS: readonly Fact[] = [
  {
    office: 'archive',
    kind: 'consents',
    rows: (学号, n, word) =>
      [
        consent(`CS-B-${n}`, '第三方采集', BANK, 'CARD_OVERDRAFTS'),
        consent(`CS-T-${n}`, '第三方采集', TELECOM, 'PHONE_BILLS'),
        consent(`CS-L-${n}`, '毕业后贷款', LENDER, 'LOAN_PERFORMANCE'),
      ].map((row, i) => ({
        ...row,
        学号,
        接收方: word('recipient', 10 * n + i),
        告知书版本: word('notice', 10 * n + i),
        授权时间: `2026-02-2${n} 09:0${i}:00`,
        到期时间: `2027-02-1${n} 00:0${i}:00`,
        撤回时间: '',
      })),
  },
  {
    office: 'academics',
    kind: 'grades',
    rows: (学号, n, word) => [
      {
        学号,
        学期: '2025-1',
        课程代码: word('course', n),
        课程名称: word('courseName', n),
        学分: `${n}.5`,
        成绩: `8${n}.25`,
        成绩类型: '百分制',
        绩点: `3.${n}7`,
        修读次数: '1',
        成绩状态: '',
      },
    ],
  },
  {
    office: 'academics',
    kind: 'summaries',
    rows: (学号, n) => [
      {
        学号,
        平均绩点: `2.${n}3`,
        已获学分: `61.${n}`,
        应获学分: `73.${n}`,
        排名区间: '中等',
        学业预警: '黄色',
        毕业资格: '未审核',
      },
    ],
  },
  {
    office: 'academics',
    kind: 'graduations',
    rows: (学号, n) => [{ 学号, 毕业日期: `2027-06-1${n}`, 毕业结论: '毕业' }],
  },
  {
    office: 'academics',
    kind: 'examViolations',
    rows: (学号, n, word) => [
      {
        违纪编号: `V-${n}`,
        学号,
        考试类型: '校内考试',
        行为代码: word('act', n),
        指标代码: 'D1-05',
        严重程度: '严重',
        考试场次: word('session', n),
        发生日期: `2025-06-0${n}`,
        认定机构: word('body', n),
        处理文号: word('decision', n),
        决定日期: `2025-06-2${n}`,
        证据编号: word('evidence', n),
        通知送达日期: `2025-06-1${n}`,
      },
      {
        违纪编号: `V-${n}-P`,
        学号,
        考试类型: '校内考试',
        行为代码: word('actP', n),
        指标代码: 'D1-04',
        严重程度: '一般',
        考试场次: word('sessionP', n),
        发生日期: `2026-03-0${n}`,
        认定机构: '',
        处理文号: '',
        决定日期: '',
        证据编号: '',
        通知送达日期: '',
      },
    ],
  },
  {
    office: 'finance',
    kind: 'bills',
    rows: (学号, n) =>
      ['A', 'B'].map((bill, i) => ({
        账单编号: `BILL-${n}-${bill}`,
        学号,
        学年: `${2024 + i}-${2025 + i}`,
        收费项目: '学费',
        应缴金额: `98${n}${i}.17`,
        缴费截止日期: `2025-1${i}-0${n}`,
      })),
  },
  {
    office: 'finance',
    kind: 'payments',
    rows: (学号, n) => [
      {
        缴费流水号: `PAY-${n}`,
        账单编号: `BILL-${n}-A`,
        学号,
        实缴金额: `98${n}0.17`,
        缴费日期: `2025-12-0${n}`,
      },
    ],
  },
  {
    office: 'finance',
    kind: 'deferrals',
    rows: (学号, n, word) => [
      {
        账单编号: `BILL-${n}-B`,
        学号,
        缓交原因: word('reason', n),
        缓交至: `2026-02-0${n}`,
      },
    ],
  },
  {
    office: 'security',
    kind: 'lawViolations',
    rows: (学号, n, word) => [
      {
        案件编号: `SEC-${n}`,
        学号,
        行为日期: `2026-01-0${n}`,
        类别: '校内认定',
        处理机关: word('authority', n),
        文书编号: word('docNo', n),
        法律依据: word('law', n),
        指标代码: 'D3-03',
        严重程度: 'S2',
        认定日期: `2026-02-0${n}`,
        告知日期: `2026-01-2${n}`,
      },
      {
        案件编号: `SEC-${n}-P`,
        学号,
        行为日期: `2026-03-1${n}`,
        类别: '校内认定',
        处理机关: word('authorityP', n),
        文书编号: '',
        法律依据: word('lawP', n),
        指标代码: 'D3-04',
        严重程度: 'S2',
        认定日期: '',
        告知日期: '',
      },
    ],
  },
  {
    office: 'youthleague',
    kind: 'cadrePosts',
    rows: (学号, n, word) => [
      {
        学号,
        组织: word('org', n),
        职务: word('post', n),
        级别: '校级',
        任职开始: `2025-09-0${n}`,
        任职结束: '',
        考核结果: '称职',
      },
    ],
  },
  {
    office: 'youthleague',
    kind: 'practices',
    rows: (学号, n, word) => [
      {
        学号,
        活动名称: word('activity', n),
        学时: `32.${n}`,
        地点: word('place', n),
        核实人工号: word('verifier', n),
        日期: `2025-07-0${n}`,
      },
    ],
  },
  {
    office: 'youthleague',
    kind: 'volunteerHours',
    rows: (学号, n) => [{ 学号, 学期: '2024-2', 时长: `41.${n}`, 确认日期: `2025-05-0${n}` }],
  },
  {
    office: 'thirdparty',
    kind: 'cardOverdrafts',
    by: importer('bank-b-01', 'TPC_INST', [BANK]),
    rows: (_, n) => [
      {
        授权编号: `CS-B-${n}`,
        卡号后四位: `432${n}`,
        账单日: `2026-03-2${n}`,
        逾期金额: `127${n}.53`,
        逾期天数: `1${n}7`,
        结清日期: '',
      },
    ],
  },
  {
    office: 'thirdparty',
    kind: 'phoneBills',
    by: importer('telecom-t-01', 'TPC_INST', [TELECOM]),
    rows: (_, n) => [
      {
        授权编号: `CS-T-${n}`,
        手机号后四位: `765${n}`,
        账期: `2025-0${n}`,
        金额: `57${n}.31`,
        缴费日期: `2025-04-1${n}`,
        逾期天数: `2${n}9`,
        是否确认: '是',
      },
    ],
  },
  {
    office: 'thirdparty',
    kind: 'loanPerformance',
    by: importer('loan-h-01', 'TPC_INST', [LENDER]),
    rows: (_, n) => [
      {
        授权编号: `CS-L-${n}`,
        '合同号(掩码)': `DK***003${n}`,
        账期: `2025-1${n - 1}`,
        状态: '正常',
        是否结清: '否',
      },
    ],
  },
  // `npm run new-office` writes facts above this line.
];

const BY = `'T0110', '2026-04-01T00:00:00Z', 'T0001', '2026-04-02T00:00:00Z'`;
const EVIDENCE = (word: string) => `'[{"id":"${word}","docNo":"${word}","title":"${word}"}]'`;

/** Tables that nothing is imported into yet. */
const SQL: readonly (readonly [
  office: string,
  sql: (studentNo: string, n: number, word: Word) => string,
])[] = [
  [
    'archive',
    (no, n, word) => `
      insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
        occurred_on, found_on, finding_body, finding_doc_no, finding_on, legal_basis, state,
        notice_delivered_at, evidence, source_subgraph, source_typename, source_id, source_version,
        recorded_by, recorded_at, approved_by, approved_at, consent_id)
      select '${no}', code, origin, 'SAO', 'S2', ('2025-' || month || '-0${n}')::date,
        ('2025-' || month || '-1${n}')::date, '${word('findingBody', n)}' || state,
        '${word('findingDoc', n)}' || state, ('2025-' || month || '-2${n}')::date,
        '${word('basis', n)}' || state, state, now(), ${EVIDENCE(word('proof', n))}, 'archive',
        'ConductRecord', '${no}' || state || code, 1, ${BY},
        case when origin = 'CARD_OVERDRAFTS' then 'CS-B-${n}' end
      from (values ('D3-06', 'BAD_CONDUCT', 'ACTIVE', '01'), ('D3-06', 'BAD_CONDUCT', 'LIFTED', '02'),
        ('D3-06', 'BAD_CONDUCT', 'NOTIFIED', '03'), ('D2-02', 'CARD_OVERDRAFTS', 'ACTIVE', '04'),
        ('D2-01', 'TUITION', 'ACTIVE', '05'), ('D5-01', 'LAW_VIOLATIONS', 'ACTIVE', '07'),
        ('D5-01', 'LAW_VIOLATIONS', 'SEALED', '08')) r (code, origin, state, month)`,
  ],
  [
    'academics',
    (no, n, word) => `
      insert into misconduct_case (student_no, recorded_by, recorded_at, approved_by, approved_at,
        evidence, case_no, indicator_code, severity, occurred_on, reported_on, committee, finding_body,
        decision_doc_no, decided_on, notice_delivered_on, stage)
      select '${no}', ${BY}, ${EVIDENCE(word('caseProof', n))}, 'MC-${n}-' || stage, 'D1-02', 'S3',
        '2025-08-0${n}', '2025-08-0${n}', '${word('committee', n)}' || stage, '${word('caseBody', n)}' || stage,
        '${word('caseDoc', n)}' || stage, '2025-08-2${n}',
        case stage when 'FINAL' then '2025-08-1${n}'::date end, stage
      from (values ('FINAL'), ('FORMAL')) s (stage)`,
  ],
  [
    'academics',
    (no, n, word) => `
      with project as (
        insert into research_project (recorded_by, recorded_at, approved_by, approved_at, project_no,
          title, stage, lead, members)
        values (${BY}, '${word('project', n)}', '${word('title', n)}', 'RUN', '${word('lead', n)}',
          '["${no}"]') returning project_no)
      insert into research_activity_record (recorded_by, recorded_at, approved_by, approved_at,
        project_no, happened_on, kind, author, hash)
      select ${BY}, project_no, '2025-09-2${n}', '${word('kind', n)}', '${word('author', n)}',
        '${word('hash', n)}' from project`,
  ],
  [
    'security',
    (no, n, word) => `
      insert into material (student_no, law_violation_id, digest, names_third_persons)
      select '${no}', id, '${word('digest', n)}', true from law_violation where case_no = 'SEC-${n}'`,
  ],
  [
    'thirdparty',
    (no, n, word) => `
      insert into provider_malice_finding (student_no, consent_id, provider,
        card_overdraft_id, doc_no, finding_on, student_statement, recorded_by, recorded_at, state)
      select '${no}', consent_id, provider, id, '${word('maliceDoc', n)}', '2026-03-29', '${word('statement', n)}',
        '${word('proposer', n)}', '2026-03-30T00:00:00Z', 'PROPOSED'
      from card_overdraft where consent_id = 'CS-B-${n}'`,
  ],
];

const REGISTER = [
  [BANK, '乙银行', '银行', 'JR-0001'],
  [TELECOM, '丙电信', '电信运营商', 'DX-0002'],
  [LENDER, '丁银行', '贷款机构', 'DK-0003'],
].map(([uscc = '', name = '', kind = '', licence = '']) => ({
  统一社会信用代码: uscc,
  机构名称: name,
  机构类型: kind,
  许可证号: licence,
  许可证有效期: '2027-12-31',
}));

/** Bring all of them in, through the offices' own imports where there are some. */
export async function bringFacts(
  college: TestCollege,
  students: readonly string[],
  word: Word = plain,
): Promise<void> {
  const school = importer('T0001', 'SCHOOL_ADMIN', ['SCHOOL']);
  await college.bring('thirdparty', 'providers', REGISTER, school);
  for (const { office, kind, by, rows } of FACTS) {
    const all = students.flatMap((no, i) => rows(no, i + 1, word));
    await college.bring(office, kind, all, by);
  }
  for (const [office, sql] of SQL)
    for (const [i, no] of students.entries()) await asOwner(college, office, sql(no, i + 1, word));
}
