-- Whether a year is excused is the archive's to say, and it says it anew of who was merged (F-07).
insert into merge_rule (table_name, rule) values ('excuse', 'KEEP');
