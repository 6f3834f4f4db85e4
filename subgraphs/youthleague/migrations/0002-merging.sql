-- Rows of two numbers of one person that meet and differ wait for the reviewer (F-07). What goes was
-- published, and is gone for the archive as well.
insert into merge_rule (table_name, rule, kind, by_form, topic, prefix) values
  ('cadre_post', 'REVIEW', 'cadrePosts', true, 'good', 'youthleague:CadrePost:'),
  ('practice_record', 'REVIEW', 'practices', true, 'good', 'youthleague:PracticeRecord:'),
  ('volunteer_hours', 'REVIEW', 'volunteerHours', true, 'good', 'youthleague:VolunteerHours:');
