/**
 * What the archive holds of some students beside the facts of the offices: entries of their own, aid,
 * and a row of every noun of an archive's life. Each value is another one, and each states its place.
 */
import { aid, bad, entry, ENTRY_KINDS, good, hardship, loan } from '../archive/own-rows.js';
import { StudentRows } from '../archive/procedure-rows.js';
import { put, RECORDED } from '../support/put.js';
import { BANK, type Word } from '../support/student-facts.js';
import type { TestCollege } from '../support/college.js';
import { asOwner } from '../support/sql.js';

type Row = Record<string, string>;

const MATTERS = {
  ENTRY: 'SAO',
  EXAM: 'AAO',
  ADMISSION: 'AEO',
  PROJECT: 'RDO',
  TITLE: 'FIN',
  PERFORMANCE: 'CYL',
  AID: 'SAO',
} as const;
/** Whoever has one of these stands in a matter of that office (notes 10, 12). */
const OF_AN_OFFICE: readonly string[] = ['ADMISSION', 'PROJECT'];

/** Students of whom an office has a matter; the last one has none. */
export const inMatters = <T>(students: readonly T[]): readonly T[] => students.slice(0, -1);

/** Items of an entry that are free texts. */
const FREE =
  '标题,单位,角色或职务,成果,指导教师,实习指导人,鉴定意见,联系地址,紧急联系人,兴趣爱好,层次或级别,合同类型,交流类型'.split(
    ',',
  );

/** An entry of a student in which every free text that its kind has is one of his own. */
function entryOf(studentNo: string, n: number, kind: string, word: Word, changes: Row = {}): Row {
  const plain = entry(kind);
  const free = FREE.filter((head) => plain[head]);
  const own = Object.fromEntries(free.map((head) => [head, word(head, n)]));
  const phone = plain['手机号'] ? { 手机号: `1990000770${n}` } : {};
  const web = plain['验证网址'] ? { 验证网址: `https://example.invalid/${word('url', n)}` } : {};
  const proofs = `${word('proof', n)};${word('proof', n)}`;
  return {
    ...plain,
    ...own,
    ...phone,
    ...web,
    学号: studentNo,
    开始日期: `2024-11-0${n}`,
    证明材料编号: proofs,
    ...changes,
  };
}

async function bringFiles(college: TestCollege, students: readonly string[], word: Word) {
  const each = (rows: (studentNo: string, n: number) => Row[]): Row[] =>
    students.flatMap((studentNo, i) => rows(studentNo, i + 1));
  const files: Readonly<Record<string, Row[]>> = {
    'self-entries': each((studentNo, n) =>
      ENTRY_KINDS.flatMap((kind) => [
        entryOf(studentNo, n, kind, word),
        entryOf(studentNo, n, kind, word, { 审核状态: '待审核' }),
        entryOf(studentNo, n, kind, word, {
          审核状态: '已退回',
          审核意见: word('comment', n),
          审核人工号: 'T0101',
        }),
      ]),
    ),
    aid: each((学号, n) => [
      aid({ 资助编号: `AID-${n}`, 学号, 资助金额: `33${n}7.00` }),
      hardship({
        资助编号: `AID-H${n}`,
        学号,
        困难因素: `${word('factor', n)};${word('factor', n)}`,
      }),
    ]),
    loans: each((学号, n) => [
      loan({
        贷款编号: `LN-${n}`,
        学号,
        合同号: `SYD-2025-000${n}77${n}`,
        银行统一社会信用代码: BANK,
        贷款本金: `80${n}7`,
      }),
    ]),
    'conduct-records': each((学号, n) => [
      bad({
        记录编号: `BR-${n}`,
        学号,
        认定文号: word('docNo', n),
        证据编号: word('evidence', n),
      }),
      bad({ 记录编号: `BR-${n}-P`, 学号, 认定文号: word('docNoP', n), 通知送达日期: '' }),
    ]),
    'good-records': each((学号, n) => [
      good({ 记录编号: `GR-${n}`, 学号, 证明材料编号: word('goodProof', n) }),
    ]),
  };
  for (const [kind, rows] of Object.entries(files)) await college.bring('archive', kind, rows);
}

