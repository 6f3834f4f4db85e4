-- Calls of other offices that are answered once only: who repeats one gets nothing (DOMAIN 3.6).
create table answered_call (
  nonce uuid primary key,
  at timestamptz not null
);
create index answered_call_at on answered_call (at);
