-- Bills of tuition of which the archive is to remind, once of each stage (W-07). Why one does not hold
-- any more, paid, deferred or excused, is not written down.
create table bill_reminder (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  bill_no text not null,
  stage text not null check (stage in ('DUE_SOON', 'OVERDUE')),
  is_open boolean not null default true,
  version integer not null default 1,
  constraint bill_reminder_once unique (bill_no, stage),
  foreign key (bill_no, student_no) references bill (bill_no, student_no)
);
create index bill_reminder_student on bill_reminder (student_no);
create index bill_reminder_open on bill_reminder (bill_no) where is_open;
select defer_student_keys();
