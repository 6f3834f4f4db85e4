-- A project of one student alone goes with him, and what is recorded of it. Of one that others have part
-- in, his number leaves the list of members.
create or replace function erase_beside(named text) returns void language plpgsql as $$
declare
  own text[];
begin
  update misconduct_case set project_no = null where student_no = named;
  select coalesce(array_agg(p.project_no), '{}') into own from research_project p
  where p.members = jsonb_build_array(named)
    and not exists (select from misconduct_case c where c.project_no = p.project_no);
  delete from integrity_check where project_no = any(own);
  delete from research_activity_record where project_no = any(own);
  delete from retention_fact where project_no = any(own);
  delete from research_project where project_no = any(own);
  update research_project set members = members - named where members @> to_jsonb(named);
end $$;
