-- Events and calls get the numbers under which they are sealed (INV-13, docs/decisions/0055).
alter table access_event add column seq bigint generated always as identity;
create unique index access_event_seq on access_event (seq);
alter table access_call add column seq bigint generated always as identity;
create unique index access_call_seq on access_call (seq);