async function lifeCycle(rows: StudentRows, college: TestCollege, n: number, isInMatters: boolean) {
  for (const [matter, office] of Object.entries(MATTERS)) {
    if (!isInMatters && OF_AN_OFFICE.includes(matter)) continue;
    await rows.put(`P-${matter}`, 'commitment', {
      matter,
      template_version: '2026.1',
      owner_office: office,
      signature_hash: 'a'.repeat(64),
      due_on: '2026-06-01',
      state: 'IN_FORCE',
      signed_at: '2026-03-01T00:00:00Z',
      ...RECORDED,
    });
    await rows.put(`C-${matter}`, 'commitment_check', {
      commitment_id: rows.id(`P-${matter}`),
      phase: 'MID',
      checked_by: office,
      result: 'DEVIATION',
      rectify_by: '2026-05-01',
      ...RECORDED,
    });
  }
  await rows.put('AGREEMENT', 'agreement', {
    template_version: '2026.1',
    text_sha256: `${n}`.repeat(64),
    method: 'ONLINE_SIGN',
    notice_version: 'N-2026.1',
    signed_at: '2026-03-01T00:00:00Z',
    guardian_name: '家长',
    guardian_relation: '父亲',
    guardian_form: 'PAPER',
    guardian_at: '2026-03-01T01:00:00Z',
    ...RECORDED,
  });
  await asOwner(
    college,
    'archive',
    `update archive set state = 'ACTIVE', agreement_id = $1, commitment_id = $2,
       verification_due_on = '2026-05-01', verification_state = 'CONFIRMED',
       confirmed_at = '2026-04-01T00:00:00Z', last_export_at = '2026-04-02T00:00:00Z',
       retention_until = '2036-07-01'
     where student_no = $3`,
    [rows.id('AGREEMENT'), rows.id('P-ENTRY'), rows.studentNo],
  );
  await rows.put('ACCOUNT', 'account', { subject: rows.studentNo, state: 'ACTIVATED' }, 'subject');
  await rows.put('REMARK', 'graduation_remark', {
    text: '品行优良',
    author_counsellor: 'T0101',
    approved_by_college: 'T0110',
    signed_by_sao: 'T0002',
    issued_on: '2026-04-01',
    ...RECORDED,
  });
  await rows.put('STEWARD', 'steward_assignment', {
    staff_no: 'T0110',
    office: 'COL',
    from_day: '2024-09-01',
  });
  await rows.put(
    'ALIAS',
    'student_alias',
    { old_no: `202301999${n}`, kind: 'RENUMBERED', at: '2024-09-01T00:00:00Z' },
    'old_no',
  );
}

async function consents(rows: StudentRows, n: number): Promise<void> {
  await rows.consent(`CS-E-${n}`, 'EMPLOYER_REPORT', { recipient_name: '示范企业' });
  await rows.consent(`CS-M-${n}`, 'MODEL_CASE');
  await rows.put('TOKEN', 'report_token', {
    token_hash: `hash-${n}`,
    consent_id: `CS-E-${n}`,
    recipient_uscc: '91990000MA0000009X',
    report_template: 'CONDUCT',
    max_views: 5,
    issued_at: '2026-04-02T00:00:00Z',
    expires_at: '2026-05-01T00:00:00Z',
    watermark: `E-${n}`,
    state: 'ISSUED',
  });
  await rows.put('REPORT', 'credit_report', {
    consent_id: `CS-E-${n}`,
    form: 'PAPER',
    report_template: 'CONDUCT',
    status_idx: n,
    issued_at: '2026-04-02T00:00:00Z',
    expires_at: '2026-05-01T00:00:00Z',
    watermark: `R-${n}`,
    document_digest: `digest-${n}`,
    state: 'ISSUED',
  });
  for (const state of ['PUBLISHED', 'NOMINATED'])
    await rows.put(`MODEL-${state}`, 'model_case', {
      consent_id: `CS-M-${n}`,
      title: '拾金不昧',
      summary: '拾金不昧',
      published_on: '2026-04-02',
      state,
      ...RECORDED,
    });
}

async function procedures(
  rows: StudentRows,
  college: TestCollege,
  n: number,
  isInMatters: boolean,
) {
  await rows.sanction('S-RUNNING', 'SEC', 'TERM_RUNNING', '2026-03-02');
  await rows.sanction('S-DRAFT', 'SEC', 'DRAFT', '2026-03-02');
  await rows.sanction('S-APPEALED', 'AAO', 'APPEALED', '2026-03-03');
  await asOwner(college, 'archive', 'update conduct_record set sanction_id = $1 where id = $2', [
    rows.id('S-APPEALED'),
    rows.id('CHEAT'),
  ]);
  // The committee's case is of the first student alone.
  await rows.appeal('A-SANCTION', 9, 'SAO', ['SANCTION_FILES'], {
    kind: 'SANCTION',
    sanction_id: rows.id('S-APPEALED'),
    ...(n === 1 ? { case_id: 'EC-APPEAL' } : {}),
    state: 'COMMITTEE_REVIEW',
  });
  for (const [office, group] of [
    ['AAO', 'GRADES'],
    ['FIN', 'TUITION'],
    ['CYL', 'GOOD_CONDUCT'],
    ['AEO', 'COMMITMENTS'],
  ] as const) {
    await rows.appeal(`A-${office}`, 8, office, [group], {
      state: 'DECIDED',
      outcome: 'REJECT',
      decision_text: '维持',
      handler_no: 'T0001',
    });
    await rows.notice(`N-${office}`, 8, office, [group]);
  }
  await rows.appeal('A-FIGHT', 7, 'SEC', ['BAD_CONDUCT'], { record_id: rows.id('FIGHT') });
  await rows.notice('N-FIGHT', 7, 'SEC', ['BAD_CONDUCT'], { record_id: rows.id('FIGHT') });
  await rows.appeal('A-BANK', 7, 'TPC', ['BAD_CONDUCT', 'CARD_OVERDRAFTS'], {
    record_id: rows.id('BANK'),
    target_provider: BANK,
  });
  await rows.notice('N-BANK', 7, 'TPC', ['BAD_CONDUCT', 'CARD_OVERDRAFTS'], {
    record_id: rows.id('BANK'),
  });
  await rows.notice('N-SUBMISSION', 5, 'SAO', ['SUBMISSIONS']);
  await rows.notice('N-SANCTION', 4, 'SAO', ['SANCTION_FILES'], {
    sanction_id: rows.id('S-APPEALED'),
  });
  await rows.repair('REPAIR', 5, 'FIGHT', 'SAO_REVIEW', {
    gpa_delta: '0.25',
    volunteer_hours: '20.5',
    no_new_bad_since: '2025-09-01',
    submitted_at: '2026-04-03T00:00:00Z',
  });
  await rows.repair('REPAIR-DRAFT', 5, 'FIGHT', 'DRAFT');
  await rows.submission('SUBMISSION', 5, 'FIGHT', isInMatters ? 'APPROVED' : 'WITHDRAWN');
  await rows.put('REQUEST', 'subject_request', {
    type: 'COPY',
    filed_at: '2026-04-01T00:00:00Z',
    due_on: '2026-04-22',
    state: 'REFUSED',
    refusal_reason: '无',
  });
}

