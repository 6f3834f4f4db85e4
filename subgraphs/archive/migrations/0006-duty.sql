-- A continuing duty ages only from the day on which it is cured (4.5).

-- The bill behind a record of malicious arrears, and the day on which it was settled.
alter table conduct_record add column bill_no text, add column cured_on date;
create index conduct_record_bill on conduct_record (bill_no) where bill_no is not null;

-- Bills that finance told of, also before a record on them was known.
create table settlement (
  bill_no text primary key,
  student_no text not null,
  -- Null: a correction reopened it.
  settled_on date,
  version integer not null
);

-- What finance was told of malice on a bill.
create table malice_told (
  bill_no text primary key,
  found boolean not null,
  version integer not null default 1
);
