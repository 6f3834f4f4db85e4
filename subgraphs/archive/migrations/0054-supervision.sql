-- Key attention is looked at again each 90 days (Z5.3.2).
alter table key_attention add column reviewed_on date;
