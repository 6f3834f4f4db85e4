/** The archive of a student as it is once both texts are signed (2.4). */
import type { TestCollege } from './college.js';
import { RECORDED } from './put.js';
import { asOwner } from './sql.js';

const SHA = 'a'.repeat(64);
const SIGNED_AT = '2026-03-01T00:00:00Z';

const TEMPLATE = `
  insert into commitment_template (matter, template_version, owner_office, subject_types, clauses,
    consequences, valid_from, state, recorded_by, recorded_at, approved_by, approved_at)
  values ('ENTRY', '2026.1', 'SAO', '["STUDENT"]', '[]', '[]', '2026-01-01', 'PUBLISHED',
    $1, $2, $3, $4)
  on conflict do nothing`;
const SIGN = `
  with agreement as (
    insert into agreement (student_no, template_version, text_sha256, method, notice_version,
      signed_at, recorded_at)
    values ($1, '2026.1', $2, 'ONLINE_SIGN', 'N-2026.1', $3, $3) returning id
  ), commitment as (
    insert into commitment (student_no, matter, template_version, owner_office, signature_hash,
      state, signed_at, recorded_at)
    values ($1, 'ENTRY', '2026.1', 'SAO', $2, 'IN_FORCE', $3, $3) returning id
  )
  update archive set agreement_id = agreement.id, commitment_id = commitment.id
  from agreement, commitment where student_no = $1`;

/** Put the archive into a state after the signing. */
export async function useArchive(
  college: TestCollege,
  studentNo: string,
  state = 'ACTIVE',
): Promise<void> {
  const run = (sql: string, ...values: unknown[]) => asOwner(college, 'archive', sql, values);
  const isSigned = 'select from archive where student_no = $1 and agreement_id is not null';
  if (!(await run(isSigned, studentNo)).length) {
    const { recorded_by, recorded_at, approved_by, approved_at } = RECORDED;
    await run(TEMPLATE, recorded_by, recorded_at, approved_by, approved_at);
    await run(SIGN, studentNo, SHA, SIGNED_AT);
  }
  const move = `update archive set state = $1, closed_on = case when $1 = 'CLOSED'
    then date '2026-04-01' end where student_no = $2`;
  await run(move, state, studentNo);
}
