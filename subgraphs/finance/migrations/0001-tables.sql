-- Bills, payments and deferrals. Arrears follow from them (view below).

create table bill (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  bill_no text not null unique,
  academic_year text not null check (academic_year ~ '^\d{4}-\d{4}$'),
  item text not null check (item in ('TUITION', 'DORM', 'OTHER')),
  amount_fen integer not null check (amount_fen > 0),
  due_on date not null,
  -- Told by the archive's feed: a pending loan or hardship, without saying which (T-01).
  excused boolean not null default false,
  -- Told by the archive's feed: malice was found (R-MAL).
  malicious boolean not null default false,
  constraint bill_second_person check (approved_by <> recorded_by),
  unique (bill_no, student_no)
);
create index bill_student on bill (student_no, due_on);
create index bill_due on bill (due_on, id);

create table payment (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  payment_no text not null unique,
  bill_no text not null,
  amount_fen integer not null check (amount_fen > 0),
  paid_on date not null,
  constraint payment_second_person check (approved_by <> recorded_by),
  -- A payment is of the student whose bill it pays.
  foreign key (bill_no, student_no) references bill (bill_no, student_no)
);
create index payment_student on payment (student_no, paid_on);
create index payment_bill on payment (bill_no);

create table deferral (
  id uuid primary key default gen_random_uuid(),
  student_no text not null,
  version integer not null default 1,
  recorded_by text not null,
  recorded_at timestamptz not null,
  approved_by text not null,
  approved_at timestamptz not null,
  evidence jsonb not null default '[]',
  bill_no text not null,
  reason text not null,
  until date not null,
  state text not null check (state in ('REQUESTED', 'APPROVED', 'REFUSED')),
  constraint deferral_second_person check (approved_by <> recorded_by),
  foreign key (bill_no, student_no) references bill (bill_no, student_no),
  unique (bill_no, until)
);
create index deferral_student on deferral (student_no, until);

-- What is owed or was paid late, bill by bill. The day of asking decides what is overdue.
create view arrears as
select b.id, b.student_no, b.version, b.recorded_by, b.recorded_at, b.approved_by, b.approved_at,
  b.evidence, b.bill_no, b.due_on, b.excused, b.malicious,
  b.amount_fen - coalesce(p.paid_fen, 0) as outstanding_fen,
  p.last_paid_on,
  (select max(d.until) from deferral d where d.bill_no = b.bill_no and d.state = 'APPROVED')
    as deferred_until
from bill b
left join lateral (
  select sum(x.amount_fen)::integer as paid_fen, max(x.paid_on) as last_paid_on
  from payment x where x.bill_no = b.bill_no
) p on true
where b.amount_fen > coalesce(p.paid_fen, 0) or p.last_paid_on > b.due_on;
