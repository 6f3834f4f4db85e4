-- What the archive told of students and bills. Kept as told, so that a bill may come later.

-- T-01: a pending loan or a recognised hardship in an academic year, without saying which.
create table excuse (
  student_no text not null,
  academic_year text not null,
  excused boolean not null,
  version integer not null,
  primary key (student_no, academic_year)
);

-- R-MAL: malice was found on a bill, or is found no more.
create table malice (
  bill_no text primary key,
  found boolean not null,
  version integer not null
);

drop view arrears;
alter table bill drop column excused, drop column malicious;

-- What is owed or was paid late, bill by bill. The day of asking decides what is overdue.
create view arrears as
select b.id, b.student_no, b.version, b.recorded_by, b.recorded_at, b.approved_by, b.approved_at,
  b.evidence, b.bill_no, b.due_on,
  coalesce(e.excused, false) as excused,
  coalesce(m.found, false) as malicious,
  b.amount_fen - coalesce(p.paid_fen, 0) as outstanding_fen,
  p.last_paid_on,
  (select max(d.until) from deferral d where d.bill_no = b.bill_no and d.state = 'APPROVED')
    as deferred_until
from bill b
left join excuse e on e.student_no = b.student_no and e.academic_year = b.academic_year
left join malice m on m.bill_no = b.bill_no
left join lateral (
  select sum(x.amount_fen)::integer as paid_fen, max(x.paid_on) as last_paid_on
  from payment x where x.bill_no = b.bill_no
) p on true
where b.amount_fen > coalesce(p.paid_fen, 0) or p.last_paid_on > b.due_on;
