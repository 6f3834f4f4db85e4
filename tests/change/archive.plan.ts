import type { TestCollege } from '../support/college.js';
import {
  AGREEMENT_VERSION,
  LETTER_VERSION,
  NOTICE_VERSION,
  publishEntryTexts,
  standDelivered,
} from '../support/entry.js';
import { put } from '../support/put.js';
import { asOwner } from '../support/sql.js';
import type { NounPlan } from './plans.js';

const UNSIGNED: ReadonlySet<string> = new Set([
  'IMPORTED',
  'VOID',
  'PENDING_SIGNATURE',
  'DESTROYED',
]);
const SHA = 'a'.repeat(64);

async function newAgreement(college: TestCollege, studentNo: string): Promise<string> {
  const { id = '' } = await put(college, 'archive', 'agreement', {
    student_no: studentNo,
    template_version: AGREEMENT_VERSION,
    text_sha256: SHA,
    signed_at: '2026-03-01T00:00:00Z',
    method: 'ONLINE_SIGN',
    notice_version: NOTICE_VERSION,
    recorded_at: '2026-03-01T00:00:00Z',
  });
  return id;
}

async function letterOf(college: TestCollege, studentNo: string): Promise<string> {
  const known = `select id from commitment where student_no = $1 and matter = 'ENTRY'`;
  const [row] = await asOwner<{ id: string }>(college, 'archive', known, [studentNo]);
  if (row) return row.id;
  const { id = '' } = await put(college, 'archive', 'commitment', {
    student_no: studentNo,
    matter: 'ENTRY',
    template_version: LETTER_VERSION,
    owner_office: 'SAO',
    signed_at: '2026-03-01T00:00:00Z',
    signature_hash: SHA,
    state: 'SIGNED',
    recorded_at: '2026-03-01T00:00:00Z',
  });
  return id;
}

/** The check of the own data in a state: none yet, running, or done. */
function verificationIn(state: string): [string | null, string | null, string | null] {
  if (UNSIGNED.has(state)) return [null, null, null];
  if (state === 'PENDING_VERIFICATION') return ['2026-05-01', 'OPEN', null];
  return ['2026-05-01', 'CONFIRMED', '2026-04-01T00:00:00Z'];
}

const SET = `
  update archive set state = $2, agreement_id = $3, commitment_id = $4, verification_due_on = $5,
    verification_state = $6, confirmed_at = $7, closed_on = $8, agreement_version = $9,
    verification_days = 30, guardian_name = null, guardian_relation = null, guardian_form = null,
    guardian_at = null, version = 1
  where student_no = $1`;

/** Put the one archive of a student into a state. */
export async function archiveInState(
  college: TestCollege,
  studentNo: string,
  state: string,
): Promise<void> {
  await publishEntryTexts(college);
  const isSigned = !UNSIGNED.has(state);
  const agreement = isSigned ? await newAgreement(college, studentNo) : null;
  const letter = isSigned ? await letterOf(college, studentNo) : null;
  const closed = ['CLOSED', 'RETAINED'].includes(state) ? '2026-03-31' : null;
  await asOwner(college, 'archive', SET, [
    studentNo,
    state,
    agreement,
    letter,
    ...verificationIn(state),
    closed,
    AGREEMENT_VERSION,
  ]);
}

const GONE = ['VOID', 'DESTROYED'];

const SETTLE = [
  `update appeal set state = 'WITHDRAWN', outcome = null, decision_text = null where student_no = $1
    and state in ('FILED', 'ACCEPTED', 'INVESTIGATING', 'REVOKE_PROPOSED', 'ESCALATED',
      'COMMITTEE_REVIEW', 'SUSPENDED_EXECUTION', 'PROVINCIAL_APPEAL')`,
  `update repair_application set state = 'WITHDRAWN' where student_no = $1
    and state in ('SUBMITTED', 'COLLEGE_REVIEW', 'SAO_REVIEW')`,
  `update self_entry set state = 'DRAFT' where student_no = $1 and state in ('SUBMITTED', 'IN_REVIEW')`,
  `update conduct_record set state = 'DISMISSED' where student_no = $1
    and state in ('PROPOSED', 'NOTIFIED', 'FOUND')`,
  `delete from commitment_breach where student_no = $1
    and state in ('BREACH_REPORTED', 'RECTIFYING')`,
  `insert into graduation (student_no, graduation_on, outcome, version)
    values ($1, '2026-04-01', 'GRADUATED', 1) on conflict do nothing`,
  `insert into graduation_remark (student_no, text, author_counsellor, approved_by_college,
      signed_by_sao, issued_on, recorded_by, recorded_at)
    values ($1, 'diligent', 'T9999', 'T9998', 'T9997', '2026-04-01', 'T9999', '2026-03-01T00:00:00Z')
    on conflict (student_no) do update set approved_by_college = 'T9998', signed_by_sao = 'T9997',
      issued_on = '2026-04-01'`,
];

/** Somebody who never came has no record that counts, no sanction and no request. */
const NOTHING_EVER = [
  `update conduct_record set state = 'REVOKED' where student_no = $1 and state in ('ACTIVE', 'MITIGATED')`,
  `update sanction set state = 'ANNULLED', notified_on = coalesce(notified_on, '2025-03-01')
    where student_no = $1 and state <> 'LIFTED'`,
  `delete from subject_request where student_no = $1`,
  `delete from human_review where student_no = $1`,
  `delete from change_request where student_no = $1`,
];

/** A student who graduates and of whom everything is settled (G10.1). */
export async function settle(college: TestCollege, studentNo: string): Promise<void> {
  for (const sql of SETTLE) await asOwner(college, 'archive', sql, [studentNo]);
}

/** What is done of whom nothing is under way. */
const SETTLED: ReadonlySet<string> = new Set([
  'archive.startClosing',
  'archive.close',
  'archive.void',
]);

export const archivePlan: NounPlan = {
  noun: 'Archive',
  office: 'archive',
  table: 'archive',
  oneAtATime: true,
  isOf: (action) => action !== 'archive.close',
  async seed(college, studentNo, state, _, action) {
    if (SETTLED.has(action)) await settle(college, studentNo);
    if (action === 'archive.void')
      for (const sql of NOTHING_EVER) await asOwner(college, 'archive', sql, [studentNo]);
    await archiveInState(college, studentNo, state);
    await standDelivered(college, 'Archive', studentNo, 'AGREEMENT');
    return { id: studentNo, version: 1 };
  },
  opening: () => Promise.reject(new Error('An import makes an archive.')),
  more: {
    'guardianConsent.record': {
      guardianName: '家长',
      guardianRelation: '父亲',
      guardianForm: 'PAPER',
    },
    'archive.close': { finalReportNo: 'FR-2026-1' },
  },
  hidden: { STU_SELF: GONE, COLLEGE_ADMIN: GONE, SCHOOL_ADMIN: GONE },
};

/** Before anybody has begun to close the archive here: whoever did may not close it. */
export const closingPlan: NounPlan = {
  ...archivePlan,
  title: 'Archive that is closed',
  isOf: (action) => action === 'archive.close',
};
