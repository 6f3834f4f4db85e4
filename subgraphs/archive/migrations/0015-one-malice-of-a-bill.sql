-- T-01: one bill is found malicious once, also by two batches that are approved together. Of records
-- that stood twice before, the first one stays.
update conduct_record r set state = 'REVOKED', version = r.version + 1
where r.indicator_code = 'D2-01' and r.state not in ('DISMISSED', 'REVOKED')
  and exists (select from conduct_record o where o.bill_no = r.bill_no
    and o.indicator_code = 'D2-01' and o.state not in ('DISMISSED', 'REVOKED')
    and (o.recorded_at, o.id) < (r.recorded_at, r.id));
create unique index conduct_record_malice on conduct_record (bill_no)
  where indicator_code = 'D2-01' and state not in ('DISMISSED', 'REVOKED');
