-- Malice that the archive told of is known by the number of its bill alone.
create or replace function erase_beside(named text) returns void language plpgsql as $$
begin
  delete from malice m using bill b where b.student_no = named and b.bill_no = m.bill_no;
end $$;
