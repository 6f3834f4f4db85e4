/** What students sign at entry, published, and what they must have been notified of. */
import type { TestCollege } from './college.js';
import { RECORDED } from './put.js';
import { asOwner } from './sql.js';

export const AGREEMENT_VERSION = 'A-2026.1';
export const LETTER_VERSION = 'C-2026.1';
export const NOTICE_VERSION = 'N-2026.1';

const { recorded_by, recorded_at, approved_by, approved_at } = RECORDED;
const PEOPLE = [recorded_by, recorded_at, approved_by, approved_at];

const TEXT = `
  insert into commitment_template (kind, matter, template_version, owner_office, subject_types, clauses,
    consequences, valid_from, state, recorded_by, recorded_at, approved_by, approved_at)
  values ($1, $2, $3, $4, '["STUDENT", "STAFF"]', $5, '["谈话提醒"]', '2020-01-01', 'PUBLISHED', $6, $7, $8, $9)
  on conflict do nothing`;

/** A text that is published; where it is there already, nothing. */
export const publishText = (
  college: TestCollege,
  [kind, matter, version, office]: readonly [string, string, string, string],
  clause = `${matter} 诚实守信`,
) =>
  asOwner(college, 'archive', TEXT, [
    kind,
    matter,
    version,
    office,
    JSON.stringify([clause]),
    ...PEOPLE,
  ]);

/** A notice on processing, as one of Student Affairs proposes it and another approves (L-10). */
export const publishNotice = (college: TestCollege, version: string, since = '2020-01-01') =>
  college.bring('archive', 'notice-versions', [
    { 告知书版本: version, 标题: '个人信息处理告知书', 告知内容: '告知', 生效日期: since },
  ]);

/** The agreement, the entry letter and the notice on processing. */
export async function publishEntryTexts(college: TestCollege): Promise<void> {
  await publishText(college, ['AGREEMENT', 'ENTRY', AGREEMENT_VERSION, 'SAO']);
  await publishText(college, ['COMMITMENT', 'ENTRY', LETTER_VERSION, 'SAO']);
  await publishNotice(college, NOTICE_VERSION);
}

/** A notice about a row of the archive, as it stands once it was delivered (F-01). */
export const standDelivered = (college: TestCollege, type: string, id: string, kind: string) =>
  asOwner(
    college,
    'archive',
    `insert into notice_standing (subject_type, subject_id, kind, delivered_at)
     values ($1, $2, $3, '2026-04-01T00:00:00Z') on conflict do nothing`,
    [type, id, kind],
  );
