-- Where two archives become one, a back-test goes on saying what it said of the one that is kept (F-07).
insert into merge_rule (table_name, rule) values ('rule_set_grade_change', 'KEEP');
