/**
 * SQL: members of research projects by the numbers that hold, each once; takes `[{ oldNo, studentNo }]`
 * as JSON.
 */
export const renumberMembers = `
  with number as (
    select to_jsonb("oldNo") as old_no, to_jsonb("studentNo") as student_no
    from jsonb_to_recordset(?::jsonb) as n("oldNo" text, "studentNo" text)
  )
  update research_project p set members = (
    select jsonb_agg(c.member order by c.place) from (
      select coalesce(n.student_no, m.member) as member, min(m.place) as place
      from jsonb_array_elements(p.members) with ordinality as m (member, place)
      left join number n on n.old_no = m.member
      group by 1) c)
  where exists (select from number n where p.members @> n.old_no)`;
