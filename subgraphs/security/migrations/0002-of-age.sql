-- Whether a student was of age at an act is asked of the archive, one act, yes or no; no day of coming
-- of age is kept here (INV-05, DOMAIN 0.2).

drop trigger law_violation_of_age on law_violation;
drop function law_violation_of_age();

-- The day of the act for which the archive said yes. Rows that are here were checked before.
alter table law_violation add column of_age_on date;
alter table law_violation disable trigger law_violation_is_sealed;
update law_violation set of_age_on = act_on;
alter table law_violation enable trigger law_violation_is_sealed;
alter table law_violation add constraint law_violation_of_age
  check (of_age_on is not null and of_age_on = act_on);

drop table majority;

-- Students whose birth date was corrected, until the acts that are held of them were asked again.
create table age_recheck (
  student_no text primary key,
  version integer not null
);
