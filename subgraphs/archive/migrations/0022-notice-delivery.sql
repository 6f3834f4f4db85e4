-- Channels beside the portal by which a student hears that a notice waits for him there (F-01). No text
-- of a notice leaves: what stands here is how each attempt went.
create table notice_delivery (
  notice_id uuid not null references notice (id) on delete cascade,
  channel text not null check (channel in ('MAIL', 'SMS', 'WECHAT_WORK')),
  state text not null check (state in ('WAITING', 'DELIVERED', 'BOUNCED', 'GIVEN_UP')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (notice_id, channel)
);
create index notice_delivery_waiting on notice_delivery (next_at) where state = 'WAITING';
