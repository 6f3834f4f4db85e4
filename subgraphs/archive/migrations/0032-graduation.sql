-- Who graduates, as academic affairs published it: an archive is closed by that (2.4, G10.1). What
-- everybody reads of a student, his day and his status, comes by the file of students and not from here.
create table graduation (
  student_no text primary key,
  graduation_on date not null,
  outcome text not null check (outcome in ('GRADUATED', 'COMPLETED')),
  version integer not null
);
create index graduation_day on graduation (graduation_on, student_no);