async function supervision(rows: StudentRows): Promise<void> {
  await rows.snapshot('SNAPSHOT', 'FIGHT');
  for (const [office, groups] of [
    ['COL', ['CREDIT_SCORE']],
    ['AAO', ['ACADEMIC_SUMMARY']],
    ['FIN', ['TUITION']],
    ['SEC', ['BAD_CONDUCT']],
    ['RDO', ['COMMITMENTS']],
    ['AEO', ['COMMITMENTS']],
    ['SAO', ['CONSENTS']],
  ] as const)
    await rows.warning(`W-${office}`, 5, office, groups);
  await rows.attention('ATTENTION', '2026-03-01', 'ACTIVE', 'FIGHT');
  await rows.attention('ATTENTION-PROPOSED', '2026-04-01', 'PROPOSED', 'FIGHT');
  await rows.supervision('LEVEL', 'L1', '2026-03-01', 'SNAPSHOT');
  await rows.measure('MEASURE', 5, 'SEC', 'FIGHT');
}

/** The records that the rest hangs on: counting, of a third party, over, sealed, proposed. */
async function records(rows: StudentRows, n: number): Promise<void> {
  await rows.record('CHEAT', 'D1-05', 'ACADEMIC_MISCONDUCT', 'AAO', 'ACTIVE');
  await rows.record('FIGHT', 'D3-03', 'LAW_VIOLATIONS', 'SEC', 'ACTIVE');
  await rows.record('BANK', 'D2-02', 'CARD_OVERDRAFTS', 'TPC', 'ACTIVE', {
    consent_id: `CS-B-${n}`,
  });
  await rows.record('OLD', 'D3-06', 'BAD_CONDUCT', 'SAO', 'REPAIRED');
  await rows.record('SEALED', 'D5-05', 'LAW_VIOLATIONS', 'SEC', 'SEALED');
  await rows.record('PROPOSED', 'D3-01', 'BAD_CONDUCT', 'SAO', 'PROPOSED');
}

/** Needs the cases of the callers, and the facts of the offices. */
export async function bringLife(
  college: TestCollege,
  students: readonly string[],
  word: Word,
): Promise<void> {
  await bringFiles(college, students, word);
  for (const [matter, owner_office] of Object.entries(MATTERS))
    await put(college, 'archive', 'commitment_template', {
      matter,
      template_version: '2026.1',
      owner_office,
      subject_types: '["STUDENT"]',
      clauses: '[]',
      consequences: '[]',
      valid_from: '2026-01-01',
      state: 'PUBLISHED',
      ...RECORDED,
    });
  for (const [i, studentNo] of students.entries()) {
    const n = i + 1;
    const rows = new StudentRows(() => college, studentNo);
    const isInMatters = inMatters(students).includes(studentNo);
    await records(rows, n);
    await lifeCycle(rows, college, n, isInMatters);
    await put(college, 'archive', 'report_status', {
      idx: n,
      code_hash: `code-${n}`,
      issued_at: '2026-04-02T00:00:00Z',
      ends_at: '2026-05-01T00:00:00Z',
    });
    await consents(rows, n);
    await procedures(rows, college, n, isInMatters);
    await supervision(rows);
  }
  await put(college, 'archive', 'case_decision', {
    case_id: 'EC-AWARD',
    student_no: students[0] ?? '',
    result: 'GRANT',
    reason_codes: JSON.stringify([word('reason', 1)]),
    decided_by: word('decider', 1),
    decided_at: '2026-04-11T00:00:00Z',
  });
}
