/**
 * The tables that access hangs on, as they stood at a past instant: each as a table of a `with` clause
 * under its own name, so that the statements which decide now decide of then, unchanged
 * (docs/decisions/0080). `v` has the student's number and the instant.
 */

interface Kept {
  readonly table: string;
  /** SQL: `past_row.key` of a row `t`. */
  readonly key: string;
  /** Rows of others are not read. */
  readonly isOfStudent?: true;
  /** SQL: when the row `r` came to count, whatever it says of its own begin. */
  readonly since?: string;
}

const APPROVED = 'coalesce(r.approved_at, r.recorded_at)';

const KEPT: readonly Kept[] = [
  { table: 'org', key: 't.org_code' },
  { table: 'student', key: `''`, isOfStudent: true },
  { table: 'account', key: 't.subject' },
  { table: 'admin_grant', key: 't.id::text', since: APPROVED },
  { table: 'evaluation_case', key: 't.case_id', since: APPROVED },
  { table: 'case_student', key: 't.case_id', isOfStudent: true },
  { table: 'case_assignment', key: 't.id::text' },
  { table: 'relation_declaration', key: 't.id::text', isOfStudent: true },
  { table: 'audit', key: 't.audit_no', since: APPROVED },
  { table: 'aid_round', key: 't.round_id', since: APPROVED },
  { table: 'consent', key: 't.consent_id', isOfStudent: true, since: APPROVED },
  { table: 'report_token', key: 't.id::text', isOfStudent: true },
  { table: 'appeal', key: 't.id::text', isOfStudent: true },
  { table: 'repair_application', key: 't.id::text', isOfStudent: true },
  { table: 'sanction', key: 't.id::text', isOfStudent: true },
  { table: 'conduct_record', key: 't.id::text', isOfStudent: true },
  { table: 'commitment', key: 't.id::text', isOfStudent: true },
  { table: 'submission', key: 't.id::text', isOfStudent: true },
];

const asOf = ({ table, key, isOfStudent, since }: Kept): string => `
  ${table} as (
    select r.* from v cross join public.${table} t
    left join lateral (
      select k.seq, k.was from past_row k
      where k.table_name = '${table}' and k.key = ${key} and k.until_at > v.now
        ${isOfStudent ? 'and k.student_no = t.student_no' : ''}
      order by k.until_at, k.seq limit 1
    ) p on true
    cross join lateral jsonb_populate_record(t, coalesce(p.was, '{}')) r
    where (p.seq is null or p.was is not null)
      ${isOfStudent ? 'and t.student_no = v.no' : ''} ${since ? `and ${since} <= v.now` : ''}
  )`;

/** SQL: the tables as they stood at `v.now`. */
export const PAST_TABLES = KEPT.map(asOf).join(',');
