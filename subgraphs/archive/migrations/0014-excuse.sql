-- What finance was told of academic years whose bills are excused (T-01).
create table excuse_told (
  student_no text not null references student (student_no),
  academic_year text not null,
  excused boolean not null,
  version integer not null default 1,
  primary key (student_no, academic_year)
);
