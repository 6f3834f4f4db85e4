-- Early warnings of a promise (W-06) and of a tuition bill (W-07).

-- Each check, report or reminder warns once, whoever runs the job.
alter table commitment_check add unique (id, student_no);
alter table commitment_breach add unique (id, student_no);
alter table warning
  add column commitment_id uuid,
  add column check_id uuid unique,
  add column breach_id uuid unique,
  add column bill_reminder_id uuid unique,
  add foreign key (commitment_id, student_no) references commitment (id, student_no),
  add foreign key (check_id, student_no) references commitment_check (id, student_no),
  add foreign key (breach_id, student_no) references commitment_breach (id, student_no),
  add constraint warning_of_promise check
    ((commitment_id is not null) = (num_nonnulls(check_id, breach_id) = 1));

-- Checks that found something, which are few.
create index commitment_check_found on commitment_check (commitment_id)
  where result in ('DEVIATION', 'BREACH');

-- Of which bills finance has a student reminded, and whether it still holds; no amount and no day.
create table bill_reminder (
  id uuid primary key,
  student_no text not null,
  bill_no text not null,
  stage text not null check (stage in ('DUE_SOON', 'OVERDUE')),
  is_open boolean not null,
  version integer not null
);
create index bill_reminder_student on bill_reminder (student_no);
create index bill_reminder_open on bill_reminder (id) where is_open;
select defer_student_keys();
