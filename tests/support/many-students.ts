/** Many students at once, past the imports: copies of one, with active archives and some records. */
const FIRST = 2_030_000_000;

/** Statements on the database of the archive, as its owner. */
export type Sql = (text: string, ...values: unknown[]) => Promise<unknown>;

const COPIES = `
  insert into student
  select (jsonb_populate_record(null::student, to_jsonb(m) || jsonb_build_object(
    'student_no', (${FIRST} + n)::text, 'id_number_digest', md5(n::text)))).*
  from (select * from student order by student_no limit 1) m, generate_series(1, $1::int) n`;
const NEW = `where student_no > '${FIRST}'`;
const ARCHIVES = `
  insert into archive (student_no, state, opened_on, recorded_by, recorded_at)
  select student_no, 'IMPORTED', '2025-09-01', 'T0001', now() from student ${NEW}`;
const AGREEMENTS = `
  insert into agreement (student_no, template_version, text_sha256, method, notice_version, signed_at,
    recorded_at)
  select student_no, '2026.1', repeat('a', 64), 'ONLINE_SIGN', 'N-2026.1', now(), now()
  from student ${NEW}`;
const COMMITMENTS = `
  insert into commitment (student_no, matter, template_version, owner_office, signature_hash, state,
    signed_at, recorded_at)
  select s.student_no, t.matter, t.template_version, t.owner_office, repeat('a', 64), 'IN_FORCE',
    now(), now()
  from student s, (select * from commitment_template where matter = 'ENTRY' limit 1) t ${NEW}`;
const ACTIVE = `
  update archive a set state = 'ACTIVE', agreement_id = g.id, commitment_id = c.id
  from agreement g, commitment c
  where g.student_no = a.student_no and c.student_no = a.student_no and a.student_no > '${FIRST}'`;
/** One in seven has a bad record, one in three a good one. */
const BAD = `
  insert into conduct_record (student_no, indicator_code, origin_group, source_office, severity,
    occurred_on, found_on, finding_on, finding_body, finding_doc_no, state, notice_delivered_at,
    evidence, source_subgraph, source_typename, source_id, source_version, recorded_at)
  select student_no, (array['D1-04', 'D3-01', 'D3-06'])[1 + n % 3],
    (array['ACADEMIC_MISCONDUCT', 'BAD_CONDUCT', 'BAD_CONDUCT'])[1 + n % 3], 'SAO',
    (array['S1', 'S2'])[1 + n % 2], '2025-11-01', '2025-12-01', '2025-12-01', 'SAO', 'D-1', 'ACTIVE',
    now(), '[{"id":"1","docNo":"D-1"}]', 'archive', 'ConductRecord', 'many ' || student_no, 1, now()
  from (select student_no, row_number() over (order by student_no) as n from student ${NEW}) s
  where n % 7 = 0`;
const GOOD = `
  insert into good_record (student_no, indicator_code, origin_group, source_office, occurred_on,
    amount, state, source_subgraph, source_typename, source_id, source_version, recorded_at)
  select student_no, 'P-07', 'GOOD_CONDUCT', 'CYL', '2025-12-01', 40, 'APPROVED', 'archive',
    'GoodRecord', 'many ' || student_no, 1, now()
  from (select student_no, row_number() over (order by student_no) as n from student ${NEW}) s
  where n % 3 = 0`;

/** Add so many; their numbers are above all others. The letter of entry must have been published. */
export async function addStudents(sql: Sql, count: number): Promise<void> {
  await sql(COPIES, count);
  for (const more of [ARCHIVES, AGREEMENTS, COMMITMENTS, ACTIVE, BAD, GOOD]) await sql(more);
}
