-- On which day a bill was settled, as the archive was last told: a duty ages from then on (4.5).
create table settlement (
  bill_no text primary key references bill (bill_no),
  -- Null: a correction reopened it.
  settled_on date,
  version integer not null default 1
);

-- Day of the payment that made a bill whole; null while something is owed.
create view bill_settlement as
select b.bill_no, b.student_no, (
  select min(p.paid_on) from (
    select x.paid_on, sum(x.amount_fen) over (order by x.paid_on, x.payment_no) as paid_fen
    from payment x where x.bill_no = b.bill_no
  ) p where p.paid_fen >= b.amount_fen
) as settled_on
from bill b;

-- What was settled before anybody was told.
with changed as (
  insert into settlement (bill_no, settled_on)
  select bill_no, settled_on from bill_settlement where settled_on is not null
  returning *
)
insert into outbox (topic, key, version, payload, at)
select 'settlement', bill_no, c.version, jsonb_build_object('studentNo', b.student_no,
  'billNo', bill_no, 'settledOn', c.settled_on), now()
from changed c join bill b using (bill_no);
