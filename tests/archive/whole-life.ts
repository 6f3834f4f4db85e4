/** One student with a row in every table of the archive, as the flows of a few years leave them. */
import type { TestCollege } from '../support/college.js';
import { put, RECORDED } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import { StudentRows } from './procedure-rows.js';
import { consume, volunteering } from './conduct-events.js';

const SHA = 'a'.repeat(64);
const SIGNED = { signed_at: '2026-03-01T00:00:00Z', recorded_at: '2026-03-01T00:00:00Z' };

async function promise(rows: StudentRows, college: TestCollege, matter: string, office: string) {
  await put(college, 'archive', 'commitment_template', {
    matter,
    template_version: '2026.1',
    owner_office: office,
    subject_types: '["STUDENT"]',
    clauses: '[]',
    consequences: '[]',
    valid_from: '2026-01-01',
    state: 'PUBLISHED',
    ...RECORDED,
  });
  await rows.put(`P-${matter}`, 'commitment', {
    matter,
    template_version: '2026.1',
    owner_office: office,
    signature_hash: SHA,
    state: 'IN_FORCE',
    ...SIGNED,
  });
}

async function lifeCycle(rows: StudentRows, college: TestCollege): Promise<void> {
  for (const [matter, office] of [
    ['ENTRY', 'SAO'],
    ['EXAM', 'AAO'],
    ['ADMISSION', 'AEO'],
    ['PROJECT', 'RDO'],
    ['TITLE', 'FIN'],
    ['PERFORMANCE', 'CYL'],
  ] as const)
    await promise(rows, college, matter, office);
  await rows.put('AGREEMENT', 'agreement', {
    template_version: '2026.1',
    text_sha256: SHA,
    method: 'ONLINE_SIGN',
    notice_version: 'N-2026.1',
    ...SIGNED,
  });
  await asOwner(
    college,
    'archive',
    `update archive set state = 'ACTIVE', agreement_id = $1, commitment_id = $2
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
    { old_no: '2023019999', kind: 'RENUMBERED', at: '2024-09-01T00:00:00Z' },
    'old_no',
  );
}

async function consents(rows: StudentRows): Promise<void> {
  await rows.consent('CS-EMPLOYER', 'EMPLOYER_REPORT', { recipient_name: '示范企业' });
  await rows.consent('CS-MODEL', 'MODEL_CASE');
  await rows.put('TOKEN', 'report_token', {
    token_hash: 'hash',
    consent_id: 'CS-EMPLOYER',
    recipient_uscc: '91990000MA0000009X',
    report_template: 'CONDUCT',
    max_views: 5,
    issued_at: '2026-04-02T00:00:00Z',
    expires_at: '2026-05-01T00:00:00Z',
    watermark: 'E-1',
    state: 'ISSUED',
  });
  await rows.put('MODEL', 'model_case', {
    consent_id: 'CS-MODEL',
    title: '拾金不昧',
    summary: '拾金不昧',
    published_on: '2026-04-02',
    state: 'PUBLISHED',
    ...RECORDED,
  });
}

async function procedures(rows: StudentRows, college: TestCollege): Promise<void> {
  await rows.sanction('S-RUNNING', 'SEC', 'TERM_RUNNING', '2026-03-02');
  await rows.sanction('S-APPEALED', 'AAO', 'APPEALED', '2026-03-03');
  await asOwner(college, 'archive', 'update conduct_record set sanction_id = $1 where id = $2', [
    rows.id('S-APPEALED'),
    rows.id('CHEAT'),
  ]);
  await rows.appeal('A-SANCTION', 9, 'SAO', ['SANCTION_FILES'], {
    kind: 'SANCTION',
    sanction_id: rows.id('S-APPEALED'),
    case_id: 'EC-APPEAL',
    state: 'COMMITTEE_REVIEW',
  });
  for (const [office, group] of [
    ['AAO', 'GRADES'],
    ['FIN', 'TUITION'],
    ['CYL', 'GOOD_CONDUCT'],
    ['AEO', 'COMMITMENTS'],
  ] as const) {
    await rows.appeal(`A-${office}`, 8, office, [group]);
    await rows.notice(`N-${office}`, 8, office, [group]);
  }
  await rows.appeal('A-FIGHT', 7, 'SEC', ['BAD_CONDUCT'], { record_id: rows.id('FIGHT') });
  await rows.notice('N-FIGHT', 7, 'SEC', ['BAD_CONDUCT'], { record_id: rows.id('FIGHT') });
  await rows.notice('N-PROJECT', 6, 'RDO', ['COMMITMENTS']);
  await rows.notice('N-SUBMISSION', 5, 'SAO', ['SUBMISSIONS']);
  await rows.notice('N-SANCTION', 4, 'SAO', ['SANCTION_FILES'], {
    sanction_id: rows.id('S-APPEALED'),
  });
  await rows.repair('REPAIR', 5, 'FIGHT', 'SAO_REVIEW');
  await rows.submission('SUBMISSION', 5, 'FIGHT', 'APPROVED');
  await rows.put('REQUEST', 'subject_request', {
    type: 'COPY',
    filed_at: '2026-04-01T00:00:00Z',
    due_on: '2026-04-22',
    state: 'FILED',
  });
}

async function supervision(rows: StudentRows): Promise<void> {
  await rows.snapshot('SNAPSHOT', 'FIGHT');
  for (const [office, group] of [
    ['COL', 'CREDIT_SCORE'],
    ['AAO', 'ACADEMIC_SUMMARY'],
    ['FIN', 'TUITION'],
    ['SEC', 'BAD_CONDUCT'],
    ['RDO', 'COMMITMENTS'],
    ['AEO', 'COMMITMENTS'],
  ] as const)
    await rows.warning(`W-${office}`, 5, office, [group]);
  await rows.attention('ATTENTION', '2026-03-01', 'ACTIVE', 'FIGHT');
  await rows.supervision('LEVEL', 'L1', '2026-03-01', 'SNAPSHOT');
  await rows.measure('MEASURE', 5, 'SEC', 'FIGHT');
}

/** Needs the case EC-APPEAL. */
export async function liveThrough(college: TestCollege, studentNo: string): Promise<void> {
  const rows = new StudentRows(() => college, studentNo);
  await rows.records();
  await rows.record('FEES', 'D2-01', 'TUITION', 'FIN', 'ACTIVE');
  await rows.record('POSTS', 'D6-05', 'BAD_CONDUCT', 'CYL', 'ACTIVE');
  await rows.record('PLAGIARISM', 'D1-02', 'ACADEMIC_MISCONDUCT', 'AAO', 'FOUND', {
    source_typename: 'MisconductCase',
  });
  await consume(college, 'youthleague', volunteering({ id: `G-${studentNo}`, studentNo }));
  await lifeCycle(rows, college);
  await consents(rows);
  await procedures(rows, college);
  await supervision(rows);
}
