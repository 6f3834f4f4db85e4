-- Rows of two numbers of one person that meet and differ wait for the reviewer (F-07).
insert into merge_rule (table_name, rule, kind, by_form) values
  ('course_grade', 'REVIEW', 'grades', true),
  ('academic_summary', 'REVIEW', 'summaries', false),
  ('graduation', 'REVIEW', 'graduations', false);
