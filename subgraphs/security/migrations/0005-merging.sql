-- That the acts of a student are checked again says so of all of them (F-07).
insert into merge_rule (table_name, rule) values ('age_recheck', 'KEEP');
