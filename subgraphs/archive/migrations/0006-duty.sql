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

-- INV-10: what a third party told stands under a consent, and goes with it.
alter table conduct_record
  add column consent_id text references consent (consent_id),
  add constraint conduct_record_consent check (consent_id is not null
    or origin_group not in ('CARD_OVERDRAFTS', 'PHONE_BILLS', 'LOAN_PERFORMANCE'));
create index conduct_record_consent on conduct_record (consent_id) where consent_id is not null;
alter table good_record
  add column consent_id text references consent (consent_id),
  add constraint good_record_consent check (consent_id is not null
    or origin_group not in ('CARD_OVERDRAFTS', 'PHONE_BILLS', 'LOAN_PERFORMANCE'));
create index good_record_consent on good_record (consent_id) where consent_id is not null;
